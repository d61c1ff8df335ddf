package dev.plumbline.deploy.campus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello, lets the segment's name filters act upon it, then becomes the TLS server that this identity
 * needs.
 */
final class TlsFront extends SslClientHelloHandler<ClientHello> {
    /** How a connection with this name ends, null when it may go on. */
    interface NameFilter {
        Fault.@Nullable Ending endingOf(String serverName);
    }

    private final NameFilter filter;
    private final List<String> versions;
    private final Function<ClientHello, SslContext> identity;
    private final Function<ClientHello, ChannelHandler> application;

    /** @param versions of TLS that get through; empty for all */
    TlsFront(
            NameFilter filter,
            List<String> versions,
            Function<ClientHello, SslContext> identity,
            Function<ClientHello, ChannelHandler> application) {
        this.filter = filter;
        this.versions = List.copyOf(versions);
        this.identity = identity;
        this.application = application;
    }

    @Override
    protected Future<ClientHello> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf body) {
        return body == null
                ? ctx.executor().newFailedFuture(new IllegalArgumentException("no ClientHello"))
                : ctx.executor().newSucceededFuture(ClientHello.parse(body));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<ClientHello> lookup) {
        if (!lookup.isSuccess()) {
            var unused = ctx.close();
            return;
        }
        ClientHello hello = lookup.getNow();
        Fault.Ending ending = filter.endingOf(hello.serverName());
        if (ending == null) {
            // The application first, so that it sees the end of the handshake.
            ctx.pipeline().addLast(application.apply(hello));
            SslHandler tls = identity.apply(hello).newHandler(ctx.alloc());
            if (!versions.isEmpty()) {
                tls.engine().setEnabledProtocols(versions.toArray(String[]::new));
            }
            var unused = ctx.pipeline().replace(this, "tls", tls);
        } else {
            end(ctx, ending);
        }
    }

    private void end(ChannelHandlerContext ctx, Fault.Ending ending) {
        switch (ending) {
            case RESET -> {
                ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                var unused = ctx.close();
            }
            case CLOSE -> {
                var unused = ctx.close();
            }
            case SILENCE -> {
                var unused = ctx.pipeline().replace(this, "silent", new SilentHandler());
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
