package dev.plumbline.collector.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.collector.rejudge.EditionChanges;

/** What another edition would have said, for programs; times that are not known are left out. Pure. */
public final class RejudgeJson {
    private RejudgeJson() {}

    public static String of(EditionChanges changes) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("inForce", changes.inForce())
                .put("other", changes.other())
                .put("rounds", changes.rounds());
        changes.span().ifPresent(span -> span(json, span));
        ArrayNode requirements = json.putArray("requirements");
        for (EditionChanges.RequirementChange change : changes.requirements()) {
            ObjectNode one = requirements
                    .addObject()
                    .put("segment", change.segment().value())
                    .put("requirement", change.requirement())
                    .put("changedRounds", change.changed());
            tally(one.putObject("inForce"), change.inForce());
            tally(one.putObject("other"), change.other());
            span(one, change.span());
            one.put("because", change.because());
        }
        ArrayNode causes = json.putArray("causes");
        for (EditionChanges.CauseChange change : changes.causes()) {
            causes.addObject()
                    .put("place", change.place().word())
                    .put("mechanism", change.mechanism().id())
                    .put("scope", change.scope())
                    .put("inForceRounds", change.inForce())
                    .put("otherRounds", change.other())
                    .put("changedRounds", change.changed());
        }
        ArrayNode unasked = json.putArray("unasked");
        for (EditionChanges.Unasked each : changes.unasked()) {
            ArrayNode targets =
                    unasked.addObject().put("segment", each.segment().value()).putArray("targets");
            each.targets().forEach(t -> targets.add(t.value()));
        }
        return json.put("leftOutObservations", changes.leftOut()).toPrettyString();
    }

    private static void span(ObjectNode json, EditionChanges.Span span) {
        json.put("first", span.first().toString()).put("last", span.last().toString());
    }

    private static void tally(ObjectNode json, EditionChanges.Tally tally) {
        json.put("met", tally.met()).put("broken", tally.broken()).put("insufficient", tally.insufficient());
    }
}
