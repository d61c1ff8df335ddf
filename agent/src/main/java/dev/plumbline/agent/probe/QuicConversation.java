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
import java.util.concurrent.CompletableFuture;

/**
 * Asks a QUIC server for a version that is reserved for this purpose (RFC 9000 §15), which it answers with those that it
 * speaks. A real handshake would need the server's own application protocol; this needs none.
 */
final class QuicConversation implements Conversation {
    /** How long the right answer may come after a packet that is none: a forged one is as fast as it can be. */
    private static final Duration AFTER_A_STRAY = Duration.ofSeconds(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        Answer answer = new Answer(talk, "quic");
        QuicQuestion question = QuicQuestion.random(RANDOM);
        Tail.addBefore(talk.channel(), new Ear(answer, question));
        Sends.begin(talk, answer, () -> Unpooled.wrappedBuffer(question.packet()));
        return answer.ended().thenApply(exchange -> {
            Tail.closeLater(talk.channel());
            return Said.exchange(exchange);
        });
    }

    private static final class Ear extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Answer answer;
        private final QuicQuestion question;

        Ear(Answer answer, QuicQuestion question) {
            this.answer = answer;
            this.question = question;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            if (answer.isEnded()) {
                return;
            }
            byte[] packet = ByteBufUtil.getBytes(datagram.content());
            ByteBuf body = Unpooled.wrappedBuffer(packet);
            VersionNegotiation.Reading reading = VersionNegotiation.read(packet, question);
            if (reading.answersUs()) {
                answer.body(body);
                answer.seen("connection-ids", "swapped");
                answer.seen("versions", reading.versionText());
                answer.complete("version negotiation, offers " + reading.versionText());
            } else {
                answer.otherwise(AFTER_A_STRAY, () -> {
                    answer.body(body);
                    answer.malformed(reading.objection());
                });
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.failed(cause);
        }
    }
}
