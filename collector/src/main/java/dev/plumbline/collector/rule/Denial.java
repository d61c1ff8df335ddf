package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.words.Transport;
import java.util.List;

/**
 * What a round tells of a port that a segment must not reach.
 *
 * @param because why, as a sentence
 * @param reached the points that show that it is reached, none otherwise
 */
public record Denial(Denied denied, Outcome outcome, String because, List<Claim.Failing> reached) {
    /** Id of the rule that tells it, as shown by explain. */
    public static final String RULE = "outbound-open";

    public Denial {
        reached = List.copyOf(reached);
        if ((outcome == Outcome.REACHED) == reached.isEmpty()) {
            throw new IllegalArgumentException(denied + " is shown to be reached by some point, and only then");
        }
    }

    /** What is known. */
    public enum Outcome {
        /** The rule is broken. */
        REACHED,
        /** As it should be. */
        DENIED,
        /** Too little was seen, or what was seen has another explanation. */
        UNKNOWN
    }

    /** One for each port that the segment must not reach, in the order of declaration. */
    public static List<Denial> of(SegmentReading segment, Elsewhere elsewhere) {
        return segment.segment().mustNotReach().stream()
                .map(d -> new DenialReading(d, segment, elsewhere).denial())
                .toList();
    }

    /** The same where something hides what the segment would show. */
    public static List<Denial> hidden(SegmentReading segment, String because) {
        return segment.segment().mustNotReach().stream()
                .map(d -> unknown(d, because))
                .toList();
    }

    static Denial unknown(Denied denied, String because) {
        return new Denial(denied, Outcome.UNKNOWN, because, List.of());
    }

    /** Of the port at this host, and of nothing else. */
    public Scope scope() {
        Atom port = Atom.port(Transport.TCP, denied.port());
        String bits = denied.host().indexOf(':') >= 0 ? "/128" : "/32";
        return Scope.of(port.at(denied.isAddress() ? denied.host() + bits : "name:" + denied.host()));
    }
}
