package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Interception needs a chain foreign to the row and one thing more: the same issuer on a host that has nothing to do with it,
 * or the genuine chain on another segment in the same round. A chain that claims the expected issuer is for review: keys rotate.
 */
final class TlsInterception implements Rule {
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
                "certificates are signed by " + issuers(proven) + helper(segment)));
    }

    /**
     * Where a port is opened as a whole, names on it that the same box leaves without an answer, or answers with an error of
     * its own, belong to the same cause.
     */
    private static List<Claim.Failing> unanswered(
            SegmentReading segment, List<TargetReading> open, List<Claim.Failing> proven) {
        Set<Atom> ports = new HashSet<>();
        proven.forEach(f -> ports.add(port(f.point())));
        segment.points().stream()
                .filter(p -> p.proved() && !p.handshakes().isEmpty())
                .forEach(p -> ports.remove(port(p)));
        return Failures.of(open, p -> ports.contains(port(p)) && onTheWay(p.symptom()));
    }

    private static Atom port(PointReading point) {
        return Atom.port(point.point().transport(), point.point().port());
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
