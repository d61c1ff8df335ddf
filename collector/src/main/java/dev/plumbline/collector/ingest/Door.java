package dev.plumbline.collector.ingest;

import dev.plumbline.metrics.MetricSource;
import io.netty.channel.socket.SocketChannel;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The door of a port where connections prove nothing and calls do: whoever has come in is a stranger until somebody was known by a
 * call on his connection. Any thread.
 */
public final class Door {
    private final Doorkeeper doorkeeper;

    /**
     * @param strangers how many of them at once
     * @param members connections on which somebody was known, in all
     * @param ofOneMember and of one from one neighbourhood
     */
    public Door(Gate.Bound strangers, int members, int ofOneMember) {
        this.doorkeeper = new Doorkeeper(strangers, members, ofOneMember);
    }

    /** A listening socket at this door. */
    public Gate gate() {
        return new Gate(doorkeeper);
    }

    /**
     * Somebody came to a listening socket that is no {@link Gate}.
     *
     * @param channel before anything was read of it
     * @return false when it is to be closed
     */
    public boolean admits(SocketChannel channel) {
        return Gate.admit(doorkeeper, channel);
    }

    /**
     * Somebody was known by a call.
     *
     * @param from where his connection comes from
     * @param as who he is counted by, the first time on each connection
     * @return false when he has too many connections, or all have: this one is to be {@linkplain #sendAway sent away}
     */
    public boolean isLetIn(SocketAddress from, String as) {
        return doorkeeper
                .guest(from)
                .filter(guest -> doorkeeper.proved(guest, as))
                .isPresent();
    }

    /** Ends a connection whose peer was told why, after the time that it takes to read this. */
    public void sendAway(SocketAddress from) {
        doorkeeper
                .guest(from)
                .ifPresent(guest -> CompletableFuture.delayedExecutor(
                                Bounds.FAREWELL.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                        .execute(guest::cut));
    }

    /** @param port what it is called by */
    public MetricSource metrics(String port) {
        return new DoorMetrics(port, doorkeeper);
    }
}
