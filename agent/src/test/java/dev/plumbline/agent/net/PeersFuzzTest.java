package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** What a peer says where it goes into the sentence of an exception, and what a proxy says in pieces. */
final class PeersFuzzTest {
    /** Libraries repeat in their sentences what a peer sent: whatever that is, a failure of a kind comes of it. */
    @Test
    void sentencesOfExceptions() {
        Fuzz.total(
                "sentences of exceptions",
                Fuzz.texts(
                        "recvAddress(..) failed with error(-104): Connection reset by peer",
                        "invalid version format: error(99999999999)",
                        "error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE",
                        "Received fatal alert: unrecognized_name",
                        "Connection closed"),
                bytes -> {
                    String said = new String(bytes, StandardCharsets.ISO_8859_1);
                    for (Throwable thrown : List.of(
                            new IOException(said),
                            new SSLException(said),
                            new DecoderException(said),
                            new IllegalArgumentException(said))) {
                        for (Failure failure : List.of(
                                FailureClassifier.connecting(thrown),
                                FailureClassifier.securing(thrown),
                                FailureClassifier.securingDatagrams(thrown),
                                FailureClassifier.exchanging(thrown),
                                FailureClassifier.lookingUp(thrown))) {
                            assertThat(failure.kind()).isNotEqualTo(FailureKind.NONE);
                            assertThat(failure.detail()).hasSizeLessThan(1_000);
                        }
                    }
                });
    }

    /** However a proxy's answer is cut into pieces, it means the same, and what comes behind an open tunnel is passed on whole. */
    @Test
    void proxies() {
        Fuzz.total(
                "answers of proxies in pieces",
                Fuzz.texts(
                        "HTTP/1.1 200 Connection established\r\nVia: 1.1 p\r\n\r\n\u0016\u0003\u0001",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 \u00c5\u0085ppen\n\nSSH-2.0",
                        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"a, b\"\r\n\r\n"),
                bytes -> {
                    Heard whole = heard(bytes);
                    int middle = bytes.length / 2;
                    Heard pieces = heard(Arrays.copyOf(bytes, middle), Arrays.copyOfRange(bytes, middle, bytes.length));
                    assertThat(pieces.answer().isOpen())
                            .isEqualTo(whole.answer().isOpen());
                    assertThat(pieces.answer().status())
                            .isEqualTo(whole.answer().status());
                    assertThat(pieces.behind()).isEqualTo(whole.behind());
                    assertThat(whole.behind().length()).isLessThan(bytes.length + 1);
                });
    }

    private record Heard(ProxyAnswer answer, String behind) {}

    private static Heard heard(byte[]... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel();
        StringBuilder behind = new StringBuilder();
        try {
            Tail.install(channel);
            CompletableFuture<ProxyAnswer> answer = Tunnel.open(
                    channel,
                    new ProxyWay(new InetSocketAddress(0), "albert.apple.com", 443, true, Optional.empty()),
                    Duration.ofMinutes(1));
            Tail.addBefore(channel, new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
                    behind.append(in.toString(StandardCharsets.ISO_8859_1));
                }
            });
            for (byte[] piece : pieces) {
                if (channel.isOpen()) {
                    channel.writeInbound(Unpooled.copiedBuffer(piece));
                }
            }
            channel.close();
            return new Heard(answer.join(), behind.toString());
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
