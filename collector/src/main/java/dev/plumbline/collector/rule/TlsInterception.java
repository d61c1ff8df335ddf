package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interception needs a chain foreign to the row and one thing more: the same issuer on a host that has nothing to do with it,
 * or the genuine chain on another segment in the same round. A chain that claims the expected issuer is for review: keys rotate.
 */
final class TlsInterception implements Rule {
    /** So many connections that one and the same end meets at their own name and not at a neutral one were met by a filter. */
    private static final int FEWEST_OF_A_FILTER = 3;

    private static final int MOST_HOSTS = 8;

    @Override
    public String id() {
        return "tls-interception";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> foreign = Failures.of(open, Symptom.FOREIGN_CHAIN);
        Map<String, Set<String>> domainsByIssuer = new HashMap<>();
        for (Claim.Failing f : foreign) {
            issuer(f.point())
                    .ifPresent(i -> domainsByIssuer
                            .computeIfAbsent(i, x -> new HashSet<>())
                            .add(Domains.registrable(f.target().target().serverName())));
        }
        List<Claim.Failing> proven = new ArrayList<>();
        for (Claim.Failing f : foreign) {
            boolean shared = issuer(f.point())
                    .map(i -> domainsByIssuer.getOrDefault(i, Set.of()).size() >= 2)
                    .orElse(false);
            if (shared || elsewhere.provedSomewhere(f.target().target().id())) {
                proven.add(f);
            }
        }
        if (proven.isEmpty()) {
            return List.of();
        }
        proven.addAll(unanswered(segment, open, proven));
        return List.of(new Claim(
                id(),
                Mechanism.TLS_INTERCEPTED,
                Optional.empty(),
                proven,
                "certificates are signed by " + issuers(proven) + exempt(segment, proven) + helper(segment)));
    }

    /**
     * Where a port is opened as a whole, names on it that the same box leaves without an answer, or answers with an error of
     * its own, belong to the same cause.
     */
    private static List<Claim.Failing> unanswered(
            SegmentReading segment, List<TargetReading> open, List<Claim.Failing> proven) {
        Set<Port> ports = new HashSet<>();
        proven.forEach(f -> ports.add(Port.of(f.point())));
        segment.points().stream()
                .filter(p -> p.proved() && !p.handshakes().isEmpty())
                .forEach(p -> ports.remove(Port.of(p)));
        List<Claim.Failing> some = Failures.of(open, p -> ports.contains(Port.of(p)) && onTheWay(p.symptom()));
        Map<Symptom, Long> byName = some.stream()
                .filter(f -> f.point().neutralSurvives())
                .collect(Collectors.groupingBy(f -> f.point().symptom(), Collectors.counting()));
        return some.stream()
                .filter(f -> !f.point().neutralSurvives()
                        || byName.getOrDefault(f.point().symptom(), 0L) < FEWEST_OF_A_FILTER)
                .toList();
    }

    private record Port(Transport transport, int number) {
        static Port of(PointReading point) {
            return new Port(point.point().transport(), point.point().port());
        }
    }

    private static boolean onTheWay(Symptom symptom) {
        return switch (symptom) {
            case TLS_SILENT,
                    TLS_RESET,
                    TLS_CLOSED,
                    TLS_REFUSED,
                    WRONG_NAME,
                    NOT_IN_VALIDITY,
                    WRONG_PROTOCOL,
                    WRONG_ANSWER,
                    ANSWER_SILENT,
                    ANSWER_BROKEN,
                    BLOCK_PAGE -> true;
            case NONE,
                    DNS_NXDOMAIN,
                    DNS_REFUSED,
                    DNS_SERVFAIL,
                    DNS_SILENT,
                    DNS_TRUNCATED,
                    DNS_NO_DATA,
                    TCP_SILENT,
                    TCP_RESET,
                    TCP_PROHIBITED,
                    NO_ROUTE,
                    FOREIGN_CHAIN,
                    UNKNOWN_CHAIN,
                    UDP_SILENT,
                    PORTAL,
                    UNEXPECTED_NAME,
                    NO_EVIDENCE -> false;
        };
    }

    /** Hosts on the same ports that show their own certificates: somebody listed them. */
    private static String exempt(SegmentReading segment, List<Claim.Failing> proven) {
        Set<Port> ports = new HashSet<>();
        proven.forEach(f -> ports.add(Port.of(f.point())));
        List<String> hosts = segment.readings().stream()
                .filter(r -> ports.contains(
                        new Port(r.target().transport(), r.target().port())))
                .filter(r -> r.any(p -> p.proved() && !p.handshakes().isEmpty())
                        && !r.any(p -> p.symptom() == Symptom.FOREIGN_CHAIN))
                .map(r -> r.target().serverName())
                .distinct()
                .sorted()
                .toList();
        return hosts.isEmpty()
                ? ""
                : "; exempt are " + String.join(", ", hosts.subList(0, Math.min(MOST_HOSTS, hosts.size())))
                        + (hosts.size() > MOST_HOSTS ? " and " + (hosts.size() - MOST_HOSTS) + " more" : "");
    }

    /** A key that belongs to the site itself was replaced, too: nothing that Apple does explains that. */
    private static String helper(SegmentReading segment) {
        return segment.environment().map(Environment::helperKeyReplaced).orElse(false)
                ? ", and another key is shown in the place of the helper's"
                : "";
    }

    private static String issuers(List<Claim.Failing> proven) {
        return proven.stream()
                .map(f -> issuer(f.point()))
                .flatMap(Optional::stream)
                .distinct()
                .limit(3)
                .reduce((a, b) -> a + " and " + b)
                .orElse("nobody known");
    }

    private static Optional<String> issuer(PointReading point) {
        return point.issuer().map(PointReading.SeenChain::issuer);
    }
}
