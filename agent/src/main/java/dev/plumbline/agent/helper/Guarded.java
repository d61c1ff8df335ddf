package dev.plumbline.agent.helper;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands first: turns away whom there is no room for, and ends every connection after a while. */
final class Guarded extends ChannelInboundHandlerAdapter {
    private final Guests guests;
    private final Duration longest;
    private @Nullable InetAddress entered;
    private @Nullable Future<?> end;

    Guarded(Guests guests, Duration longest) {
        this.guests = guests;
        this.longest = longest;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        InetAddress guest = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (!guests.enter(guest)) {
            context.close();
            return;
        }
        entered = guest;
        end = context.executor().schedule(() -> context.close(), longest.toMillis(), TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        InetAddress guest = entered;
        if (guest != null) {
            entered = null;
            guests.leave(guest);
        }
        Future<?> planned = end;
        if (planned != null) {
            planned.cancel(false);
        }
        context.fireChannelInactive();
    }
}
