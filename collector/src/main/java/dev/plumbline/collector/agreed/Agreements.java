package dev.plumbline.collector.agreed;

import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that was agreed for a site. Whether it counts is asked of an instant: the beginning of the round that is judged. */
public record Agreements(List<Maintenance> maintenance, List<Waiver> waivers) {
    public static final Agreements NONE = new Agreements(List.of(), List.of());

    public Agreements {
        maintenance = List.copyOf(maintenance);
        waivers = List.copyOf(waivers);
    }

    /** The window that the segment is in; of several the one that ends last. */
    public Optional<Maintenance> maintenance(SegmentId segment, Instant at) {
        return maintenance.stream().filter(m -> m.covers(segment, at)).max(Comparator.comparing(Maintenance::to));
    }

    /** Those of the segment that count, the one that ends first before the others. */
    public List<Waiver> inForce(SegmentId segment, Instant at) {
        return of(segment).stream().filter(w -> !w.isOver(at)).toList();
    }

    /** Those of the segment that count no longer. */
    public List<Waiver> over(SegmentId segment, Instant at) {
        return of(segment).stream().filter(w -> w.isOver(at)).toList();
    }

    private List<Waiver> of(SegmentId segment) {
        return waivers.stream()
                .filter(w -> w.segment().equals(segment))
                .sorted(Comparator.comparing(Waiver::ends))
                .toList();
    }
}
