package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An SNTP question (RFC 4330 §5) over a connected UDP socket; loss is met with re-sends that share one transmit time. */
final class NtpConversation implements Conversation {
    static final int PACKET_BYTES = 48;
    private static final long[] SEND_AT_MILLIS = {0, 1000, 2500};
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        Answer answer = new Answer(talk, "ntp");
        // Random instead of the time: nothing of this host's clock leaves it, and nobody can guess the answer.
        long transmit = RANDOM.nextLong();
        Tail.addBefore(talk.channel(), new Ear(answer, transmit));
        for (long at : SEND_AT_MILLIS) {
            talk.loop().schedule(() -> send(talk, answer, transmit), at, TimeUnit.MILLISECONDS);
        }
        return answer.ended().thenApply(exchange -> {
            Tail.closeLater(talk.channel());
            return Said.exchange(exchange);
        });
    }

    private static void send(Talk talk, Answer answer, long transmit) {
        if (!answer.isEnded()) {
            talk.channel().writeAndFlush(question(transmit)).addListener(sent -> {
                if (sent.cause() != null) {
                    answer.failed(sent.cause());
                }
            });
        }
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
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf reply = packet.content();
            if (answer.isEnded()) {
                return;
            }
            answer.body(reply);
            if (reply.readableBytes() < PACKET_BYTES) {
                answer.malformed("an NTP packet of " + reply.readableBytes() + " bytes");
                return;
            }
            int at = reply.readerIndex();
            int mode = reply.getByte(at) & 7;
            int leap = (reply.getByte(at) >> 6) & 3;
            int stratum = reply.getUnsignedByte(at + 1);
            boolean ours = reply.getLong(at + 24) == transmit;
            answer.header("mode", Integer.toString(mode));
            answer.header("leap", Integer.toString(leap));
            answer.header("stratum", Integer.toString(stratum));
            answer.header("originate", ours ? "ours" : "other");
            if (stratum == 0) {
                answer.header("kiss-code", reply.toString(at + 12, 4, StandardCharsets.US_ASCII));
            }
            answer.complete("mode " + mode + ", stratum " + stratum + ", leap " + leap
                    + (ours ? "" : ", originate timestamp is not ours"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.failed(cause);
        }
    }
}
