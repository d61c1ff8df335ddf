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
 * @param mustNotReach what its firewall has to deny; none for a control, which is held to no rule
 */
public record Segment(
        SegmentId id,
        String name,
        SegmentKind kind,
        Set<Role> roles,
        List<String> cidrs,
        String egressGroup,
        List<Denied> mustNotReach) {
    public Segment {
        roles = Set.copyOf(roles);
        cidrs = List.copyOf(cidrs);
        mustNotReach = List.copyOf(mustNotReach);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("segment " + id + " has no role: device, mdm-server or content-cache");
        }
        if (kind.isControl() && !mustNotReach.isEmpty()) {
            throw new IllegalArgumentException("segment " + id + " is a control and held to no rule");
        }
        if (Set.copyOf(mustNotReach).size() != mustNotReach.size()) {
            throw new IllegalArgumentException("segment " + id + " names twice what it must not reach");
        }
    }

    /** One that may reach everything. */
    public Segment(
            SegmentId id, String name, SegmentKind kind, Set<Role> roles, List<String> cidrs, String egressGroup) {
        this(id, name, kind, roles, cidrs, egressGroup, List.of());
    }
}
