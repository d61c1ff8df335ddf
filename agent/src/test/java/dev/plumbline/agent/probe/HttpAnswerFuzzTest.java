package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers over HTTP/1.1 and HTTP/2 as anybody may give them: each becomes a bounded fact, and nothing is left behind. */
final class HttpAnswerFuzzTest {
    private static final int MOST_HEADER_CHARS = 64 * 1024 * 3;

    /** How a request is put to a connection. */
    private interface Asking {
        CompletableFuture<Exchange> ask(Talk talk, EmbeddedChannel channel, HttpAsk ask);
    }

    @Test
    void http1() {
        answers(
                "answers over HTTP/1.1",
                Fuzz.texts(
                        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 7\r\n\r\nSuccess",
                        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 302 Found\r\nlocation: http://p.example/\r\n\r\n",
                        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx: y\r\n\r\n",
                        "HTTP/1.0 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"x\"\r\n\r\n"),
                Http1Exchange::run);
    }

    @Test
    void http2() {
        String settings = "000000040000000000";
        String headers = "000001010400000003" + "88";
        String data = "000002000100000003" + "6f6b";
        String reset = "000004030000000003" + "00000002";
        String goaway = "000008070000000000" + "00000000" + "00000001";
        HexFormat hex = HexFormat.of();
        answers(
                "answers over HTTP/2",
                List.of(
                        hex.parseHex(settings + headers + data),
                        hex.parseHex(settings + headers + reset),
                        hex.parseHex(settings + goaway),
                        hex.parseHex(settings + "000003010500000003" + "880f00")),
                Http2Exchange::run);
    }

    private static void answers(String name, List<byte[]> samples, Asking asking) {
        try (Network network = Network.open(Dialer.direct(), List.of(), List.of())) {
            Fuzz.total(name, samples, bytes -> {
                Exchange whole = answered(network, asking, bytes);
                int middle = bytes.length / 2;
                Exchange pieces = answered(
                        network, asking, Arrays.copyOf(bytes, middle), Arrays.copyOfRange(bytes, middle, bytes.length));
                for (Exchange exchange : List.of(whole, pieces)) {
                    assertThat(exchange.bodyStart().size()).isLessThanOrEqualTo(Exchange.MAX_BODY_START);
                    assertThat(exchange.status()).isBetween(0, 999);
                    assertThat(exchange.headers().values().stream()
                                    .mapToInt(String::length)
                                    .sum())
                            .isLessThan(MOST_HEADER_CHARS);
                }
            });
        }
    }

    private static Exchange answered(Network network, Asking asking, byte[]... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast("tail", new LastOfAll());
        Talk talk = new Talk(
                Talks.target(ProbeKind.HTTPS, Transport.TCP),
                Talks.HOST,
                new InetSocketAddress(0),
                channel,
                network,
                channel.eventLoop(),
                false,
                network.ticker().nanos() + Talks.PATIENCE.toNanos());
        CompletableFuture<Exchange> exchange = asking.ask(talk, channel, HttpAsk.get(Talks.HOST, "/"));
        channel.runPendingTasks();
        for (byte[] piece : pieces) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(piece));
            }
            channel.runPendingTasks();
        }
        channel.finishAndReleaseAll();
        channel.runPendingTasks();
        assertThat(exchange).as("the end of the connection ends the exchange").isDone();
        return exchange.join();
    }

    /** In the place of the network's own, which the channel of a test has not. */
    private static final class LastOfAll extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
