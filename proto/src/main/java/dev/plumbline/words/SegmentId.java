package dev.plumbline.words;

import java.util.Set;
import java.util.regex.Pattern;

/** Name of a network segment of the site. */
public record SegmentId(String value) implements Comparable<SegmentId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Words that findings and scopes use for other places. */
    public static final Set<String> RESERVED = Set.of("site", "apple", "all");

    public SegmentId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("segment id '" + value
                    + "' must be lower-case letters, digits and hyphens, at most 63, beginning with a letter or digit");
        }
        if (RESERVED.contains(value)) {
            throw new IllegalArgumentException(
                    "segment id '" + value + "' is reserved: site, apple and all are places of their own");
        }
    }

    @Override
    public int compareTo(SegmentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
