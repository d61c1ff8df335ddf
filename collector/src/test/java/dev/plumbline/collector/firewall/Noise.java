package dev.plumbline.collector.firewall;

import dev.plumbline.words.TargetId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Packets that were lost, on purpose or by nobody: a first try that failed and a second that did not, and a failure that no
 * second try confirmed. Half of all rounds have none.
 */
record Noise(Set<TargetId> lostOnce, Set<TargetId> unconfirmed) {
    static final Noise NONE = new Noise(Set.of(), Set.of());

    static Noise some(List<TargetId> targets, Random random) {
        if (random.nextBoolean()) {
            return NONE;
        }
        Set<TargetId> lost = new HashSet<>();
        for (TargetId target : targets) {
            if (random.nextInt(1000) < 15) {
                lost.add(target);
            }
        }
        Set<TargetId> once = new HashSet<>();
        if (random.nextInt(4) == 0) {
            once.add(targets.get(random.nextInt(targets.size())));
        }
        return new Noise(lost, once);
    }

    boolean loses(TargetId target, int tryNumber) {
        return tryNumber == 1 && (lostOnce.contains(target) || unconfirmed.contains(target));
    }
}
