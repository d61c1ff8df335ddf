package dev.plumbline.words;

import java.util.regex.Pattern;

/** One agent: its name is unique within its segment. */
public record AgentId(SegmentId segment, String name) implements Comparable<AgentId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public AgentId {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("agent name '" + name
                    + "' must be lower-case letters, digits and hyphens, at most 63, beginning with a letter or digit");
        }
    }

    @Override
    public int compareTo(AgentId other) {
        int bySegment = segment.compareTo(other.segment);
        return bySegment != 0 ? bySegment : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return segment + "/" + name;
    }
}
