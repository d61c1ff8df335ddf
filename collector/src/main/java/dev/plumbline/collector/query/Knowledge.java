package dev.plumbline.collector.query;

import com.google.protobuf.Timestamp;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.Unheard;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is declared, stored and connected, at the time that a question is about. */
final class Knowledge {
    private final Supplier<Declared> inForce;
    private final Store store;
    private final Connections connections;
    private final Duration patience;
    private final Clock clock;
    private final StoredCells stored;
    private final LatestRounds latest;

    Knowledge(Supplier<Declared> inForce, Store store, Connections connections, Duration patience, Clock clock) {
        this.inForce = inForce;
        this.store = store;
        this.connections = connections;
        this.patience = patience;
        this.clock = clock;
        this.stored = new StoredCells(store);
        this.latest = new LatestRounds(store);
    }

    Instant now() {
        return clock.instant();
    }

    Declared declared() {
        return inForce.get();
    }

    Store store() {
        return store;
    }

    Connections connections() {
        return connections;
    }

    /**
     * Of when a request asks.
     *
     * @throws FieldViolation when that is to come, or before all that is remembered
     */
    When when(Optional<Timestamp> at, Optional<Timestamp> since) throws FieldViolation {
        When when = When.of(at, since, now());
        checkRemembered("at", when.at());
        return when;
    }

    /** @param field as the request calls it */
    When at(String field, Optional<Timestamp> at) throws FieldViolation {
        When when = new When(When.past(field, at, now()), Optional.empty());
        checkRemembered(field, when.at());
        return when;
    }

    /** What nobody remembers would look like a site on which all is well. */
    private void checkRemembered(String field, Optional<Instant> at) throws FieldViolation {
        if (at.isEmpty()) {
            return;
        }
        Optional<Instant> first = store.rememberedFrom();
        if (first.isEmpty()) {
            throw new FieldViolation(field, "nothing is remembered yet: no round has closed; leave it out for now");
        }
        if (at.get().isBefore(first.get())) {
            throw new FieldViolation(
                    field,
                    "nothing is remembered of before " + first.get()
                            + "; ask for that time or a later one, or leave it out" + " for now");
        }
    }

    /** What was known at the time of a question. */
    Known known(When when) {
        return when.at().map(this::then).orElseGet(() -> new KnownNow(store, stored, silence()));
    }

    private Silence silence() {
        return new Silence(connections.connected(), latest.now(), patience, now());
    }

    /** What answers of now follow from. */
    Generation generation() {
        // Asked before all else is: what is written meanwhile is another generation.
        long version = store.version();
        Declared declared = declared();
        Silence silence = silence();
        Map<SegmentId, String> silences = new HashMap<>();
        declared.site().segments().forEach(s -> silence.of(s.id()).ifPresent(why -> silences.put(s.id(), why)));
        return new Generation(version, declared, silences);
    }

    Known then(Instant at) {
        return KnownThen.of(store, at, patience);
    }

    /** When a segment was not heard. */
    List<Unheard> unheard(SegmentId segment, Instant from, Instant to) {
        return store.unheard(segment, patience, from, to);
    }

    /** To be heard no more is a change, and to be heard again is one. */
    static boolean isOtherSilence(SegmentId segment, Known before, Known now) {
        return before.silence(segment).isPresent() != now.silence(segment).isPresent();
    }

    dev.plumbline.v1.PoolCoverage pool(Segment segment, Target target) {
        return PoolCoverage.of(target, store.pool(segment.id(), target.id()), now())
                .message();
    }
}
