package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of resolvers behind Netty's decoder: refusing them is what the inquiry expects of both. */
final class DnsReplyFuzzTest {
    private static final String QUESTION = "016101620000010001";

    @Test
    void answersOfResolvers() {
        List<byte[]> samples = List.of(
                framed("123481800001000200000000" + QUESTION
                        + "c00c000500010000003c0002c00ec00e000100010000003c000411010203"),
                framed("123483800001000000000000" + QUESTION),
                framed("123481830001000000000000" + QUESTION));
        Fuzz.refusing("answers of resolvers", samples, DnsReplyFuzzTest::read, RuntimeException.class);
    }

    private static void read(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new TcpDnsResponseDecoder());
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            for (DnsResponse response = channel.readInbound(); response != null; response = channel.readInbound()) {
                try {
                    if (DnsReply.answers(response, "a.b", DnsRecordType.A)) {
                        DnsReply.of(response, "a.b", DnsRecordType.A).failure();
                    }
                } finally {
                    response.release();
                }
            }
        } catch (DecoderException refused) {
            throw refused;
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static byte[] framed(String hex) {
        return HexFormat.of().parseHex(HexFormat.of().toHexDigits((short) (hex.length() / 2)) + hex);
    }

    @Test
    void resolverFiles() {
        Fuzz.total(
                "resolv.conf",
                Fuzz.texts("nameserver 192.0.2.1\nnameserver fe80::1%eth0\noptions edns0\n# none\nsearch example\n"),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    assertThat(Resolvers.parse(text)).isNotEmpty().hasSizeLessThan(4);
                    assertThat(Resolvers.parseSearch(text)).hasSizeLessThan(7);
                });
    }

    /** The head of a proxy's answer, and the schemes of which it asks for one. */
    @Test
    void answersOfProxies() {
        Fuzz.total(
                "answers of proxies to CONNECT",
                Fuzz.texts(
                        "HTTP/1.1 200 Connection established\r\nVia: 1.1 p\r\n\r\n",
                        "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate, Basic realm=\"a, b\"\r\nproxy-authenticate: "
                                + "Digest realm=x, nonce=y, NTLM\r\n\r\n"),
                bytes -> {
                    ProxyAnswer answer = Tunnel.parse(new String(bytes, StandardCharsets.ISO_8859_1));
                    assertThat(answer.status()).isBetween(0, 999);
                    assertThat(answer.status() == 0).isEqualTo(!answer.failure().isNone());
                    assertThat(answer.schemes()).hasSizeLessThan(9).allMatch(s -> s.matches("[a-z][a-z0-9_-]{0,30}"));
                });
    }
}
