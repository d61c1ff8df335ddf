package dev.plumbline.collector.query;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.compare.Shown;
import dev.plumbline.collector.compare.Side;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.words.TargetId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the two sides of a comparison out of what is asked. */
final class Sides {
    /** Stands for the first segment of that kind. */
    private static final String REFERENCE = "reference";

    private final Answers answers;
    private final Declared declared;
    private final Purview purview;

    /** @param purview of which places the asker may be told */
    Sides(Answers answers, Declared declared, Purview purview) {
        this.answers = answers;
        this.declared = declared;
        this.purview = purview;
    }

    /**
     * @param field what the request calls the side
     * @param other the side that it is compared with
     */
    Side of(String field, ComparedSide asked, ComparedSide other) throws Refusal, FieldViolation {
        if (asked.getSegment().isEmpty() == asked.getEdition().isEmpty()) {
            throw new FieldViolation(field, "name a segment or an edition, and one of them alone");
        }
        return asked.getEdition().isEmpty() ? segment(field, asked) : edition(field, asked, other);
    }

    private Side segment(String field, ComparedSide asked) throws Refusal, FieldViolation {
        Segment segment = named(field + ".segment", asked.getSegment());
        When when = answers.at(field + ".at", asked.hasAt() ? Optional.of(asked.getAt()) : Optional.empty());
        Map<TargetId, Shown> targets = new HashMap<>();
        for (Cell cell : answers.matrix(segment.id().value(), when)) {
            targets.put(new TargetId(cell.getTargetId()), shown(cell));
        }
        List<Incident> open = answers.open(when).stream()
                .filter(i -> i.finding().place().concerns(segment.id()))
                .filter(i -> purview.includes(i.finding().place().word()))
                .toList();
        String at =
                when.at().map(t -> " at " + t.truncatedTo(ChronoUnit.SECONDS)).orElse("");
        return new Side(segment.id() + at, targets, open);
    }

    private static Shown shown(Cell cell) {
        return new Shown(
                State.valueOf(cell.getState()),
                cell.getBecause(),
                cell.getSoft(),
                VerdictMessages.seen(cell.getSeen()));
    }

    private Segment named(String field, String asked) throws Refusal {
        String id = resolved(asked);
        // In the same words whether there is one or not.
        if (!purview.includes(id)) {
            throw Refusal.denied("this token is for " + purview + " alone");
        }
        // The sentence for everybody names all others.
        if (!purview.isWholeSite() && !answers.isDeclared(id)) {
            throw Refusal.notFound(field, "no segment '" + id + "' is declared any more");
        }
        return declared.segment(field, id);
    }

    private String resolved(String id) {
        if (!id.equals(REFERENCE) || answers.isDeclared(id)) {
            return id;
        }
        return declared.site().segments().stream()
                .filter(s -> s.kind() == SegmentKind.REFERENCE)
                .findFirst()
                .map(s -> s.id().value())
                .orElse(id);
    }

    /** All that the edition demands of the other side works. */
    private Side edition(String field, ComparedSide asked, ComparedSide other) throws Refusal, FieldViolation {
        if (other.getSegment().isEmpty()) {
            throw new FieldViolation(field, "an edition demands nothing of another one; name a segment on one side");
        }
        if (asked.hasAt()) {
            throw new FieldViolation(field + ".at", "an edition is the same at all times; leave it out");
        }
        String edition = declared.edition(field + ".edition", asked.getEdition());
        Segment segment = named(field.equals("a") ? "b.segment" : "a.segment", other.getSegment());
        Map<TargetId, Shown> targets = new HashMap<>();
        for (Target target : declared.demanded(segment, edition)) {
            targets.put(target.id(), new Shown(State.OK, "demanded by " + edition, false, Seen.NOTHING));
        }
        return new Side(edition, targets, List.of());
    }
}
