package dev.plumbline.collector.query;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.journal.Beginning;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads from store and journal what a report of a period is made of. */
public final class PastReader {
    private final Supplier<Declared> inForce;
    private final Agreements agreements;
    private final Store store;
    private final JournalHistory journal;
    private final Duration patience;

    /** @param patience how old the latest round of a segment may be before it is silent, where it is not known what it was then */
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

    /** Another number after each change of the store: what was read with another one between may not fit together. */
    long version() {
        return store.version();
    }

    /**
     * What is told of a period that is over. Segments and incidents are read when their turn comes: a year of a large site is more
     * than fits into memory.
     *
     * @param only of this segment and of what concerns it; empty = of the whole site
     */
    public Past read(Period period, Optional<SegmentId> only) throws JournalException {
        Declared declared = declared();
        List<Patient> patience = patience(period);
        List<Segment> segments = declared.site().segments().stream()
                .filter(s -> only.isEmpty() || s.id().equals(only.get()))
                .toList();
        List<Incident> incidents = store.incidents(period.to()).stream()
                .filter(i ->
                        i.closedAt().filter(at -> at.isBefore(period.from())).isEmpty())
                .filter(i -> only.isEmpty() || i.finding().place().concerns(only.get()))
                .toList();
        return new Past(
                declared.site().id(),
                period,
                only,
                store.rememberedFrom(),
                () -> segments.stream()
                        .map(s -> segment(s, declared, period, patience))
                        .iterator(),
                () -> incidents.stream().map(i -> incident(i, period)).iterator(),
                agreements,
                judges(),
                declared.editions());
    }

    /** A part of a period in which a segment was held to one patience. */
    private record Patient(Period period, Duration patience) {}

    /** What rounds are asked for now says nothing of how often they were then. */
    private List<Patient> patience(Period period) throws JournalException {
        List<Beginning> begun = journal.beginnings();
        List<Patient> all = new ArrayList<>();
        Instant since = period.from();
        Duration held = patience;
        for (Beginning beginning : begun) {
            Duration next = beginning.basis().patience().isZero()
                    ? patience
                    : beginning.basis().patience();
            Instant at = beginning.begunAt();
            if (at.isAfter(since) && at.isBefore(period.to()) && !next.equals(held)) {
                all.add(new Patient(new Period(since, at), held));
                since = at;
            }
            held = at.isBefore(period.to()) ? next : held;
        }
        all.add(new Patient(new Period(since, period.to()), held));
        return all;
    }

    private Past.OfSegment segment(Segment segment, Declared declared, Period period, List<Patient> patience) {
        List<Period> silences = new ArrayList<>();
        List<Instant> cuts = new ArrayList<>();
        for (Patient held : patience) {
            Instant to = held.period().to();
            Pauses pauses =
                    store.pauses(segment.id(), held.patience(), held.period().from(), to);
            pauses.latest().stream()
                    .flatMap(u -> Period.between(u.from(), u.to().orElse(to)).stream())
                    .flatMap(p -> p.within(held.period()).stream())
                    .forEach(silences::add);
            pauses.cutAt().ifPresent(cuts::add);
        }
        HeldTimes<List<Requirement>> judged = store.requirements(segment.id(), period.from(), period.to());
        first(judged).ifPresent(cuts::add);
        return new Past.OfSegment(
                segment,
                silences,
                cuts.stream().max(Comparator.naturalOrder()),
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
