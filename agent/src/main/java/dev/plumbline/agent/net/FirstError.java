package dev.plumbline.agent.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Remembers the socket error that broke a connection: the TLS handler only tells that it was closed. */
public final class FirstError extends ChannelInboundHandlerAdapter {
    private @Nullable Throwable first;

    /** The socket error if there was one, else the given cause. */
    public Throwable orElse(Throwable other) {
        return first == null ? other : first;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What TLS itself complains of is in the handshake's own failure.
        if (first == null && cause instanceof IOException && !(cause instanceof SSLException)) {
            first = cause;
        }
        context.fireExceptionCaught(cause);
    }
}
