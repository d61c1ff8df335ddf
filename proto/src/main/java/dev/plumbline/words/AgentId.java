package dev.plumbline.words;

/** One agent: its name is unique within its segment. */
public record AgentId(SegmentId segment, String name) implements Comparable<AgentId> {
    public AgentId {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
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
