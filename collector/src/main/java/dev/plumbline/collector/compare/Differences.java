package dev.plumbline.collector.compare;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What differs between two sides.
 *
 * @param differences in order of targets
 * @param causes what explains some of them
 * @param compared targets that both sides know something of
 * @param incomparable why the others are none
 */
public record Differences(
        List<Difference> differences, List<Cause> causes, int compared, Map<TargetId, String> incomparable) {
    /**
     * One target that differs in one aspect.
     *
     * @param a what the first side shows of it
     */
    public record Difference(TargetId target, Aspect aspect, String a, String b) {}

    /**
     * An incident that acts on one side and not on the other.
     *
     * @param onA false when it is on the other side
     * @param targets those that differ and that it explains
     */
    public record Cause(Incident incident, boolean onA, List<TargetId> targets) {
        public Cause {
            targets = List.copyOf(targets);
        }
    }

    public Differences {
        differences = List.copyOf(differences);
        causes = List.copyOf(causes);
        incomparable = new TreeMap<>(incomparable);
    }
}
