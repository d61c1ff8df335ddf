package dev.plumbline.collector.declared;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import java.util.ArrayList;
import java.util.List;

/** Address blocks that two segments share: allowed, and often a slip. */
public final class Overlaps {
    private Overlaps() {}

    /** A sentence for each block of the segment that overlaps one of another segment of the site. */
    public static List<String> of(Segment segment, Site site) {
        List<String> sentences = new ArrayList<>();
        for (Segment other : site.segments()) {
            if (!other.id().equals(segment.id())) {
                for (String mine : segment.cidrs()) {
                    other.cidrs().stream()
                            .filter(theirs -> overlap(Block.around(mine), Block.around(theirs)))
                            .forEach(theirs -> sentences.add(mine + " of segment " + segment.id() + " overlaps "
                                    + theirs + " of segment " + other.id()
                                    + ": an agent with an address in both is displaced in neither"));
                }
            }
        }
        return sentences;
    }

    private static boolean overlap(Block one, Block other) {
        return one.contains(other.network()) || other.contains(one.network());
    }
}
