package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.evidence.Company;
import dev.plumbline.collector.evidence.HoldReading;
import dev.plumbline.collector.evidence.Reader;
import dev.plumbline.collector.evidence.RoundFacts;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts the facts of a round together segment by segment. Of several agents of a segment the fit one that saw most speaks. */
final class SegmentFacts {
    private static final Comparator<SegmentReading> SPEAKER_FIRST = Comparator.comparing(
                    SegmentFacts::isFit, Comparator.reverseOrder())
            .thenComparing(SegmentFacts::seen, Comparator.reverseOrder())
            .thenComparing(SegmentReading::agent);

    private final Site site;
    private final Function<SegmentId, Map<TargetId, Target>> targets;
    private final Reader reader;
    private final Set<TargetId> denied;

    SegmentFacts(Site site, Function<SegmentId, Map<TargetId, Target>> targets, Reader reader) {
        this.site = site;
        this.targets = targets;
        this.reader = reader;
        this.denied = site.denied().stream().map(Denied::target).collect(Collectors.toSet());
    }

    /** One reading for each declared segment that was heard, in order of declaration, with its colleagues. */
    List<SegmentReading> read(RoundFacts facts, Function<SegmentId, List<HoldReading>> holds) {
        List<SegmentReading> all = new ArrayList<>();
        for (Segment segment : site.segments()) {
            List<SegmentReading> agents = facts.agents().stream()
                    .filter(a -> a.segment().equals(segment.id()))
                    .map(a -> read(segment, a, facts, holds.apply(segment.id())))
                    .sorted(SPEAKER_FIRST)
                    .toList();
            agents.stream()
                    .findFirst()
                    .map(speaker -> agents.size() == 1
                            ? speaker
                            : speaker.in(new Company(agents.stream().skip(1).toList(), Map.of())))
                    .ifPresent(all::add);
        }
        return all;
    }

    private SegmentReading read(Segment segment, AgentId agent, RoundFacts facts, List<HoldReading> holds) {
        Map<TargetId, Target> known = targets.apply(segment.id());
        Map<TargetId, TargetReading> readings = new TreeMap<>();
        Map<TargetId, TargetReading> deniedToSome = new TreeMap<>();
        Map<TargetId, TargetReading> earlier = new TreeMap<>();
        Optional<Instant> begun = facts.summary(agent).map(RoundSummary::startedAt);
        facts.of(agent).forEach((id, tries) -> {
            Target target = known.get(id);
            if (target == null) {
                return;
            }
            TargetReading reading = reader.read(agent, target, tries);
            if (denied.contains(id)) {
                deniedToSome.put(id, reading);
            } else if (begun.filter(at -> passedEarlier(reading, at)).isPresent()) {
                earlier.put(id, reading);
            } else {
                readings.put(id, reading);
            }
        });
        facts.summary(agent)
                .ifPresent(summary -> summary.skipped().forEach((id, skip) -> {
                    Target target = known.get(id);
                    if (target != null && skip.reason() == SkipReason.NOT_ALLOWED && !denied.contains(id)) {
                        readings.putIfAbsent(id, reader.refused(agent, target, summary));
                    }
                }));
        return new SegmentReading(
                segment,
                agent.name(),
                facts.summary(agent).map(RoundSummary::environment),
                readings,
                deniedToSome,
                earlier,
                holds,
                Company.NONE);
    }

    /**
     * Of a target that may not be asked each round, the agent tells again what it saw last. That it passed then says nothing of what
     * began since: neither is it exempt from that, nor does it show another segment's failure to be that one's own.
     */
    private static boolean passedEarlier(TargetReading reading, Instant begun) {
        return reading.result() == TargetReading.Result.PASS && !reading.isSeenSince(begun);
    }

    private static long seen(SegmentReading reading) {
        return reading.targets().values().stream()
                .filter(target -> !target.isRefused())
                .count();
    }

    private static boolean isFit(SegmentReading reading) {
        return reading.environment().map(Environment::isFit).orElse(true);
    }
}
