package dev.plumbline.catalog.site;

import dev.plumbline.catalog.Role;
import dev.plumbline.words.SegmentId;
import java.util.List;
import java.util.Set;

/**
 * One declared network segment.
 *
 * @param cidrs address blocks in CIDR notation; an agent outside of all of them is displaced; empty = not checked
 * @param egressGroup segments that leave by the same public address share this word
 */
public record Segment(
        SegmentId id, String name, SegmentKind kind, Set<Role> roles, List<String> cidrs, String egressGroup) {
    public Segment {
        roles = Set.copyOf(roles);
        cidrs = List.copyOf(cidrs);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("segment " + id + " has no role: device, mdm-server or content-cache");
        }
    }
}
