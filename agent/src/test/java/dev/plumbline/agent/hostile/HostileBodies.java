package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.NONE;

import dev.plumbline.agent.hostile.Hostile.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Well-formed answers whose bodies are not: whoever reads more than bytes into them is the one they are meant for. */
final class HostileBodies {
    /** Above what any probe keeps, so that every reading is also given one that was cut. */
    private static final int LARGE = 200_000;

    private HostileBodies() {}

    static List<Hostile> all() {
        String levels = "<dict><key>bag</key>".repeat(LARGE / 20);
        return List.of(
                body(
                        "fifty megabytes in fifty kilobytes, said to be gzip",
                        "text/xml",
                        "content-encoding: gzip\r\n",
                        bomb()),
                body(
                        "JSON of a hundred thousand levels",
                        "application/json",
                        latin1("{\"PublicAssetSets\":" + "[".repeat(100_000))),
                body(
                        "JSON that ends in its middle",
                        "application/json",
                        latin1("{\"PublicAssetSets\":{\"iOS\":[{\"Prod")),
                body("a list of entities that double", "text/xml", latin1(entities())),
                body("a property list without end of levels", "text/xml", latin1("<plist>" + levels)),
                body(
                        "a property list of endless data",
                        "text/xml",
                        latin1("<plist><key>bag</key>" + " ".repeat(20_000) + "<data>" + "A\n".repeat(15_000))),
                body(
                        "keys of a property list without values",
                        "text/xml",
                        latin1("<plist>" + "<key>certs</key><array>".repeat(2_600))),
                body("DER of a hundred thousand levels", "application/ocsp-response", levelsOfDer(100_000)),
                body("DER of thirty thousand levels, whole", "application/ocsp-response", levelsOfDer(15_000)),
                body("DER of four gigabytes", "application/ocsp-response", new byte[] {
                    0x30, (byte) 0x84, -1, -1, -1, -1, 0x0a, 1, 0
                }),
                body("DER of a negative length", "application/pkix-crl", new byte[] {
                    0x30, (byte) 0x88, -1, -1, -1, -1, -1, -1, -1, -1
                }),
                body("an OCSP response that ends in its middle", "application/ocsp-response", new byte[] {
                    0x30, 0x40, 0x0a, 1, 0, (byte) 0xa0, 0x39, 0x30
                }),
                body("a revocation list of nothing but heads", "application/pkix-crl", heads()),
                body("a DNS message of pointers", "application/dns-message", pointers()));
    }

    private static Hostile body(String name, String type, byte[] body) {
        return body(name, type, "", body);
    }

    private static Hostile body(String name, String type, String header, byte[] body) {
        return Hostile.ends(name, Layer.HTTP, Set.of(NONE), wire -> {
            wire.request();
            wire.say("HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\n" + header + "content-length: " + body.length
                    + "\r\n\r\n");
            wire.say(body);
            wire.close();
        });
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 50; i++) {
                zip.write(new byte[1 << 20]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail like a file", e);
        }
        return bytes.toByteArray();
    }

    private static String entities() {
        StringBuilder text = new StringBuilder("<!DOCTYPE plist [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 64; i++) {
            text.append("<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">");
        }
        return text + "]><plist><dict><key>bag</key><data>&a63;</data></dict></plist>";
    }

    /** SEQUENCE in SEQUENCE, each with a true length. */
    private static byte[] levelsOfDer(int levels) {
        byte[] der = new byte[levels * 4];
        for (int i = 0; i < levels; i++) {
            int length = der.length - (i + 1) * 4;
            der[i * 4] = 0x30;
            der[i * 4 + 1] = (byte) 0x82;
            der[i * 4 + 2] = (byte) (length >> 8);
            der[i * 4 + 3] = (byte) length;
        }
        return der;
    }

    private static byte[] heads() {
        byte[] der = new byte[64 << 10];
        for (int i = 0; i < der.length; i += 2) {
            der[i] = 0x30;
            der[i + 1] = (byte) 0x80;
        }
        return der;
    }

    private static byte[] pointers() {
        byte[] message = new byte[1 << 10];
        message[2] = (byte) 0x81;
        message[3] = (byte) 0x80;
        message[5] = 1;
        message[6] = -1;
        message[7] = -1;
        for (int i = 12; i < message.length; i += 2) {
            message[i] = (byte) 0xc0;
            message[i + 1] = 12;
        }
        return message;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
