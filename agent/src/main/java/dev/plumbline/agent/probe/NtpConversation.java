package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An SNTP question (RFC 4330 §5) over a connected UDP socket; loss is met with re-sends that share one transmit time. */
final class NtpConversation implements Conversation {
    /** How long the right answer may come after a packet that is none: a forged one is as fast as it can be. */
    private static final Duration AFTER_A_STRAY = Duration.ofSeconds(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        Answer answer = new Answer(talk, "ntp");
        // Random instead of the time: nothing of this host's clock leaves it, and nobody can guess the answer.
        long transmit = RANDOM.nextLong();
        Tail.addBefore(talk.channel(), new Ear(answer, transmit));
        Sends.begin(talk, answer, () -> question(transmit));
        return answer.ended().thenApply(exchange -> {
            Tail.closeLater(talk.channel());
            return Said.exchange(exchange);
        });
    }

    /** Version 4, mode 3 (client), everything else zero but the transmit timestamp. */
    static ByteBuf question(long transmit) {
        return Unpooled.buffer(NtpPacket.BYTES).writeByte(0x23).writeZero(39).writeLong(transmit);
    }

    private static final class Ear extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Answer answer;
        private final long transmit;

        Ear(Answer answer, long transmit) {
            this.answer = answer;
            this.transmit = transmit;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            if (answer.isEnded()) {
                return;
            }
            byte[] bytes = ByteBufUtil.getBytes(datagram.content());
            Optional<NtpPacket> packet = NtpPacket.read(bytes);
            if (packet.isEmpty()) {
                answer.otherwise(AFTER_A_STRAY, () -> {
                    answer.body(Unpooled.wrappedBuffer(bytes));
                    answer.malformed("an NTP packet of " + bytes.length + " bytes");
                });
            } else if (packet.get().originate() == transmit) {
                say(packet.get(), bytes, true);
            } else {
                answer.otherwise(AFTER_A_STRAY, () -> say(packet.get(), bytes, false));
            }
        }

        private void say(NtpPacket packet, byte[] bytes, boolean ours) {
            answer.body(Unpooled.wrappedBuffer(bytes));
            answer.seen("mode", Integer.toString(packet.mode()));
            answer.seen("leap", Integer.toString(packet.leap()));
            answer.seen("stratum", Integer.toString(packet.stratum()));
            answer.seen("originate", ours ? "ours" : "other");
            answer.seen("root-dispersion-millis", Long.toString(packet.rootDispersionMillis()));
            answer.seen(packet.isKiss() ? "kiss-code" : "reference-id", packet.reference());
            answer.complete("mode " + packet.mode() + ", stratum " + packet.stratum() + ", leap " + packet.leap()
                    + (packet.isKiss() ? ", kiss code " + packet.reference() : "")
                    + (ours ? "" : ", originate timestamp is not ours"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.failed(cause);
        }
    }
}
