package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Allow-lists of small segments. */
final class Lists {
    static final Catalog CATALOG = Catalog.builtIn();

    private Lists() {}

    /** @param place wifi (both families), srv (IPv4, MDM server), cache or bare (no addresses) */
    static Allowlist of(String place, String edition, Set<Service> services, Map<String, List<Block>> addresses) {
        Segment segment = segment(place);
        Site site = new Site(
                "campus", "campus.example", edition, services, EnumSet.allOf(Platform.class), List.of(segment));
        return Allowlist.of(CATALOG, site, segment, false, addresses);
    }

    static Allowlist of(String place, String edition) {
        return of(place, edition, EnumSet.allOf(Service.class), Map.of());
    }

    private static Segment segment(String place) {
        Role role = place.equals("srv") ? Role.MDM_SERVER : place.equals("cache") ? Role.CONTENT_CACHE : Role.DEVICE;
        List<String> cidrs = switch (place) {
            case "wifi" -> List.of("10.20.20.0/24", "2001:db8:0:20::/64");
            case "srv" -> List.of("198.51.100.40/32");
            default -> List.of();
        };
        return new Segment(new SegmentId(place), place, SegmentKind.WIRED, Set.of(role), cidrs, place);
    }

    static Written written(Allowlist list, Format format) {
        return Exporter.write(
                list, format, format == Format.PAC ? Optional.of("proxy.campus.example:3128") : Optional.empty());
    }

    /** The lines that the box acts on. */
    static List<String> body(Allowlist list, Format format) {
        String comment = format.comment("").strip();
        return written(list, format).lines().stream()
                .filter(l -> comment.isEmpty() || !l.strip().startsWith(comment))
                .toList();
    }
}
