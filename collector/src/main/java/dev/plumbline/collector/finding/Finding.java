package dev.plumbline.collector.finding;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.TargetId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One mechanism with one scope at one place, as one round shows it.
 *
 * @param targets what it explains, in order of id
 * @param witnesses at least one: no verdict without a witness
 * @param sentence the finding for people
 * @param remedy the change that mends it
 * @param excuse why it breaks no rule though it is there; the sentence says so too
 */
public record Finding(
        Place place,
        Mechanism mechanism,
        Scope scope,
        List<TargetId> targets,
        List<Witness> witnesses,
        String sentence,
        String remedy,
        Optional<Excuse> excuse) {
    public Finding {
        targets = targets.stream().sorted().distinct().toList();
        witnesses = List.copyOf(witnesses);
        if (witnesses.isEmpty()) {
            throw new IllegalArgumentException("no verdict without a witness: " + place + " " + mechanism.id());
        }
    }

    /** One that nobody excuses. */
    public Finding(
            Place place,
            Mechanism mechanism,
            Scope scope,
            List<TargetId> targets,
            List<Witness> witnesses,
            String sentence,
            String remedy) {
        this(place, mechanism, scope, targets, witnesses, sentence, remedy, Optional.empty());
    }

    /** The same, excused. */
    public Finding excused(Excuse by) {
        return with(by.said(), Optional.of(by));
    }

    /** The same, saying this too. */
    public Finding saying(String more) {
        return with(more, excuse);
    }

    private Finding with(String more, Optional<Excuse> by) {
        String also = Character.toUpperCase(more.charAt(0)) + more.substring(1);
        return new Finding(place, mechanism, scope, targets, witnesses, sentence + " " + also + ".", remedy, by);
    }

    /** Whether it explains this target. */
    public boolean explains(TargetId target) {
        return Collections.binarySearch(targets, target) >= 0;
    }

    public Severity severity() {
        return mechanism.severity();
    }
}
