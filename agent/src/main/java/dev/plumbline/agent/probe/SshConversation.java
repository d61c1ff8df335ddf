package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads an SSH server's identification (RFC 4253 §4.2), sends ours, reads which algorithms it offers (§7.1), asks for its
 * host key by one exchange of keys (§8) and leaves before anything is encrypted. The identification is the answer; a
 * server that says no more has answered all the same.
 */
final class SshConversation implements Conversation {
    private static final String OURS = "SSH-2.0-plumbline\r\n";

    /** How long lines that are no identification may go on, and how long everything after it may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Packets that say nothing; more of them are no way to a host key. */
    private static final int MOST_IDLE = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

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
        /** What was not read yet: the greeting's lines, later the packet under way and what follows it. */
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        private @Nullable SshGreeting greeted;
        private boolean asked;
        private int idle;
        /** How much must be heard before a packet is looked at: a server may send it byte by byte. */
        private int due = Integer.BYTES;

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
            if (greeted == null) {
                greeting(context);
            }
            if (greeted != null) {
                packets(context, greeted);
            }
        }

        private void greeting(ChannelHandlerContext context) {
            SshGreeting greeting = SshGreeting.read(heard.toByteArray());
            if (greeting.isIdentified()) {
                greeted = greeting;
                drop(greeting.end());
                answer.seen("banner", greeting.identification());
                say(context, OURS.getBytes(StandardCharsets.US_ASCII));
                answer.otherwise(PATIENCE, this::leave);
            } else if (greeting.isHopeless() && !leave()) {
                answer.malformed("no end of line in the first " + heard.size() + " bytes");
            } else if (!greeting.firstLine().isEmpty()) {
                answer.otherwise(PATIENCE, this::leave);
            }
        }

        private void packets(ChannelHandlerContext context, SshGreeting greeting) {
            while (heard.size() >= due && !answer.isEnded()) {
                byte[] bytes = heard.toByteArray();
                Optional<SshPacket> packet = SshPacket.read(bytes, 0);
                if (packet.isEmpty()) {
                    due = SshPacket.end(bytes, 0);
                    return;
                }
                due = Integer.BYTES;
                drop(packet.get().end());
                boolean skipped = packet.get().isIdle() && idle++ < MOST_IDLE;
                if (!skipped) {
                    packet(context, greeting, packet.get());
                }
            }
        }

        private void packet(ChannelHandlerContext context, SshGreeting greeting, SshPacket packet) {
            if (asked) {
                shown(greeting, SshHostKey.of(packet));
                return;
            }
            SshKexInit algorithms = SshKexInit.of(packet);
            algorithms.seen().forEach(answer::seen);
            Optional<SshKeyExchange> exchange = SshKeyExchange.of(algorithms.keyExchange());
            if (!algorithms.objection().isEmpty()) {
                answer.complete(greeting.identification());
            } else if (exchange.isEmpty()) {
                shown(greeting, SshHostKey.none("no exchange of keys that both know"));
            } else {
                asked = true;
                say(context, algorithms.answer(exchange.get(), RANDOM));
                say(context, exchange.get().question(RANDOM));
            }
        }

        private void shown(SshGreeting greeting, SshHostKey key) {
            key.seen().forEach(answer::seen);
            answer.complete(
                    greeting.identification() + key.summary().map(k -> ", " + k).orElse(""));
        }

        private static void say(ChannelHandlerContext context, byte[] bytes) {
            context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }

        private void drop(int bytes) {
            byte[] all = heard.toByteArray();
            heard.reset();
            heard.write(all, bytes, all.length - bytes);
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
            String said = greeted != null
                    ? greeted.identification()
                    : SshGreeting.read(heard.toByteArray()).firstLine();
            if (!said.isEmpty()) {
                answer.complete(said);
            }
            return !said.isEmpty();
        }
    }
}
