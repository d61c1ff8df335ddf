package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What anybody may send back to a probe, for every reader of ours. */
final class ProbeFuzzTest {
    /** Bodies and headers are cut at a kilobyte each before they are scrubbed. */
    private static final int MOST_KEPT = 4096;

    private static final QuicQuestion QUIC = new QuicQuestion(
            0x1a2a3a4a,
            Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
            Bytes.of(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}),
            0);

    @Test
    void versionNegotiation() {
        byte[] right = HexFormat.of()
                .parseHex("8000000000" + "080807060504030201" + "080102030405060708" + "000000016b3343cf");
        Fuzz.total(
                "QUIC version negotiation",
                List.of(right, QUIC.packet()),
                bytes -> VersionNegotiation.read(bytes, QUIC).versionText());
    }

    @Test
    void dnsMessages() {
        DnsQuestion question = new DnsQuestion(0x1234, "doh.dns.apple.com");
        byte[] answer = question.message();
        answer[2] = (byte) 0x81;
        answer[7] = 2;
        byte[] records = HexFormat.of().parseHex("c00c000500010000003c0002c010c00c000100010000003c000411010203");
        byte[] whole = Arrays.copyOf(answer, answer.length + records.length);
        System.arraycopy(records, 0, whole, answer.length, records.length);
        Fuzz.total("DNS messages over HTTPS", List.of(answer, whole), bytes -> {
            DnsMessage.read(bytes, false).objectionTo(question);
            DnsMessage.read(bytes, true).objectionTo(question);
        });
    }

    @Test
    void sshServers() {
        byte[] packet = SshWordsTest.kexInit("curve25519-sha256,kex", "ssh-ed25519,rsa-sha2-512");
        byte[] banner = SshWordsTest.bytes("Welcome\r\nSSH-2.0-Test_1.0 comment\r\n");
        byte[] both = Arrays.copyOf(banner, banner.length + packet.length);
        System.arraycopy(packet, 0, both, banner.length, packet.length);
        byte[] reply = SshWordsTest.reply("ssh-ed25519", 32);
        Fuzz.total("SSH greetings, algorithms and host keys", List.of(banner, packet, both, reply), bytes -> {
            SshGreeting greeting = SshGreeting.read(bytes);
            SshKexInit.read(bytes, greeting.end()).ifPresent(SshKexInit::seen);
            SshPacket.end(bytes, greeting.end());
            SshPacket.read(bytes, 0).ifPresent(read -> SshHostKey.of(read).seen());
        });
    }

    @Test
    void timeServers() {
        byte[] packet = new byte[NtpPacket.BYTES];
        packet[0] = 0x24;
        packet[1] = 1;
        packet[12] = 'G';
        packet[13] = 'P';
        packet[14] = 'S';
        byte[] kiss = packet.clone();
        kiss[1] = 0;
        Fuzz.total(
                "packets of time servers",
                List.of(packet, kiss),
                bytes -> NtpPacket.read(bytes).ifPresent(read -> {
                    assertThat(read.mode()).isBetween(0, 7);
                    assertThat(read.stratum()).isBetween(0, 255);
                    assertThat(read.rootDispersionMillis()).isBetween(0L, 65_536_000L);
                    assertThat(read.reference()).matches("[!-~]{1,8}");
                }));
    }

    /** However the list is cut into pieces, the same is found. */
    @Test
    void keysOfLists() {
        Fuzz.total(
                "keys of a JSON list",
                Fuzz.texts(
                        "{\"PublicAssetSets\":{\"iOS\":[{\"AssetSets\":1}]},\"a\\\"b\": [true, null, 1e9]}",
                        " {\"AssetSets\": {}} ",
                        "[{\"AssetSets\": {}}]"),
                bytes -> {
                    TopKeys whole = new TopKeys(Set.of("PublicAssetSets", "AssetSets"));
                    whole.see(bytes);
                    TopKeys pieces = new TopKeys(Set.of("PublicAssetSets", "AssetSets"));
                    int middle = bytes.length / 2;
                    pieces.see(Arrays.copyOf(bytes, middle));
                    pieces.see(Arrays.copyOfRange(bytes, middle, bytes.length));
                    assertThat(pieces.found()).isEqualTo(whole.found());
                    assertThat(pieces.isWhole()).isEqualTo(whole.isWhole());
                });
    }

    @Test
    void scrubbedAnswers() {
        Fuzz.total(
                "answers to be scrubbed",
                Fuzz.texts(
                        "<form><input name=user value=\"anna\"><td>MAC address:</td><td>00:11:22:33:44:55</td></form>",
                        "https://anna:secret@portal.example/login?user=anna&mac=001122334455#token=abc",
                        "Negotiate abcdefghijkl, Basic realm=\"x\", Bearer eyJhbGciOiJIUzI1NiJ9.e30.sig",
                        "hostname: anna-mbp anna@campus.example"),
                bytes -> {
                    String text = new String(bytes, 0, Math.min(bytes.length, MOST_KEPT), StandardCharsets.ISO_8859_1);
                    for (String header : List.of("location", "www-authenticate", "via", "set-cookie", "server")) {
                        String kept = Scrub.headers(Map.of(header, text)).getOrDefault(header, "");
                        assertThat(kept.length()).isLessThan(MOST_KEPT * 3);
                    }
                    Bytes body = Bytes.of(SshWordsTest.bytes(text));
                    assertThat(Scrub.body(body, Map.of("content-type", "text/html"))
                                    .size())
                            .isLessThan(MOST_KEPT * 3);
                    assertThat(Scrub.body(body, Map.of("content-encoding", "gzip"))
                                    .size())
                            .isZero();
                });
    }
}
