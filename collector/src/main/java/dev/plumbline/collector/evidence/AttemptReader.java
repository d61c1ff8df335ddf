package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Assessment;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.Expectations;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Transport;
import java.util.List;
import java.util.Optional;

/** Reads one attempt: the failure kind where a stage failed, the target's expectation where there was something to judge. */
final class AttemptReader {
    private final Certificates certificates;
    private final TrustAnchors anchors;

    AttemptReader(Certificates certificates, TrustAnchors anchors) {
        this.certificates = certificates;
        this.anchors = anchors;
    }

    /** @param together at one address, asked in several ways: the first asks the target's own question */
    PointReading read(AgentId agent, Target target, Observation observation, List<Attempt> together) {
        Attempt attempt = together.get(0);
        Point point = Point.of(
                names(target, attempt.host()),
                attempt.transport(),
                target.port(),
                Optional.of(attempt.remote().address()));
        boolean secures = target.probe().seesCertificate();
        List<Handshake> own = attempt.handshakes().isEmpty()
                ? List.of()
                : Handshakes.of(attempt.handshakes()).usual(target.serverName());
        Failure failure = failureOf(attempt, own);
        boolean connectOnly = attempt.connect().isNone()
                && attempt.handshakes().isEmpty()
                && attempt.exchange().isEmpty()
                && attempt.transport().equals(Transport.TCP);
        Layer reached = reached(attempt, secures);
        Assessment assessment =
                Expectations.assessTogether(target, together, certificates, anchors, attempt.startedAt());
        Symptom symptom;
        boolean proved = false;
        String said;
        if (assessment.isMet()) {
            proved = true;
            symptom = Symptom.NONE;
            said = assessment.because();
            reached = Layer.ANSWERED;
        } else if (connectOnly) {
            symptom = Symptom.NONE;
            said = "connected in " + attempt.connectElapsed().toMillis()
                    + " ms, nothing more was asked of this address";
        } else {
            symptom = symptomOf(assessment, failure, attempt.transport());
            said = assessment.because();
        }
        Optional<String> excuse = Excuse.of(failure.kind(), observation);
        if (excuse.isPresent()) {
            symptom = Symptom.NO_EVIDENCE;
            said = excuse.get();
        }
        Witness witness = new Witness(
                agent.segment(),
                agent.name(),
                target.id(),
                attempt.transport(),
                asker(attempt),
                attempt.remote(),
                attempt.startedAt(),
                said);
        return new PointReading(
                point,
                reached,
                proved,
                symptom,
                false,
                symptom.isSilence() ? 1 : 0,
                said,
                chain(attempt),
                neutralSurvives(target, attempt),
                PathFacts.of(attempt),
                attempt.handshakes(),
                attempt.exchange().map(Exchange::headers).map(h -> h.get("location")),
                witness);
    }

    /** Expected and asked name; the members of a pool come and go, so they have the expected name only. */
    static List<String> names(Target target, String host) {
        return target.poolSize() > 0 ? List.of(target.serverName()) : List.of(target.serverName(), host);
    }

    /** Whom a firewall's log names: a handshake in QUIC, which decides, leaves from a socket of its own. */
    private static Endpoint asker(Attempt attempt) {
        for (Handshake handshake : attempt.handshakes()) {
            if (handshake.quic().isPresent()) {
                return handshake.local();
            }
        }
        return attempt.local();
    }

    /**
     * The failure that ended the attempt: of the first handshake where all failed, else of the exchange.
     *
     * @param own the usual handshakes under the target's name
     */
    private static Failure failureOf(Attempt attempt, List<Handshake> own) {
        if (!attempt.connect().isNone()) {
            return attempt.connect();
        }
        return own.isEmpty() || stood(own)
                ? attempt.exchange().map(Exchange::failure).orElse(Failure.none())
                : own.get(0).failure();
    }

    /** A bare handshake tells who is there; where an offer was made before it, that offer's failure is what counts. */
    private static boolean stood(List<Handshake> own) {
        boolean bareCounts = own.get(0).alpnOffered().isEmpty();
        for (Handshake handshake : own) {
            if (handshake.failure().isNone()
                    && (bareCounts || !handshake.alpnOffered().isEmpty())) {
                return true;
            }
        }
        return false;
    }

    private static boolean neutralSurvives(Target target, Attempt attempt) {
        for (Handshake handshake : attempt.handshakes()) {
            Failure failure = handshake.failure();
            if (!handshake.serverName().equals(target.serverName())
                    && (failure.isNone() || failure.kind() == FailureKind.TLS_ALERT)) {
                return true;
            }
        }
        return false;
    }

    private static Layer reached(Attempt attempt, boolean secures) {
        if (attempt.exchange().filter(e -> e.failure().isNone()).isPresent()) {
            return Layer.ANSWERED;
        }
        if (secures && anyStands(attempt)) {
            return Layer.SECURED;
        }
        return attempt.transport().equals(Transport.TCP) && attempt.connect().isNone()
                ? Layer.CONNECTED
                : Layer.RESOLVED;
    }

    private static boolean anyStands(Attempt attempt) {
        for (Handshake handshake : attempt.handshakes()) {
            if (handshake.failure().isNone()) {
                return true;
            }
        }
        return false;
    }

    private Optional<PointReading.SeenChain> chain(Attempt attempt) {
        for (Handshake handshake : attempt.handshakes()) {
            if (!handshake.certificates().isEmpty()) {
                Sha256 leaf = handshake.certificates().get(0);
                return certificates.byHash(leaf).map(c -> new PointReading.SeenChain(c, leaf.hex()));
            }
        }
        return Optional.empty();
    }

    private static Symptom symptomOf(Assessment assessment, Failure failure, Transport transport) {
        return switch (assessment.outcome()) {
            case MET -> Symptom.NONE;
            case NOT_REACHED ->
                transport.equals(Transport.UDP) ? ofDatagrams(failure.kind()) : ofFailure(failure.kind());
            case FOREIGN_CHAIN -> Symptom.FOREIGN_CHAIN;
            case UNKNOWN_CHAIN -> Symptom.UNKNOWN_CHAIN;
            case WRONG_NAME -> Symptom.WRONG_NAME;
            case NOT_IN_VALIDITY -> Symptom.NOT_IN_VALIDITY;
            case WRONG_PROTOCOL -> Symptom.WRONG_PROTOCOL;
            case BLOCK_PAGE -> Symptom.BLOCK_PAGE;
            case PORTAL -> Symptom.PORTAL;
            case WRONG_ANSWER -> Symptom.WRONG_ANSWER;
            case UNEXPECTED_ANSWER -> Symptom.UNEXPECTED_NAME;
        };
    }

    /** Without connections there is one silence only, and TLS in QUIC is an answer like any other. */
    private static Symptom ofDatagrams(FailureKind kind) {
        if (kind == FailureKind.EXCHANGE_SILENT || kind == FailureKind.TLS_SILENT) {
            return Symptom.UDP_SILENT;
        }
        Symptom overTcp = ofFailure(kind);
        return overTcp.layer() == Layer.SECURED ? Symptom.ANSWER_BROKEN : overTcp;
    }

    private static Symptom ofFailure(FailureKind kind) {
        return switch (kind) {
            case CONNECT_SILENT -> Symptom.TCP_SILENT;
            case CONNECT_RESET -> Symptom.TCP_RESET;
            case HOST_UNREACHABLE, CONNECT_PROHIBITED -> Symptom.TCP_PROHIBITED;
            case NETWORK_UNREACHABLE -> Symptom.NO_ROUTE;
            case TLS_SILENT -> Symptom.TLS_SILENT;
            case TLS_RESET -> Symptom.TLS_RESET;
            case TLS_CLOSED -> Symptom.TLS_CLOSED;
            case TLS_ALERT, TLS_MALFORMED -> Symptom.TLS_REFUSED;
            case EXCHANGE_SILENT -> Symptom.ANSWER_SILENT;
            case EXCHANGE_RESET, EXCHANGE_CLOSED, EXCHANGE_MALFORMED -> Symptom.ANSWER_BROKEN;
            case NXDOMAIN, NO_DATA, DNS_REFUSED, SERVFAIL, DNS_SILENT, DNS_TRUNCATED, DNS_MALFORMED, DNS_UNREACHABLE ->
                NameReader.symptom(kind);
            case NONE, OVERLOADED, LOCAL, UNKNOWN -> Symptom.NO_EVIDENCE;
        };
    }
}
