package dev.plumbline.collector.finding;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.TargetId;
import java.util.List;

/**
 * One mechanism with one scope at one place, as one round shows it.
 *
 * @param targets what it explains, in order of id
 * @param witnesses at least one: no verdict without a witness
 * @param sentence the finding for people
 * @param remedy the change that mends it
 */
public record Finding(
        Place place,
        Mechanism mechanism,
        Scope scope,
        List<TargetId> targets,
        List<Witness> witnesses,
        String sentence,
        String remedy) {
    public Finding {
        targets = targets.stream().sorted().distinct().toList();
        witnesses = List.copyOf(witnesses);
        if (witnesses.isEmpty()) {
            throw new IllegalArgumentException("no verdict without a witness: " + place + " " + mechanism.id());
        }
    }

    public Severity severity() {
        return mechanism.severity();
    }
}
