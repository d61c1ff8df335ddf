package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Assessment;
import dev.plumbline.catalog.expectation.Expectations;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import java.util.List;
import java.util.Optional;

/** Reads observations that never got an address, and names that must have none. */
final class NameReader {
    List<PointReading> unresolved(AgentId agent, Target target, Observation observation) {
        if (observation.lookups().isEmpty()) {
            return List.of();
        }
        // A and AAAA usually fail alike; where they differ, the one that says more than "no such record" speaks.
        Lookup telling = observation.lookups().stream()
                .filter(l -> !l.failure().isNone() && l.failure().kind() != FailureKind.NO_DATA)
                .filter(l -> !overtaken(l, observation.lookups()))
                .findFirst()
                .orElse(observation.lookups().get(0));
        Symptom symptom = symptom(telling, observation);
        String said = "name " + telling.name() + " asked of " + telling.resolver() + ": "
                + Excuse.of(telling.failure().kind(), observation)
                        .orElseGet(() -> words(telling.failure().kind()));
        return List.of(point(agent, target, observation, telling, symptom, said));
    }

    /** A silent resolver beside one that answered the same question: what the name lacks is not its doing. */
    private static boolean overtaken(Lookup lookup, List<Lookup> all) {
        return lookup.failure().kind() == FailureKind.DNS_SILENT
                && all.stream()
                        .filter(l -> l.name().equals(lookup.name()) && l.type().equals(lookup.type()))
                        .anyMatch(l -> l.failure().isNone()
                                || l.failure().kind() == FailureKind.NO_DATA
                                || l.failure().kind() == FailureKind.NXDOMAIN);
    }

    List<PointReading> absent(AgentId agent, Target target, Observation observation) {
        if (observation.lookups().isEmpty()) {
            return List.of();
        }
        Assessment assessment = Expectations.assessNames(target, observation.lookups());
        Symptom symptom = switch (assessment.outcome()) {
            case MET -> Symptom.NONE;
            case UNEXPECTED_ANSWER -> Symptom.UNEXPECTED_NAME;
            case NOT_REACHED,
                    FOREIGN_CHAIN,
                    UNKNOWN_CHAIN,
                    WRONG_NAME,
                    NOT_IN_VALIDITY,
                    WRONG_PROTOCOL,
                    BLOCK_PAGE,
                    PORTAL,
                    WRONG_ANSWER -> symptom(observation.lookups().get(0), observation);
        };
        return List.of(point(agent, target, observation, observation.lookups().get(0), symptom, assessment.because()));
    }

    /** A record that devices can do without: told where it is and where it is not, and no symptom when nobody answers. */
    List<PointReading> text(AgentId agent, Target target, Observation observation) {
        if (observation.lookups().isEmpty()) {
            return List.of();
        }
        Assessment assessment = Expectations.assessNames(target, observation.lookups());
        Lookup last = observation.lookups().get(observation.lookups().size() - 1);
        boolean local = symptom(last, observation) == Symptom.NO_EVIDENCE;
        Symptom symptom = local && !assessment.isMet() ? Symptom.NO_EVIDENCE : Symptom.NONE;
        return List.of(point(agent, target, observation, last, symptom, assessment.isMet(), assessment.because()));
    }

    private static Symptom symptom(Lookup lookup, Observation observation) {
        FailureKind kind = lookup.failure().kind();
        return Excuse.of(kind, observation).isPresent() ? Symptom.NO_EVIDENCE : symptom(kind);
    }

    static Symptom symptom(FailureKind kind) {
        return switch (kind) {
            case NXDOMAIN -> Symptom.DNS_NXDOMAIN;
            case NO_DATA -> Symptom.DNS_NO_DATA;
            case DNS_REFUSED -> Symptom.DNS_REFUSED;
            case SERVFAIL, DNS_MALFORMED -> Symptom.DNS_SERVFAIL;
            case DNS_SILENT, DNS_UNREACHABLE -> Symptom.DNS_SILENT;
            case DNS_TRUNCATED -> Symptom.DNS_TRUNCATED;
            case NONE,
                    CONNECT_SILENT,
                    CONNECT_RESET,
                    HOST_UNREACHABLE,
                    CONNECT_PROHIBITED,
                    NETWORK_UNREACHABLE,
                    TLS_SILENT,
                    TLS_RESET,
                    TLS_CLOSED,
                    TLS_ALERT,
                    TLS_MALFORMED,
                    EXCHANGE_SILENT,
                    EXCHANGE_RESET,
                    EXCHANGE_CLOSED,
                    EXCHANGE_MALFORMED,
                    OVERLOADED,
                    LOCAL,
                    UNKNOWN -> Symptom.NO_EVIDENCE;
        };
    }

    private static String words(FailureKind kind) {
        return switch (symptom(kind)) {
            case DNS_NXDOMAIN -> "no such name (NXDOMAIN)";
            case DNS_NO_DATA -> "the name has no address";
            case DNS_REFUSED -> "refused (REFUSED)";
            case DNS_SERVFAIL -> "server failure (SERVFAIL)";
            case DNS_SILENT -> "no answer";
            case DNS_TRUNCATED -> "truncated over UDP, no answer over TCP";
            default -> "not asked (" + kind + ")";
        };
    }

    private static PointReading point(
            AgentId agent, Target target, Observation observation, Lookup lookup, Symptom symptom, String said) {
        return point(agent, target, observation, lookup, symptom, symptom == Symptom.NONE, said);
    }

    private static PointReading point(
            AgentId agent,
            Target target,
            Observation observation,
            Lookup lookup,
            Symptom symptom,
            boolean proved,
            String said) {
        Point point = Point.of(
                AttemptReader.names(target, target.hostInRound(observation.round())),
                target.transport(),
                target.port(),
                Optional.empty());
        Witness witness = new Witness(
                agent.segment(),
                agent.name(),
                target.id(),
                lookup.transport(),
                Endpoint.NONE,
                lookup.resolver(),
                lookup.startedAt(),
                said);
        return new PointReading(
                point,
                Layer.NOTHING,
                proved,
                symptom,
                false,
                symptom.isSilence() ? 1 : 0,
                said,
                Optional.empty(),
                false,
                PathFacts.NOTHING,
                List.of(),
                Optional.empty(),
                witness);
    }
}
