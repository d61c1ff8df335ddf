package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Reads an SSH server's identification (RFC 4253 §4.2), sends ours and leaves. */
final class SshConversation implements Conversation {
    /** Longest identification line, and all that is read of anything else. */
    private static final int MAX_BANNER = 255;

    private static final String OURS = "SSH-2.0-plumbline\r\n";

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

        Ear(Answer answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            if (answer.isEnded()) {
                return;
            }
            answer.body(bytes);
            String text = answer.bodyText();
            int end = text.indexOf('\n');
            if (end >= 0) {
                context.writeAndFlush(Unpooled.copiedBuffer(OURS, StandardCharsets.US_ASCII));
                answer.complete(text.substring(0, end).strip());
            } else if (answer.bodyBytes() > MAX_BANNER) {
                answer.malformed("no end of line in the first " + MAX_BANNER + " bytes");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.failed(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.closed();
        }
    }
}
