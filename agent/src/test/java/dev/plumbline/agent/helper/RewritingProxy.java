package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.LittleServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A transparent HTTP proxy as they are: reads a request, writes it anew in its own hand, refuses what is no HTTP. */
final class RewritingProxy {
    private static final Pattern REQUEST = Pattern.compile("[A-Z]+ \\S+ HTTP/1\\.[01]");

    private RewritingProxy() {}

    static LittleServer.Manner before(InetSocketAddress origin) {
        return socket -> {
            String head = head(socket.getInputStream());
            String[] lines = head.split("\r\n", -1);
            if (!REQUEST.matcher(lines[0]).matches()) {
                say(socket.getOutputStream(), """
                        HTTP/1.1 400 Bad Request\r
                        Server: little-proxy\r
                        Content-Length: %d\r
                        \r
                        your request was: %s""".formatted(18 + lines[0].length(), lines[0]));
                return;
            }
            try (Socket onward = new Socket(origin.getAddress(), origin.getPort())) {
                say(onward.getOutputStream(), anew(lines));
                String answer = new String(onward.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                say(socket.getOutputStream(), answer.replaceFirst("\r\n\r\n", "\r\nVia: 1.1 little-proxy\r\n\r\n"));
            }
        };
    }

    /** Names in the usual case, values of one name joined, and a mark of its own. */
    private static String anew(String[] lines) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            fields.merge(
                    usualCase(lines[i].substring(0, colon)),
                    lines[i].substring(colon + 1).trim(),
                    (a, b) -> a + ", " + b);
        }
        fields.put("Via", "1.1 little-proxy");
        StringBuilder text = new StringBuilder(lines[0]).append("\r\n");
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    private static String usualCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("-", -1)) {
            text.append(text.length() == 0 ? "" : "-")
                    .append(part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("gone");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
