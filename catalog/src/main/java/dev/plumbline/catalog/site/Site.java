package dev.plumbline.catalog.site;

import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Service;
import dev.plumbline.words.SegmentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One organisation's network whose segments are compared.
 *
 * @param domain trust domain of the identities ({@code spiffe://DOMAIN/site/ID/...})
 * @param edition the edition in force
 * @param services services that the organisation uses: rows of the rest are not required of it
 * @param platforms platforms that the organisation has
 */
public record Site(
        String id,
        String domain,
        String edition,
        Set<Service> services,
        Set<Platform> platforms,
        List<Segment> segments) {
    public Site {
        services = Set.copyOf(services);
        platforms = Set.copyOf(platforms);
        segments = List.copyOf(segments);
        if (segments.stream().map(Segment::id).distinct().count() != segments.size()) {
            throw new IllegalArgumentException("site " + id + " declares a segment twice");
        }
    }

    /** The same site with another edition in force. */
    public Site under(String otherEdition) {
        return new Site(id, domain, otherEdition, services, platforms, segments);
    }

    /** The same site with other segments. */
    public Site with(List<Segment> others) {
        return new Site(id, domain, edition, services, platforms, others);
    }

    /** What any of its segments must not reach, each once, in the order of declaration. */
    public List<Denied> denied() {
        return segments.stream()
                .flatMap(s -> s.mustNotReach().stream())
                .distinct()
                .toList();
    }

    public Optional<Segment> segment(SegmentId id) {
        return segments.stream().filter(s -> s.id().equals(id)).findFirst();
    }
}
