package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An SNTP question (RFC 4330 §5) over a connected UDP socket; loss is met with re-sends that share one transmit time. */
final class NtpConversation implements Conversation {
    static final int PACKET_BYTES = 48;

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
        return Unpooled.buffer(PACKET_BYTES).writeByte(0x23).writeZero(39).writeLong(transmit);
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
            ByteBuf packet = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(datagram.content()));
            if (packet.readableBytes() < PACKET_BYTES) {
                answer.otherwise(AFTER_A_STRAY, () -> {
                    answer.body(packet);
                    answer.malformed("an NTP packet of " + packet.readableBytes() + " bytes");
                });
            } else if (packet.getLong(24) == transmit) {
                read(packet, true);
            } else {
                answer.otherwise(AFTER_A_STRAY, () -> read(packet, false));
            }
        }

        /** The header of RFC 5905 §7.3. */
        private void read(ByteBuf packet, boolean ours) {
            int mode = packet.getByte(0) & 7;
            int leap = (packet.getByte(0) >> 6) & 3;
            int stratum = packet.getUnsignedByte(1);
            String reference = reference(packet);
            answer.body(packet);
            answer.seen("mode", Integer.toString(mode));
            answer.seen("leap", Integer.toString(leap));
            answer.seen("stratum", Integer.toString(stratum));
            answer.seen("originate", ours ? "ours" : "other");
            answer.seen("root-dispersion-millis", Long.toString((packet.getUnsignedInt(8) * 1000) >> 16));
            answer.seen(stratum == 0 ? "kiss-code" : "reference-id", reference);
            answer.complete("mode " + mode + ", stratum " + stratum + ", leap " + leap
                    + (stratum == 0 ? ", kiss code " + reference : "")
                    + (ours ? "" : ", originate timestamp is not ours"));
        }

        /** Four letters where they are meant (stratum 0 and 1), hexadecimal otherwise. */
        private static String reference(ByteBuf packet) {
            String letters = packet.toString(12, 4, StandardCharsets.ISO_8859_1).replace("\0", "");
            boolean named = packet.getUnsignedByte(1) <= 1 && letters.matches("[!-~]{1,4}");
            return named ? letters : ByteBufUtil.hexDump(packet, 12, 4);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.failed(cause);
        }
    }
}
