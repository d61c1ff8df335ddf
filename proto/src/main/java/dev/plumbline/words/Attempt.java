package dev.plumbline.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One connection to one address, as far as it went.
 *
 * @param host the name whose address this is
 * @param connect how CONNECT ended; {@link Failure#none()} for UDP, which has no CONNECT
 * @param synRoundTrip the kernel's round trip of the SYN, zero when not measured
 * @param handshakes in order of time; empty when the probe needs no TLS or CONNECT failed
 * @param exchange empty when the probe stopped before
 * @param smallSegments only in a confirmation, after a silent handshake
 * @param proxy present when the remote is a proxy, and handshakes and exchange are what came through it
 */
public record Attempt(
        String host,
        Transport transport,
        Endpoint local,
        Endpoint remote,
        Instant startedAt,
        Failure connect,
        Duration connectElapsed,
        Duration synRoundTrip,
        List<Handshake> handshakes,
        Optional<Exchange> exchange,
        WhoAnswered whoAnswered,
        Optional<SmallSegments> smallSegments,
        Optional<ThroughProxy> proxy) {
    public Attempt {
        handshakes = List.copyOf(handshakes);
    }

    /** A direct attempt. */
    public Attempt(
            String host,
            Transport transport,
            Endpoint local,
            Endpoint remote,
            Instant startedAt,
            Failure connect,
            Duration connectElapsed,
            Duration synRoundTrip,
            List<Handshake> handshakes,
            Optional<Exchange> exchange,
            WhoAnswered whoAnswered,
            Optional<SmallSegments> smallSegments) {
        this(
                host,
                transport,
                local,
                remote,
                startedAt,
                connect,
                connectElapsed,
                synRoundTrip,
                handshakes,
                exchange,
                whoAnswered,
                smallSegments,
                Optional.empty());
    }

    /** A direct attempt that was not repeated with small segments. */
    public Attempt(
            String host,
            Transport transport,
            Endpoint local,
            Endpoint remote,
            Instant startedAt,
            Failure connect,
            Duration connectElapsed,
            Duration synRoundTrip,
            List<Handshake> handshakes,
            Optional<Exchange> exchange,
            WhoAnswered whoAnswered) {
        this(
                host,
                transport,
                local,
                remote,
                startedAt,
                connect,
                connectElapsed,
                synRoundTrip,
                handshakes,
                exchange,
                whoAnswered,
                Optional.empty());
    }

    /** The same, as what came through a proxy. */
    public Attempt through(ThroughProxy way) {
        return new Attempt(
                host,
                transport,
                local,
                remote,
                startedAt,
                connect,
                connectElapsed,
                synRoundTrip,
                handshakes,
                exchange,
                whoAnswered,
                smallSegments,
                Optional.of(way));
    }

    /** True when no proxy stood between: only such an attempt says anything of the direct way. */
    public boolean isDirect() {
        return proxy.isEmpty();
    }
}
