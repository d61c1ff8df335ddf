package dev.plumbline.collector.query;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.collector.report.Past;
import dev.plumbline.collector.report.Period;
import dev.plumbline.collector.store.HeldTimes;
import dev.plumbline.collector.store.Pauses;
import dev.plumbline.collector.store.Spells;
import dev.plumbline.collector.store.Store;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads from store and journal what a report of a period is made of. */
public final class PastReader {
    private final Supplier<Declared> inForce;
    private final Agreements agreements;
    private final Store store;
    private final JournalHistory journal;
    private final Duration patience;

    /** @param patience how old the latest round of a segment may be before it is silent */
    public PastReader(
            Supplier<Declared> inForce, Agreements agreements, Store store, JournalHistory journal, Duration patience) {
        this.inForce = inForce;
        this.agreements = agreements;
        this.store = store;
        this.journal = journal;
        this.patience = patience;
    }

    Declared declared() {
        return inForce.get();
    }

    Optional<Instant> rememberedFrom() {
        return store.rememberedFrom();
    }

    /** Whether a round was closed by then that the store does not tell of yet. */
    boolean isBehind(Instant at) throws JournalException {
        List<Closing> next = journal.closings(store.closing(), 1);
        return !next.isEmpty() && !next.get(0).closedAt().isAfter(at);
    }

    /**
     * What is told of a period that is over.
     *
     * @param segments those that are told
     * @param incidents those that are
     */
    public Past read(Period period, Predicate<SegmentId> segments, Predicate<Incident> incidents)
            throws JournalException {
        Declared declared = declared();
        return new Past(
                declared.site().id(),
                period,
                store.rememberedFrom(),
                declared.site().segments().stream()
                        .filter(s -> segments.test(s.id()))
                        .map(s -> segment(s, declared, period))
                        .toList(),
                store.incidents(period.to()).stream()
                        .filter(i -> i.closedAt()
                                .filter(at -> !at.isAfter(period.from()))
                                .isEmpty())
                        .filter(incidents)
                        .map(i -> incident(i, period))
                        .toList(),
                agreements,
                judges(),
                declared.editions());
    }

    private Past.OfSegment segment(Segment segment, Declared declared, Period period) {
        Pauses pauses = store.pauses(segment.id(), patience, period.from(), period.to());
        HeldTimes<List<Requirement>> judged = store.requirements(segment.id(), period.from(), period.to());
        return new Past.OfSegment(
                segment,
                pauses.latest().stream()
                        .flatMap(u -> Period.between(u.from(), u.to().orElse(period.to())).stream())
                        .toList(),
                Stream.concat(pauses.cutAt().stream(), first(judged).stream()).max(Comparator.naturalOrder()),
                judged.latest().stream()
                        .map(h -> new Past.Judged(h.since(), h.what()))
                        .toList(),
                declared.targets(segment).stream()
                        .map(t -> target(segment, t, declared, period))
                        .toList());
    }

    private static Optional<Instant> first(HeldTimes<?> times) {
        return times.isCut() ? Optional.of(times.latest().get(0).since()) : Optional.empty();
    }

    private Past.OfTarget target(Segment segment, Target target, Declared declared, Period period) {
        Spells spells = store.spells(segment.id(), target.id(), period.from(), period.to());
        return new Past.OfTarget(
                target.id(),
                Declared.service(target),
                declared.required(target, segment),
                spells.latest().stream()
                        .map(s -> new Past.Spell(
                                s.since(), s.cell().state(), s.cell().because()))
                        .toList(),
                spells.isCut() ? Optional.of(spells.latest().get(0).since()) : Optional.empty());
    }

    private Past.OfIncident incident(Incident incident, Period period) {
        return new Past.OfIncident(store.incident(incident.id(), period.from(), period.to()).latest().stream()
                .map(h -> new Past.Form(h.since(), h.what()))
                .toList());
    }

    private List<Past.Judge> judges() throws JournalException {
        return journal.beginnings().stream()
                .map(b -> new Past.Judge(
                        b.begunAt(),
                        b.basis().program(),
                        b.basis().edition(),
                        b.basis().configuration().hex()))
                .toList();
    }
}
