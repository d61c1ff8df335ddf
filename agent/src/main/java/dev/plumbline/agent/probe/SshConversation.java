package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads an SSH server's identification (RFC 4253 §4.2), sends ours, reads which algorithms it offers (§7.1) and leaves. The
 * identification is the answer; a server that says no more has answered all the same.
 */
final class SshConversation implements Conversation {
    private static final String OURS = "SSH-2.0-plumbline\r\n";

    /** How long lines that are no identification may go on, and how long the algorithms may take after it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        Answer answer = new Answer(talk, "ssh");
        Tail.addBefore(talk.channel(), new Ear(answer));
        return answer.ended().thenApply(exchange -> {
            talk.channel().close();
            return Said.exchange(exchange);
        });
    }

    private static final class Ear extends SimpleChannelInboundHandler<ByteBuf> {
        private final Answer answer;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private @Nullable SshGreeting greeted;
        /** How much must be heard before the algorithms are looked at: a server may send them byte by byte. */
        private int due;

        Ear(Answer answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            if (answer.isEnded()) {
                return;
            }
            answer.body(bytes);
            byte[] more = new byte[Math.min(bytes.readableBytes(), SshGreeting.MOST_BYTES - heard.size())];
            bytes.readBytes(more);
            heard.writeBytes(more);
            if (greeted != null) {
                algorithms(greeted);
                return;
            }
            SshGreeting greeting = SshGreeting.read(heard.toByteArray());
            if (greeting.isIdentified()) {
                greeted(context, greeting);
            } else if (greeting.isHopeless() && !leave()) {
                answer.malformed("no end of line in the first " + heard.size() + " bytes");
            } else if (!greeting.firstLine().isEmpty()) {
                answer.otherwise(PATIENCE, this::leave);
            }
        }

        private void greeted(ChannelHandlerContext context, SshGreeting greeting) {
            greeted = greeting;
            due = greeting.end() + Integer.BYTES;
            answer.seen("banner", greeting.identification());
            context.writeAndFlush(Unpooled.copiedBuffer(OURS, StandardCharsets.US_ASCII));
            answer.otherwise(PATIENCE, this::leave);
            algorithms(greeting);
        }

        private void algorithms(SshGreeting greeting) {
            if (heard.size() < due) {
                return;
            }
            byte[] bytes = heard.toByteArray();
            SshKexInit.read(bytes, greeting.end())
                    .ifPresentOrElse(
                            read -> {
                                read.seen().forEach(answer::seen);
                                answer.complete(greeting.identification());
                            },
                            () -> due = SshKexInit.end(bytes, greeting.end()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!leave()) {
                answer.failed(cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!leave()) {
                answer.closed();
            }
        }

        /** Ends with the identification, or with the first line of somebody who speaks no SSH; false when there is neither. */
        private boolean leave() {
            SshGreeting greeting = SshGreeting.read(heard.toByteArray());
            String said = greeting.isIdentified() ? greeting.identification() : greeting.firstLine();
            if (!said.isEmpty()) {
                answer.complete(said);
            }
            return !said.isEmpty();
        }
    }
}
