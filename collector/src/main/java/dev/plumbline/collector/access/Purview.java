package dev.plumbline.collector.access;

import dev.plumbline.words.SegmentId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody may read of.
 *
 * @param segments these alone; empty = the whole site
 */
public record Purview(Set<SegmentId> segments) {
    public static final Purview WHOLE_SITE = new Purview(Set.of());

    public Purview {
        segments = Set.copyOf(segments);
    }

    public boolean isWholeSite() {
        return segments.isEmpty();
    }

    /** @param segment its id, or what may stand in its place, such as {@code site} */
    public boolean includes(String segment) {
        return isWholeSite() || segments.stream().anyMatch(s -> s.value().equals(segment));
    }

    /** Without one of its segments; empty where nothing is left: that is not the whole site. */
    public Optional<Purview> without(SegmentId segment) {
        Set<SegmentId> rest = segments.stream().filter(s -> !s.equals(segment)).collect(Collectors.toSet());
        return isWholeSite()
                ? Optional.of(this)
                : Optional.of(new Purview(rest)).filter(p -> !p.isWholeSite());
    }

    /** For sentences. */
    @Override
    public String toString() {
        return isWholeSite()
                ? "the whole site"
                : new TreeSet<>(segments).stream().map(SegmentId::value).collect(Collectors.joining(", "));
    }
}
