package dev.plumbline.agent.spool;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells the successes that say nothing new: no stage failed, and the target showed the certificates that it showed before.
 * An interception fails at no stage; its beginning and its end show other certificates and are news. For one thread.
 */
final class Successes {
    private final Map<TargetId, Integer> shown = new HashMap<>();

    boolean isRepeat(Observation observation) {
        boolean success = isSuccess(observation);
        Integer now = success ? certificates(observation).hashCode() : null;
        Integer before = now == null ? shown.remove(observation.target()) : shown.put(observation.target(), now);
        return now != null && now.equals(before);
    }

    private static boolean isSuccess(Observation observation) {
        return observation.tryNumber() == 1
                && observation.lookups().stream()
                        .allMatch(lookup ->
                                lookup.failure().isNone() || lookup.failure().kind() == FailureKind.NO_DATA)
                && observation.attempts().stream()
                        .anyMatch(attempt -> attempt.connect().isNone())
                && observation.attempts().stream().allMatch(Successes::isSuccess);
    }

    /** A family that the host has no way out for is no news in each round. */
    private static boolean isSuccess(Attempt attempt) {
        FailureKind connect = attempt.connect().kind();
        if (connect == FailureKind.NETWORK_UNREACHABLE || connect == FailureKind.LOCAL) {
            return true;
        }
        return connect == FailureKind.NONE
                && Handshakes.of(attempt.handshakes()).usual().stream()
                        .allMatch(handshake -> handshake.failure().isNone())
                && attempt.exchange().stream()
                        .allMatch(exchange -> exchange.failure().isNone());
    }

    private static Set<Sha256> certificates(Observation observation) {
        Set<Sha256> all = new HashSet<>();
        for (Attempt attempt : observation.attempts()) {
            for (Handshake handshake : attempt.handshakes()) {
                all.addAll(handshake.certificates());
            }
        }
        return all;
    }
}
