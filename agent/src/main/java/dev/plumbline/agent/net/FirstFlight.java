package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.OptionalLong;

/** Times the first flight of a handshake: from the first bytes that leave to the first that come. Stands next to the socket. */
final class FirstFlight extends ChannelDuplexHandler {
    private final Ticker ticker;
    private OptionalLong left = OptionalLong.empty();
    private Duration elapsed = Duration.ZERO;

    FirstFlight(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Zero when no answer came; at least a nanosecond when one did. */
    Duration elapsed() {
        return elapsed;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (left.isEmpty()) {
            left = OptionalLong.of(ticker.nanos());
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (elapsed.isZero() && left.isPresent()) {
            Duration since = ticker.since(left.getAsLong());
            elapsed = since.isZero() ? Duration.ofNanos(1) : since;
        }
        context.fireChannelRead(message);
    }
}
