package dev.plumbline.agent.hold;

import dev.plumbline.agent.net.FailureClassifier;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.Optional;

/** Stands nearest to the socket: sees every byte, and by what the connection ended before TLS makes it its own. */
final class Watch extends ChannelInboundHandlerAdapter {
    private final Quiet quiet;

    Watch(Quiet quiet) {
        this.quiet = quiet;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        quiet.heard();
        context.fireChannelRead(bytes);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            Failure failure = FailureClassifier.exchanging(cause);
            if (failure.kind() == FailureKind.EXCHANGE_RESET) {
                quiet.closed(Optional.of(failure.detail()));
            } else {
                quiet.broke(failure);
            }
        }
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        quiet.closed(Optional.empty());
        context.fireChannelInactive();
    }
}
