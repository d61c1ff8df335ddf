package dev.plumbline.collector.declared;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The site as the configuration declares it.
 *
 * @param places where each of its segments stands: file and line
 */
public record WrittenSite(Site site, Map<SegmentId, String> places) {
    public WrittenSite {
        places = Map.copyOf(places);
        Set<SegmentId> written = site.segments().stream().map(Segment::id).collect(Collectors.toSet());
        if (!written.equals(places.keySet())) {
            throw new IllegalArgumentException("places are known of " + places.keySet() + ", written are " + written);
        }
    }

    /** Where the segment is written; empty for one that is not. */
    public Optional<String> place(SegmentId segment) {
        return Optional.ofNullable(places.get(segment));
    }

    /** The segments that these changes leave, in the order in which they were added, whatever is written. */
    public static List<Segment> administered(Collection<SegmentChange> changes) {
        Map<SegmentId, Segment> left = new LinkedHashMap<>();
        for (SegmentChange change : changes) {
            change.declared()
                    .ifPresentOrElse(
                            segment -> left.put(change.segment(), segment), () -> left.remove(change.segment()));
        }
        return List.copyOf(left.values());
    }

    /** The site in force after these changes: what is written first, then what was added. */
    public Site after(Collection<SegmentChange> changes) {
        List<Segment> all = new ArrayList<>(site.segments());
        administered(changes).stream().filter(s -> place(s.id()).isEmpty()).forEach(all::add);
        return site.with(all);
    }

    /** Segments that were added by command and are written now, with their places. */
    public Map<SegmentId, String> takenOver(Collection<SegmentChange> changes) {
        Map<SegmentId, String> taken = new LinkedHashMap<>();
        administered(changes).stream()
                .map(Segment::id)
                .filter(places::containsKey)
                .forEach(id -> taken.put(id, Objects.requireNonNull(places.get(id))));
        return taken;
    }

    /** Segments whose last change was their removal by command, and that are written now, with their places. */
    public Map<SegmentId, String> writtenAfterRemoval(Collection<SegmentChange> changes) {
        Map<SegmentId, SegmentChange.Kind> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.segment(), change.kind()));
        Map<SegmentId, String> again = new LinkedHashMap<>();
        last.forEach((id, kind) ->
                place(id).filter(p -> kind == SegmentChange.Kind.REMOVED).ifPresent(p -> again.put(id, p)));
        return again;
    }
}
