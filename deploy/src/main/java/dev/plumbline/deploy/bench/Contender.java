package dev.plumbline.deploy.bench;

import java.io.IOException;

/** Somebody who probes the bench's server in a process of his own. */
interface Contender extends AutoCloseable {
    int WARM_UP_TURNS = 8;

    /** Probes so many times and says what that took; every probe must have succeeded. */
    Effort run(int probes) throws IOException, InterruptedException;

    /** Turns that nobody counts: code is compiled and caches are filled. */
    default void warmUp(int probes) throws IOException, InterruptedException {
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            run(probes);
        }
    }

    @Override
    default void close() throws IOException, InterruptedException {}

    /**
     * What some probes took.
     *
     * @param connections those that the probes made, with TLS where it was asked for
     * @param cpuNanos of the process, its system calls included
     */
    record Effort(long connections, long wallNanos, long cpuNanos) {
        double perSecond() {
            return connections * 1e9 / wallNanos;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / connections;
        }
    }
}
