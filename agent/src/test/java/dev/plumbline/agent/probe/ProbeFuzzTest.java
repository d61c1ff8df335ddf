package dev.plumbline.agent.probe;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What anybody may send back to a probe, for every reader of ours. */
final class ProbeFuzzTest {
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
}
