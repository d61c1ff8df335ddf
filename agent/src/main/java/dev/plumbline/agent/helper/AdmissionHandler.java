package dev.plumbline.agent.helper;

import dev.plumbline.agent.time.Ticker;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands first: turns away who comes too often or finds no room, and ends every connection after a while. */
final class AdmissionHandler extends ChannelInboundHandlerAdapter {
    private final ConnectionLimit guests;
    private final Rate arrivals;
    private final Ticker ticker;
    private final Duration longest;
    private @Nullable InetAddress entered;
    private @Nullable Future<?> end;

    AdmissionHandler(ConnectionLimit guests, Rate arrivals, Ticker ticker, Duration longest) {
        this.guests = guests;
        this.arrivals = arrivals;
        this.ticker = ticker;
        this.longest = longest;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        InetAddress guest = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        // A handshake costs more than a connection that stands: how many arrive is bounded before it begins.
        if (!arrivals.passes(guest, ticker.nanos()) || !guests.enter(guest)) {
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
