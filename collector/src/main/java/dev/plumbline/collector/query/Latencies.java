package dev.plumbline.collector.query;

import dev.plumbline.v1.Attempt;
import dev.plumbline.v1.Failure;
import dev.plumbline.v1.FailureKind;
import dev.plumbline.v1.Observation;
import java.util.OptionalLong;

/** How long a connect and its handshake took, as the judge reads it. Pure. */
final class Latencies {
    private Latencies() {}

    /** The smallest of all direct attempts, in microseconds; empty where none was connected. */
    static OptionalLong micros(Observation observation) {
        return observation.getAttemptsList().stream()
                .filter(a -> !a.hasProxy() && stands(a.getConnectFailure()))
                .mapToLong(Latencies::micros)
                .filter(m -> m > 0)
                .min();
    }

    private static boolean stands(Failure failure) {
        return failure.getKind() == FailureKind.FAILURE_KIND_NONE
                || failure.getKind() == FailureKind.FAILURE_KIND_UNSPECIFIED;
    }

    private static long micros(Attempt attempt) {
        return attempt.getHandshakesCount() == 0
                ? attempt.getConnectMicros()
                : attempt.getConnectMicros() + attempt.getHandshakes(0).getElapsedMicros();
    }
}
