package dev.plumbline.collector.web;

import dev.plumbline.collector.query.Facts;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.wire.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code /segments/ID/targets/ID}: what was seen of one target from one segment, down to certificates and answers. */
final class TargetPage implements Page {
    private static final Duration PAST = Duration.ofDays(7);

    private final Facts facts;

    TargetPage(Facts facts) {
        this.facts = facts;
    }

    @Override
    public Shown of(Visit visit) {
        String segment = visit.variable("segment");
        String target = visit.variable("target");
        Instant to = visit.at().orElse(visit.now());
        Instant from = to.minus(PAST);
        ExplainTargetRequest.Builder asked = ExplainTargetRequest.newBuilder()
                .setSegment(segment)
                .setTargetId(target)
                .setSince(Fields.timestamp(from));
        Lists.at(visit).ifPresent(asked::setAt);
        ExplainTargetResponse told = visit.ask(QueryServiceGrpc.getExplainTargetMethod(), asked.build());
        // Whoever was told of it may see what it was made of.
        List<Facts.Told> seen = told.getCell().getRound() == 0
                ? List.of()
                : facts.of(segment, target, told.getCell().getRound());
        Sighting sighting = seen.isEmpty()
                ? new Sighting(List.of(), List.of(), List.of(), List.of())
                : Sighting.of(seen, facts::certificate);
        return new Shown(
                target + " on " + segment,
                "/",
                "target",
                true,
                Map.of(
                        "told",
                        told,
                        "sighting",
                        sighting,
                        "ways",
                        WayPicture.of(sighting.ways()),
                        "states",
                        StatePicture.of(told.getHistoryList(), from, to),
                        "self",
                        visit.path()));
    }
}
