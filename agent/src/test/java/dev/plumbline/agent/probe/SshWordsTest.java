package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SSH servers, and others on their port, may say before keys are exchanged. */
final class SshWordsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            what                  | said                                   | banner      | first line
            a banner              | SSH-2.0-x y\\r\\n                      | SSH-2.0-x y | SSH-2.0-x y
            without CR            | SSH-2.0-x\\n                           | SSH-2.0-x   | SSH-2.0-x
            lines before it       | Hello\\r\\nmind the gap\\r\\nSSH-2.0-x\\n | SSH-2.0-x | Hello
            not ended yet         | SSH-2.0-                               | ''          | ''
            another protocol      | HTTP/1.1 400 Bad Request\\r\\n\\r\\n   | ''          | HTTP/1.1 400 Bad Request
            empty lines           | \\n\\n\\n                              | ''          | ''
            """, useHeadersInDisplayName = true)
    void theIdentificationIsFoundAmongLines(String what, String said, String banner, String firstLine) {
        SshGreeting greeting = SshGreeting.read(bytes(said.replace("\\r", "\r").replace("\\n", "\n")));
        assertThat(greeting.identification()).isEqualTo(banner);
        assertThat(greeting.firstLine()).isEqualTo(firstLine);
        assertThat(greeting.isHopeless()).isFalse();
    }

    @Test
    void aBannerWithoutEndIsGivenUpAndSoAreLinesWithoutEnd() {
        assertThat(SshGreeting.read(bytes("SSH-2.0-" + "x".repeat(300))).isHopeless())
                .isTrue();
        // A notice of a lawyer's is one line, and may come in two segments (RFC 4253 section 4.2).
        String notice = "Authorised use only. ".repeat(20);
        assertThat(SshGreeting.read(bytes(notice)).isHopeless()).isFalse();
        assertThat(SshGreeting.read(bytes(notice + "\r\nSSH-2.0-x\r\n")).identification())
                .isEqualTo("SSH-2.0-x");
        SshGreeting lines = SshGreeting.read(bytes("no\r\n".repeat(300) + "SSH-2.0-x\r\n"));
        assertThat(lines.isHopeless()).isTrue();
        assertThat(lines.isIdentified()).isFalse();
    }

    @Test
    void theAlgorithmsAreReadWhenThePacketIsWhole() {
        byte[] packet = kexInit("curve25519-sha256,kex", "ssh-ed25519,rsa-sha2-512");
        for (int length = 0; length < packet.length; length++) {
            assertThat(SshKexInit.read(Arrays.copyOf(packet, length), 0)).isEmpty();
        }
        assertThat(SshKexInit.read(packet, 0).orElseThrow().seen())
                .isEqualTo(Map.of(
                        "kex-algorithms", "curve25519-sha256,kex", "host-key-algorithms", "ssh-ed25519,rsa-sha2-512"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a gigabyte             | 40000000 | ''                               | a packet of 1073741824 bytes
            more than it can count | ffffffff | ''                               | a packet of 4294967295 bytes
            nothing                | 00000000 | ''                               | a packet of 0 bytes
            only padding           | 0000000c | 0b00000000000000000000 00        | nothing but padding
            more padding           | 0000000c | ff00000000000000000000 00        | nothing but padding
            another message        | 0000000c | 04 15 00000000000000 00000000    | message 21
            it leaves              | 00000010 | 04 01 0000000c 00000002 6e6f 00000000 | reason 12: no
            cut in the cookie      | 0000000c | 04 14 00000000000000 00000000    | longer than its packet
            """)
    void whatIsNoListOfAlgorithmsIsSaidSo(String what, String length, String rest, String expected) {
        byte[] head = HexFormat.of().parseHex(length + rest.replace(" ", ""));
        byte[] packet = Arrays.copyOf(head, Math.max(head.length, 20));
        assertThat(SshKexInit.read(packet, 0).orElseThrow().seen().get("kexinit"))
                .contains(expected);
    }

    @Test
    void aListLongerThanItsPacketIsNoList() {
        byte[] packet = kexInit("kex", "key");
        ByteBuffer.wrap(packet).putInt(4 + 2 + 16, 0x3fffffff);
        assertThat(SshKexInit.read(packet, 0).orElseThrow().objection()).contains("longer than its packet");
        ByteBuffer.wrap(packet).putInt(4 + 2 + 16, -1);
        assertThat(SshKexInit.read(packet, 0).orElseThrow().objection()).contains("longer than its packet");
    }

    @Test
    void anyBytesAreReadWithoutAnError() {
        Random random = new Random(23);
        for (int i = 0; i < 20_000; i++) {
            byte[] packet = new byte[random.nextInt(120) + 6];
            random.nextBytes(packet);
            ByteBuffer.wrap(packet).putInt(0, packet.length - 4);
            packet[4] = 0;
            packet[5] = (byte) (random.nextBoolean() ? 20 : 1);
            SshKexInit.read(packet, 0).ifPresent(read -> assertThat(read.seen()).isNotEmpty());
            assertThat(SshGreeting.read(packet).isIdentified()).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a key                 | 1f 00000013 0000000b 7373682d65643235353139 00000000 | host-key-type    | ssh-ed25519
            its fingerprint       | 1f 00000013 0000000b 7373682d65643235353139 00000000 | host-key         | SHA256:UsIasxMWEd9VFEwjARWWtGJ08DgHp1eib3gSBLed54U
            longer than it is     | 1f 00000113 0000000b 7373682d65643235353139          | host-key-missing | longer than its packet
            a type without end    | 1f 00000004 7fffffff                                 | host-key-missing | longer than its packet
            no key at all         | 1f                                                   | host-key-missing | longer than its packet
            another message       | 15 0000000000                                        | host-key-missing | message 21 in place of the host key
            it leaves             | 01 00000003 00000002 6e6f                            | host-key-missing | reason 3: no
            it leaves in a hurry  | 01 0000                                              | host-key-missing | disconnected
            """)
    void aHostKeyIsItsTypeAndFingerprintOrWhyThereIsNone(String what, String payload, String name, String expected) {
        byte[] packet = SshPacket.of(HexFormat.of().parseHex(payload.replace(" ", "")));
        assertThat(packet.length % 8).isZero();
        SshHostKey key = SshHostKey.of(SshPacket.read(packet, 0).orElseThrow());
        assertThat(key.seen().get(name)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            curve25519-sha256@libssh.org,curve25519-sha256 | CURVE25519
            mlkem768x25519-sha256,ecdh-sha2-nistp256       | NISTP256
            curve25519-sha256@libssh.org                   | CURVE25519_OF_LIBSSH
            diffie-hellman-group14-sha256                  |
            ''                                             |
            """)
    void theExchangeIsOneThatTheServerOffers(String offered, SshKeyExchange expected) {
        assertThat(SshKeyExchange.of(offered)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rsa-sha2-512,ssh-ed25519 | ssh-ed25519,rsa-sha2-512
            sk-ssh-of-theirs,other   | sk-ssh-of-theirs,other
            """)
    void theSameKeyIsAskedForEachTime(String offered, String asked) {
        assertThat(SshKeyExchange.hostKeys(offered)).isEqualTo(asked);
        SshKexInit server =
                SshKexInit.read(kexInit("curve25519-sha256", offered), 0).orElseThrow();
        SshKexInit ours = SshKexInit.read(server.answer(SshKeyExchange.CURVE25519, new Random(1)), 0)
                .orElseThrow();
        assertThat(ours.keyExchange()).isEqualTo("curve25519-sha256");
        assertThat(ours.hostKey()).isEqualTo(asked);
        assertThat(ours.others()).isEqualTo(server.others());
    }

    /** RFC 5656 §4 with a key of so many bytes under its type; the server's point and signature are of no interest here. */
    static byte[] reply(String type, int keyBytes) {
        byte[] key = ByteBuffer.allocate(4 + type.length() + 4 + keyBytes)
                .putInt(type.length())
                .put(bytes(type))
                .putInt(keyBytes)
                .array();
        return SshPacket.of(ByteBuffer.allocate(1 + 4 + key.length + 4 + 4)
                .put((byte) 31)
                .putInt(key.length)
                .put(key)
                .array());
    }

    /** RFC 4253 §7.1 with two lists that say something and eight that do not. */
    static byte[] kexInit(String keyExchange, String hostKey) {
        ByteBuffer payload = ByteBuffer.allocate(4096);
        payload.put((byte) 20).put(new byte[16]);
        for (String list : new String[] {keyExchange, hostKey, "", "", "", "", "", "", "", ""}) {
            payload.putInt(list.length()).put(bytes(list));
        }
        payload.put((byte) 0).putInt(0);
        int padding = 4;
        ByteBuffer packet = ByteBuffer.allocate(4 + 1 + payload.position() + padding);
        packet.putInt(1 + payload.position() + padding).put((byte) padding);
        return packet.put(payload.flip()).array();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
