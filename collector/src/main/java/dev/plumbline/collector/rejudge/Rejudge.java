package dev.plumbline.collector.rejudge;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Reads a journal from where retention left it and judges each round twice, under the edition in force and under another. Agents probe what
 * any edition asks for, so the facts are there. Rounds are judged in order; a few are held open for facts that came late.
 */
public final class Rejudge {
    private static final int PAGE = 256;

    /** Rounds held for late facts: an agent that was cut off for longer has its facts counted and left out. */
    private static final int OPEN = 8;

    private final Site site;
    private final Site otherwise;
    private final List<Target> targets;
    private final RoundJudge inForce;
    private final RoundJudge other;
    private final RoundTiming timing;
    private final Instant since;
    private final Comparison comparison = new Comparison();
    private final Map<SegmentId, Set<TargetId>> asked = new TreeMap<>();
    private long judgedTo = Long.MIN_VALUE;
    private long leftOut;

    /**
     * @param edition the other one
     * @param targets all of the catalog
     * @param judges makes a judge of a site
     * @param since rounds that began earlier are left out
     */
    public Rejudge(
            Site site,
            String edition,
            List<Target> targets,
            Function<Site, RoundJudge> judges,
            RoundTiming timing,
            Instant since) {
        this.site = site;
        this.otherwise = site.under(edition);
        this.targets = List.copyOf(targets);
        this.inForce = judges.apply(site);
        this.other = judges.apply(otherwise);
        this.timing = timing;
        this.since = since;
    }

    /**
     * @param progress is told each position up to which the journal was read
     * @throws JournalException also where retention deleted meanwhile what was still to be read
     */
    public EditionChanges run(JournalReader journal, LongConsumer progress) throws JournalException {
        JournalReader.Page page;
        // What findings cite of before are pieces of rounds.
        long begun = journal.begin();
        long position = begun;
        do {
            page = journal.read(position, PAGE);
            checkKept(begun, position, journal.begin());
            position = page.last();
            for (JournalReader.Reading reading : page.readings()) {
                take(reading);
                while (inForce.rounds().size() > OPEN) {
                    judgeOldest();
                }
            }
            progress.accept(position);
        } while (page.isFull());
        while (!inForce.rounds().isEmpty()) {
            judgeOldest();
        }
        return comparison.changes(site.edition(), otherwise.edition(), unasked(), leftOut);
    }

    /** @param gone up to where records may be gone since the page after a position was read */
    private static void checkKept(long begun, long position, long gone) throws JournalException {
        if (gone > begun && gone > position) {
            throw new JournalException(
                    "the journal's records up to position " + gone + " were deleted by its retention while those after "
                            + position + " were still to be read; run it again",
                    new IllegalStateException());
        }
    }

    private void take(JournalReader.Reading reading) {
        List<Observation> observations = new ArrayList<>();
        for (Observation observation : reading.batch().observations()) {
            if (counts(observation.round(), reading.receivedAt())) {
                observations.add(observation);
                asked.computeIfAbsent(reading.agent().segment(), s -> new HashSet<>())
                        .add(observation.target());
            } else if (!isBefore(observation.round())) {
                leftOut++;
            }
        }
        Batch news = reading.batch()
                .with(
                        observations,
                        reading.batch().summaries().stream()
                                .filter(s -> counts(s.round(), reading.receivedAt()))
                                .toList());
        inForce.accept(reading.agent(), news);
        other.accept(reading.agent(), news);
    }

    /** A round of a clock that runs ahead would push out those that are not whole yet. */
    private boolean counts(long round, Instant receivedAt) {
        return round > judgedTo
                && !isBefore(round)
                && !Instant.ofEpochMilli(round).isAfter(receivedAt.plus(timing.every()));
    }

    private boolean isBefore(long round) {
        return Instant.ofEpochMilli(round).isBefore(since);
    }

    private void judgeOldest() {
        long round = inForce.rounds().stream().mapToLong(r -> r).min().orElseThrow();
        // As if it had been closed in time: what was held quiet after that is of later rounds.
        Instant closedAt = timing.deadline(round);
        comparison.add(inForce.judge(round, closedAt), other.judge(round, closedAt));
        judgedTo = round;
        inForce.forgetBefore(round + 1);
        other.forgetBefore(round + 1);
    }

    private List<EditionChanges.Unasked> unasked() {
        List<EditionChanges.Unasked> all = new ArrayList<>();
        asked.forEach((id, seen) -> {
            Optional<Segment> segment = otherwise.segment(id);
            List<TargetId> missing = targets.stream()
                    .filter(t -> segment.isPresent() && Planner.required(t, otherwise, segment.get()))
                    .map(Target::id)
                    .filter(t -> !seen.contains(t))
                    .sorted()
                    .toList();
            if (!missing.isEmpty()) {
                all.add(new EditionChanges.Unasked(id, missing));
            }
        });
        return all;
    }
}
