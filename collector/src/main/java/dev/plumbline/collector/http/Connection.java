package dev.plumbline.collector.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection over which requests come. Any thread. */
final class Connection {
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class, "connection");

    private final Channel channel;
    private final AtomicInteger underWay = new AtomicInteger();

    private Connection(Channel channel) {
        this.channel = channel;
    }

    static Connection of(ServiceRequestContext context) {
        Channel channel = Objects.requireNonNull(context.log().partial().channel());
        Attribute<Connection> attribute = channel.attr(KEY);
        Connection known = attribute.get();
        if (known != null) {
            return known;
        }
        Connection first = new Connection(channel);
        Connection before = attribute.setIfAbsent(first);
        return before == null ? first : before;
    }

    /**
     * A request came.
     *
     * @return how many are under way with it
     */
    int enter() {
        return underWay.incrementAndGet();
    }

    /** An answer was written, or never will be. */
    void leave() {
        underWay.decrementAndGet();
    }

    void whenClosed(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }

    /** Past the handlers, which would wait for the peer. */
    void cut() {
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }
}
