package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plain table: what is left and confirmed has the mechanism of its symptom. */
final class BySymptom implements Rule {
    @Override
    public String id() {
        return "by-symptom";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        Map<Mechanism, List<Claim.Failing>> byMechanism = new EnumMap<>(Mechanism.class);
        for (Claim.Failing failing : Failures.of(open, p -> true)) {
            mechanism(failing.point().symptom())
                    .ifPresent(m -> byMechanism
                            .computeIfAbsent(m, x -> new ArrayList<>())
                            .add(failing));
        }
        List<Claim> claims = new ArrayList<>();
        byMechanism.forEach((mechanism, failing) -> claims.add(new Claim(
                id(),
                mechanism,
                Optional.empty(),
                failing,
                failing.get(0).point().said())));
        return claims;
    }

    /** The mechanism that a symptom means by itself; empty for those that need more than one fact. */
    static Optional<Mechanism> mechanism(Symptom symptom) {
        return switch (symptom) {
            case DNS_NXDOMAIN, DNS_NO_DATA -> Optional.of(Mechanism.DNS_NXDOMAIN);
            case DNS_REFUSED -> Optional.of(Mechanism.DNS_REFUSED);
            case DNS_SERVFAIL -> Optional.of(Mechanism.DNS_SERVFAIL);
            case DNS_SILENT -> Optional.of(Mechanism.DNS_SILENT);
            case DNS_TRUNCATED -> Optional.of(Mechanism.DNS_TRUNCATED);
            case TCP_SILENT -> Optional.of(Mechanism.TCP_DROP);
            case TCP_RESET -> Optional.of(Mechanism.TCP_RESET);
            case TCP_PROHIBITED -> Optional.of(Mechanism.TCP_PROHIBITED);
            case TLS_SILENT -> Optional.of(Mechanism.TLS_STALLED);
            case TLS_RESET -> Optional.of(Mechanism.TLS_RESET_ON_NAME);
            case TLS_CLOSED -> Optional.of(Mechanism.TLS_CLOSED_ON_NAME);
            case UDP_SILENT -> Optional.of(Mechanism.UDP_SILENT);
            case BLOCK_PAGE -> Optional.of(Mechanism.HTTP_BLOCK_PAGE);
            case NONE,
                    NO_ROUTE,
                    TLS_REFUSED,
                    FOREIGN_CHAIN,
                    UNKNOWN_CHAIN,
                    WRONG_NAME,
                    NOT_IN_VALIDITY,
                    WRONG_PROTOCOL,
                    ANSWER_SILENT,
                    ANSWER_BROKEN,
                    PORTAL,
                    WRONG_ANSWER,
                    UNEXPECTED_NAME,
                    NO_EVIDENCE -> Optional.empty();
        };
    }
}
