package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whole conversations with whoever answers in a server's place: each ends with the connection, in one bounded fact. */
final class ConversationFuzzTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress(0);
    private static final int MOST_SEEN = 64 * 1024;

    @Test
    void ssh() {
        byte[] greeting = SshWordsTest.bytes("Welcome\r\nSSH-2.0-Test_1.0 comment\r\n");
        byte[] offer = SshWordsTest.kexInit("curve25519-sha256,kex", "ssh-ed25519,rsa-sha2-512");
        byte[] key = SshWordsTest.reply("ssh-ed25519", 32);
        over(
                "conversations with SSH servers",
                ProbeKind.SSH,
                List.of(greeting, joined(greeting, offer), joined(greeting, offer, key)));
    }

    @Test
    void captivePages() {
        over(
                "conversations with captive pages",
                ProbeKind.CAPTIVE,
                Fuzz.texts(
                        "HTTP/1.1 200 OK\r\ncontent-length: 68\r\n\r\n"
                                + "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>",
                        "HTTP/1.1 302 Found\r\nlocation: https://portal.example/\r\n\r\n"));
    }

    @Test
    void revocationServers() {
        over(
                "conversations with OCSP responders",
                ProbeKind.OCSP,
                Fuzz.texts(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/ocsp-response\r\ncontent-length: 5\r\n\r\n0\u0003\n\u0001\u0006",
                        "HTTP/1.1 200 OK\r\n\r\n0\u0082\uffff"));
    }

    @Test
    void datagrams() {
        for (ProbeKind kind : List.of(ProbeKind.NTP, ProbeKind.QUIC)) {
            byte[] packet = new byte[NtpPacket.BYTES];
            packet[0] = 0x24;
            packet[1] = 1;
            over("conversations over UDP, " + kind.word(), kind, List.of(packet, new byte[1200]));
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuf all = Unpooled.wrappedBuffer(parts);
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    private static void over(String name, ProbeKind kind, List<byte[]> samples) {
        boolean datagrams = kind == ProbeKind.NTP || kind == ProbeKind.QUIC;
        try (Network network = Network.open(Dialer.direct(), List.of(), List.of())) {
            Fuzz.total(name, samples, bytes -> {
                int middle = bytes.length / 2;
                List<byte[]> pieces =
                        List.of(Arrays.copyOf(bytes, middle), Arrays.copyOfRange(bytes, middle, bytes.length));
                Exchange whole = held(network, kind, datagrams, List.of(bytes));
                Exchange parts = held(network, kind, datagrams, pieces);
                for (Exchange exchange : List.of(whole, parts)) {
                    assertThat(exchange.bodyStart().size()).isLessThanOrEqualTo(Exchange.MAX_BODY_START);
                    assertThat(exchange.seen().toString().length()
                                    + exchange.summary().length())
                            .isLessThan(MOST_SEEN);
                }
                if (kind == ProbeKind.SSH) {
                    assertThat(parts.seen().get("banner"))
                            .isEqualTo(whole.seen().get("banner"));
                }
            });
        }
    }

    private static Exchange held(Network network, ProbeKind kind, boolean datagrams, List<byte[]> pieces) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast("tail", new LastOfAll());
        CompletableFuture<Said> said = Probes.conversation(kind)
                .hold(new Talk(
                        Talks.target(kind, datagrams ? Transport.UDP : Transport.TCP),
                        Talks.HOST,
                        REMOTE,
                        channel,
                        network,
                        channel.eventLoop(),
                        false,
                        network.ticker().nanos() + Talks.PATIENCE.toNanos()));
        channel.runPendingTasks();
        for (byte[] piece : new ArrayList<>(pieces)) {
            if (channel.isOpen()) {
                ByteBuf buffer = Unpooled.copiedBuffer(piece);
                channel.writeInbound(datagrams ? new DatagramPacket(buffer, REMOTE, REMOTE) : buffer);
            }
            channel.runPendingTasks();
        }
        if (datagrams) {
            // A socket of datagrams has no end: the deadline is it.
            channel.advanceTimeBy(Talks.PATIENCE.toSeconds() + 1, java.util.concurrent.TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
        channel.finishAndReleaseAll();
        channel.runPendingTasks();
        assertThat(said).as("the end of the connection ends the conversation").isDone();
        return said.join().exchange().orElseThrow();
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
