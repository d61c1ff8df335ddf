package dev.plumbline.catalog;

import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One probe-able thing derived from rows.
 *
 * @param host name to resolve; with a pool the text {@code {n}} stands for the member's number
 * @param poolSize 0 for a plain host, else the members are 1..poolSize and the round number chooses
 * @param serverName name offered as SNI and expected in the certificate (differs from the host for couriers)
 * @param alpnLadder offers in order, each a comma-separated list; the next is tried when one fails
 * @param path path of the HTTP request, empty where none is sent
 * @param services all of them must be used by the site for the target to be required
 * @param platforms platforms that need it; empty = every one
 * @param retiredOn present exactly when the obligation is RETIRED
 * @param minimumInterval a younger fact is used again instead of probing
 */
public record Target(
        TargetId id,
        String host,
        int poolSize,
        int port,
        Transport transport,
        ProbeKind probe,
        String serverName,
        IdentityClass identity,
        List<String> alpnLadder,
        String path,
        Set<Service> services,
        Set<Role> roles,
        Set<Platform> platforms,
        Obligation obligation,
        Optional<LocalDate> retiredOn,
        ProxyPolicy proxy,
        Duration minimumInterval,
        List<RowRef> sources) {
    public Target {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("target " + id + ": port " + port + " is not between 1 and 65535");
        }
        if (host.contains("{n}") != (poolSize > 0)) {
            throw new IllegalArgumentException("target " + id + ": a host with {n} needs a pool size, and only that");
        }
        if (retiredOn.isPresent() != (obligation == Obligation.RETIRED)) {
            throw new IllegalArgumentException("target " + id + ": a retired target has the date, and only that");
        }
        if (probe.seesCertificate() == (identity == IdentityClass.NONE)) {
            throw new IllegalArgumentException("target " + id + ": probe " + probe.word() + " and identity "
                    + Words.of(identity) + " do not go together");
        }
        alpnLadder = List.copyOf(alpnLadder);
        services = Set.copyOf(services);
        roles = Set.copyOf(roles);
        platforms = Set.copyOf(platforms);
        sources = List.copyOf(sources);
    }

    /** True when a row of the edition asks for it, or when it is nobody's row: a control or a target of an overlay. */
    public boolean isIn(String edition) {
        return obligation == Obligation.CONTROL
                || sources.isEmpty()
                || sources.stream()
                        .anyMatch(
                                r -> r.edition().equals(edition) || r.edition().equals(RowRef.OVERLAY));
    }

    /** The same target, serving these rows, with what they say of proxies. */
    public Target serving(ProxyPolicy said, List<RowRef> rows) {
        return with(said, minimumInterval, rows);
    }

    /** The same target, probed at most this often. */
    public Target every(Duration interval) {
        return with(proxy, interval, sources);
    }

    private Target with(ProxyPolicy said, Duration interval, List<RowRef> rows) {
        return new Target(
                id,
                host,
                poolSize,
                port,
                transport,
                probe,
                serverName,
                identity,
                alpnLadder,
                path,
                services,
                roles,
                platforms,
                obligation,
                retiredOn,
                said,
                interval,
                rows);
    }

    /**
     * The name to resolve in this round: the same for every agent of the site. Rounds of equal length come to every member
     * of a pool within little more rounds than it has members.
     *
     * @param round epoch milliseconds of its beginning
     */
    public String hostInRound(long round) {
        if (poolSize == 0) {
            return host;
        }
        // Whatever the seconds between two rounds are, their multiples run through all remainders of a prime that does
        // not
        // divide them, and people choose lengths of 10 s, 5 min or 1 h: no multiples of a prime above 5.
        int prime = primeAtLeast(Math.max(7, poolSize));
        long remainder = Math.floorMod(Math.floorDiv(round, 1000L), (long) prime);
        return member((int) (remainder % poolSize) + 1);
    }

    /** Every name of the pool in order, the host alone where there is none. */
    public List<String> hosts() {
        return poolSize == 0
                ? List.of(host)
                : IntStream.rangeClosed(1, poolSize).mapToObj(this::member).toList();
    }

    private String member(int n) {
        return host.replace("{n}", Integer.toString(n));
    }

    private static int primeAtLeast(int number) {
        int candidate = number;
        while (!isPrime(candidate)) {
            candidate++;
        }
        return candidate;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
