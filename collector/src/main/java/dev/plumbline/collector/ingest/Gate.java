package dev.plumbline.collector.ingest;

import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A listening socket with a doorkeeper: whoever is over a bound is closed before a byte of a handshake is read. */
public final class Gate extends NioServerSocketChannel {
    private final Doorkeeper doorkeeper;

    /**
     * How many strangers at once.
     *
     * @param ofOne from one neighbourhood
     * @param grace how long one may dally before another takes the place, when all are taken
     */
    public record Bound(int all, int ofOne, Duration grace) {
        public Bound {
            if (ofOne < 1 || all < ofOne || grace.isNegative()) {
                throw new IllegalArgumentException(
                        "a bound of " + all + " with " + ofOne + " of one and a grace of " + grace + " lets nobody in");
            }
        }
    }

    Gate(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        for (int i = accepted.size() - 1; i >= before; i--) {
            if (accepted.get(i) instanceof SocketChannel channel && !admit(doorkeeper, channel)) {
                accepted.remove(i);
                channel.unsafe().closeForcibly();
            }
        }
        return read;
    }

    /** @return false when the channel is to be closed */
    static boolean admit(Doorkeeper doorkeeper, SocketChannel channel) {
        InetSocketAddress from = channel.remoteAddress();
        if (from == null || from.getAddress() == null) {
            return false; // gone already
        }
        Optional<Guest> guest = doorkeeper.admit(from, System.nanoTime(), SocketLine.of(channel));
        guest.ifPresent(g -> channel.closeFuture().addListener(closed -> doorkeeper.left(g)));
        return guest.isPresent();
    }
}
