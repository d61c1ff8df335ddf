package dev.plumbline.deploy.campus;

import java.time.Duration;

/**
 * One thing that a segment's middlebox does. Faults of a segment add up; where two decide about the same destination the
 * earlier applied one wins. The campus's own hosts ({@code campus.example}) are exempt.
 *
 * <p>Loopback has no router, so there is no ICMP prohibited, no hop distance, no loss and no path MTU here: the
 * network-namespace lab has them.
 */
public sealed interface Fault {
    /** The packets it decides about; none for what happens to names and questions. */
    default Match match() {
        return Match.NONE;
    }

    /** Silence: SYNs and datagrams disappear. */
    record Drop(Match match) implements Fault {}

    /** A reset to every SYN, a port-unreachable to every datagram. */
    record Reset(Match match) implements Fault {}

    /** A connection is accepted and never gets a byte; datagrams disappear. */
    record Stall(Match match) implements Fault {}

    /**
     * TLS is ended by the middlebox and signed again by its own CA: no ALPN, no certificate request, HTTP/1.1. Ports
     * without TLS are untouched.
     *
     * @param issuer common name of the CA
     */
    record Intercept(Match match, String issuer) implements Fault {
        public Intercept(int port) {
            this(Match.port(port), "Campus Web Gateway CA");
        }
    }

    /**
     * TLS 1.3 is broken: the middlebox lets both ends agree on 1.2 at most and answers a hello of 1.3 alone with an alert.
     * Chains, ALPN and certificate requests are the genuine ones.
     */
    record OldTls(Match match) implements Fault {}

    /** A page that says so instead of the answer: 403 over HTTP, a self-signed certificate over TLS. */
    record BlockPage(Match match) implements Fault {}

    /** Not logged in: port 80 redirects to the portal, everything else disappears, DNS works. */
    record Captive() implements Fault {
        @Override
        public Match match() {
            return Match.all();
        }
    }

    /** A connection dies after the ClientHello that names {@code suffix} or a name below it, on every TLS port. */
    record SniFilter(String suffix, Ending ending) implements Fault {}

    /**
     * The segment's resolver misbehaves.
     *
     * @param suffix the names it misbehaves for; empty for all (lies spare campus.example, damage does not)
     * @param delay how late an answer comes, only for SLOW
     */
    record Dns(Damage damage, String suffix, Duration delay) implements Fault {}

    /** How a connection with an unwanted name ends. */
    enum Ending {
        RESET,
        CLOSE,
        SILENCE
    }

    /** What a resolver does to a question. */
    enum Damage {
        /** Lie: the name does not exist. */
        NXDOMAIN,
        /** Lie: one address of the campus where nothing answers. */
        SINKHOLE,
        /** Lie: one address outside where a parked host answers on every port. */
        HIJACK,
        REFUSED,
        SERVFAIL,
        /** No answer over UDP, none over TCP. */
        SILENT,
        SLOW,
        /** UDP answers are truncated, TCP answers whole. */
        TRUNCATED,
        /** UDP answers are truncated, TCP accepts and stays silent. */
        TRUNCATED_TCP_SILENT;

        boolean isLie() {
            return this == NXDOMAIN || this == SINKHOLE || this == HIJACK;
        }
    }

    static Fault drop(Match match) {
        return new Drop(match);
    }

    static Fault reset(Match match) {
        return new Reset(match);
    }

    static Fault stall(Match match) {
        return new Stall(match);
    }

    static Fault intercept(int port) {
        return new Intercept(port);
    }

    static Fault oldTls(Match match) {
        return new OldTls(match);
    }

    static Fault blockPage(Match match) {
        return new BlockPage(match);
    }

    static Fault captive() {
        return new Captive();
    }

    static Fault sniReset(String suffix) {
        return new SniFilter(suffix, Ending.RESET);
    }

    /** Damage to every question. */
    static Fault dns(Damage damage) {
        return dns(damage, "");
    }

    /** Damage to questions for {@code suffix} and names below it. */
    static Fault dns(Damage damage, String suffix) {
        return new Dns(damage, suffix, Duration.ZERO);
    }

    static Fault dnsSlow(Duration delay) {
        return new Dns(Damage.SLOW, "", delay);
    }
}
