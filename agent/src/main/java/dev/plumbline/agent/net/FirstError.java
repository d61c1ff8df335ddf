package dev.plumbline.agent.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the socket error that broke a connection, met while reading or while writing: the handlers behind only tell
 * that it was closed. Stands nearer to the socket than they do, so that none can swallow or outrun the error.
 */
public final class FirstError extends ChannelDuplexHandler {
    private @Nullable Throwable first;

    /** The socket error if there was one, else the given cause. */
    public Throwable orElse(Throwable other) {
        return first == null ? other : first;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        remember(cause);
        context.fireExceptionCaught(cause);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise.unvoid().addListener(written -> remember(written.cause())));
    }

    private void remember(@Nullable Throwable cause) {
        // What TLS complains of is in the handshake's own failure, and that a channel is closed says not by whom.
        boolean ofSocket = cause instanceof IOException
                && !(cause instanceof SSLException)
                && !(cause instanceof ClosedChannelException);
        if (first == null && ofSocket) {
            first = cause;
        }
    }
}
