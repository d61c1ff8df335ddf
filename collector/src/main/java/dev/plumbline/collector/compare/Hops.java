package dev.plumbline.collector.compare;

import dev.plumbline.collector.finding.Seen;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells where somebody answers from another distance. Two segments lie at different distances from everything, so what most
 * targets differ by is the length of their ways and no difference of any target.
 */
final class Hops {
    /** Servers of a pool lie some hops apart, and ways change. */
    private static final int TOLERANCE = 3;

    /** With fewer targets nothing tells what is usual. */
    private static final int FEWEST = 5;

    private final Optional<Integer> usual;

    private Hops(Optional<Integer> usual) {
        this.usual = usual;
    }

    static Hops of(Map<TargetId, Shown> a, Map<TargetId, Shown> b) {
        List<Integer> apart = new ArrayList<>();
        a.forEach((target, shown) -> {
            Shown other = b.get(target);
            if (other != null && isMeasured(shown) && isMeasured(other)) {
                apart.add(apart(shown, other));
            }
        });
        Collections.sort(apart);
        return new Hops(apart.size() < FEWEST ? Optional.empty() : Optional.of(apart.get(apart.size() / 2)));
    }

    Optional<Aspects.Pair> difference(Shown a, Shown b) {
        return usual.filter(u -> isMeasured(a) && isMeasured(b) && Math.abs(apart(a, b) - u) > TOLERANCE)
                .map(u -> new Aspects.Pair(said(a.seen()), said(b.seen())));
    }

    private static boolean isMeasured(Shown shown) {
        return shown.seen().hopsLeast() > 0;
    }

    private static int apart(Shown a, Shown b) {
        return a.seen().hopsLeast() - b.seen().hopsLeast();
    }

    private static String said(Seen seen) {
        return seen.hopsLeast() == seen.hopsMost()
                ? seen.hopsLeast() + " hops"
                : seen.hopsLeast() + " to " + seen.hopsMost() + " hops";
    }
}
