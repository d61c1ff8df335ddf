package dev.plumbline.collector.finding;

import java.time.Duration;
import java.util.List;

/**
 * What one segment sees of a target beside its state: what can be compared with another segment.
 *
 * @param issuers distinguished names of who issued the certificates that were shown
 * @param answers where the resolver's answers lie: {@value #APPLE}, {@value #ELSEWHERE}, an address that is not public, or why
 *     there is none
 * @param hopsLeast to whoever answers at the nearest address; 0 where it was not measured
 * @param hopsMost the same at the farthest
 */
public record Seen(List<String> issuers, List<String> answers, int hopsLeast, int hopsMost, Idle idle) {
    public static final String APPLE = "apple";
    public static final String ELSEWHERE = "elsewhere";
    public static final Seen NOTHING = new Seen(List.of(), List.of(), 0, 0, Idle.NOT_HELD);

    /**
     * What becomes of connections that are left quiet.
     *
     * @param stood greatest age at which one still stood; zero where none was held
     * @param ended least age at which one was ended on the way; zero where none was
     * @param how {@code silent}, {@code reset} or {@code closed}; empty where none was ended
     */
    public record Idle(Duration stood, Duration ended, String how) {
        public static final Idle NOT_HELD = new Idle(Duration.ZERO, Duration.ZERO, "");

        public Idle {
            if (ended.isZero() != how.isEmpty()) {
                throw new IllegalArgumentException("what ended at some age did so somehow, and only that");
            }
        }
    }

    public Seen {
        issuers = issuers.stream().sorted().distinct().toList();
        answers = answers.stream().sorted().distinct().toList();
        if (hopsLeast < 0 || hopsMost < hopsLeast || (hopsLeast == 0 && hopsMost != 0)) {
            throw new IllegalArgumentException("no distance lies between " + hopsLeast + " and " + hopsMost + " hops");
        }
    }
}
