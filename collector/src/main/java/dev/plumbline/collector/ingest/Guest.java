package dev.plumbline.collector.ingest;

import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection that was let in at a port. Known to its {@link Doorkeeper}, under whose lock it changes. */
final class Guest {
    private final SocketAddress address;
    private final Neighbourhood neighbourhood;
    private final long sinceNanos;
    private final Line line;
    private @Nullable String member;

    Guest(SocketAddress address, Neighbourhood neighbourhood, long sinceNanos, Line line) {
        this.address = address;
        this.neighbourhood = neighbourhood;
        this.sinceNanos = sinceNanos;
        this.line = line;
    }

    SocketAddress address() {
        return address;
    }

    Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    Line line() {
        return line;
    }

    /** Ends the connection now, whatever its peer still has to read. */
    void cut() {
        line.cut();
    }

    void prove(String as) {
        member = as;
    }

    /** Under which name it is counted since it proved who it is. */
    Optional<String> member() {
        return Optional.ofNullable(member);
    }
}
