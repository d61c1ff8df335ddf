package dev.plumbline.collector.query;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.Requirement;
import java.util.ArrayList;
import java.util.List;

/** The requirements that a segment is held to before any round has judged them. */
final class HouseRules {
    private HouseRules() {}

    static List<Requirement> unjudged(Segment segment, String because) {
        return ids(segment).stream()
                .map(id -> new Requirement(
                        segment.id(), id, Requirement.Verdict.INSUFFICIENT, because, Requirement.Verdict.INSUFFICIENT))
                .toList();
    }

    private static List<String> ids(Segment segment) {
        List<String> ids = new ArrayList<>();
        if (segment.kind().isControl()) {
            return ids;
        }
        if (segment.roles().contains(Role.DEVICE)) {
            ids.add("apns-device-direct");
            ids.add("apns-device-fallback");
        }
        if (segment.roles().contains(Role.MDM_SERVER)) {
            ids.add("apns-provider-direct");
        }
        ids.add("no-interception");
        ids.add("dns-resolves");
        ids.add("certificate-validation");
        ids.add("enterprise-hosts");
        segment.mustNotReach().forEach(d -> ids.add(Requirement.ofDenied(d)));
        return ids;
    }
}
