package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import java.util.Optional;

/** Where a cause lies: a segment, the site beyond its segments, or Apple. */
public record Place(String word) implements Comparable<Place> {
    public static final Place SITE = new Place("site");
    public static final Place APPLE = new Place("apple");

    public static Place of(SegmentId segment) {
        return new Place(segment.value());
    }

    /** The segment, empty for {@link #SITE} and {@link #APPLE}. */
    public Optional<SegmentId> segment() {
        return equals(SITE) || equals(APPLE) ? Optional.empty() : Optional.of(new SegmentId(word));
    }

    /** It lies on the segment or beyond it: at the site's edge or at Apple. */
    public boolean concerns(SegmentId segment) {
        return word.equals(segment.value()) || equals(SITE) || equals(APPLE);
    }

    @Override
    public int compareTo(Place other) {
        return word.compareTo(other.word);
    }

    @Override
    public String toString() {
        return word;
    }
}
