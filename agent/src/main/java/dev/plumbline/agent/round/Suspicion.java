package dev.plumbline.agent.round;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.Expectations;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Observation;

/** Whether an observation is worth a second look in the same round; no verdict, only a reason to measure again. */
@FunctionalInterface
public interface Suspicion {
    boolean suspects(Target target, Observation observation, Certificates certificates);

    /** Any stage that failed, other than for reasons on this host which a second try cannot change. */
    static Suspicion ofFailures() {
        return (target, observation, certificates) -> {
            if (target.probe() == ProbeKind.NAME_ABSENT) {
                return observation.lookups().stream()
                        .anyMatch(lookup -> !lookup.answers().isEmpty());
            }
            if (target.probe() == ProbeKind.NAME_TEXT) {
                // A number that devices can do without is not asked for twice.
                return false;
            }
            if (observation.directAttempts().isEmpty()) {
                return true;
            }
            return observation.directAttempts().stream().anyMatch(Suspicion::failed);
        };
    }

    /** Failures, and answers that are not the target's healthy one. */
    static Suspicion ofExpectations(TrustAnchors anchors) {
        Suspicion failures = ofFailures();
        return (target, observation, certificates) -> failures.suspects(target, observation, certificates)
                || observation.directAttempts().stream()
                        .filter(Suspicion::wasTalkedTo)
                        .anyMatch(attempt -> !Expectations.assess(
                                        target, attempt, certificates, anchors, attempt.startedAt())
                                .isMet());
    }

    private static boolean wasTalkedTo(Attempt attempt) {
        return !attempt.handshakes().isEmpty() || attempt.exchange().isPresent();
    }

    private static boolean failed(Attempt attempt) {
        FailureKind connect = attempt.connect().kind();
        if (connect == FailureKind.NETWORK_UNREACHABLE || connect == FailureKind.LOCAL) {
            return false;
        }
        return connect != FailureKind.NONE
                || Handshakes.of(attempt.handshakes()).usual().stream()
                        .map(Handshake::failure)
                        .anyMatch(failure -> !failure.isNone())
                || attempt.exchange().stream()
                        .anyMatch(exchange -> !exchange.failure().isNone());
    }
}
