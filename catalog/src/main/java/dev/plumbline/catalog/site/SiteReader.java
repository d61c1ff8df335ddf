package dev.plumbline.catalog.site;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Words;
import dev.plumbline.config.Section;
import dev.plumbline.words.SegmentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a site from its YAML section: {@code id, domain, edition, services, with, without, platforms, segments}.
 *
 * <p>{@code services} left out means all but those that few have (China, the organisation's own hosts); {@code with} adds
 * to them and {@code without} takes away: "no Apple TV, no China, no School Manager" is {@code platforms: [ios, ipados,
 * macos]} and {@code without: [school-manager]}. A segment has {@code id, name, kind, roles, cidrs, egress,
 * must-not-reach}.
 */
public final class SiteReader {
    private static final String MUST_NOT_REACH = "must-not-reach";
    private static final String STANDARD_EDITION = "plumbline-2026";
    private static final Set<Service> NOT_STANDARD = EnumSet.of(Service.CHINA, Service.ORGANISATION);

    private SiteReader() {}

    /**
     * @param section the mapping under {@code site}; problems are noted in it, so nothing returned may be used before
     *     {@link dev.plumbline.config.ConfigFile#finish()} returned
     */
    public static Site read(Section section) {
        String id = section.value("id", SiteReader::word, "unnamed");
        String domain = section.value("domain", SiteReader::domain, "invalid");
        String edition = section.valueOr("edition", SiteReader::edition, STANDARD_EDITION);
        return new Site(id, domain, edition, services(section), platforms(section), segments(section));
    }

    private static Set<Service> services(Section section) {
        List<Service> listed = section.values("services", s -> Words.of(Service.class, s));
        Set<Service> services = EnumSet.noneOf(Service.class);
        services.addAll(section.has("services") ? listed : EnumSet.complementOf(EnumSet.copyOf(NOT_STANDARD)));
        services.addAll(section.values("with", s -> Words.of(Service.class, s)));
        section.values("without", s -> Words.of(Service.class, s)).forEach(services::remove);
        if (services.isEmpty()) {
            section.problem("services", "leaves no service to use; name at least apns");
        }
        return services;
    }

    private static Set<Platform> platforms(Section section) {
        List<Platform> listed = section.values("platforms", s -> Words.of(Platform.class, s));
        if (section.has("platforms") && listed.isEmpty()) {
            section.problem("platforms", "names none; leave it out for all of them");
        }
        return listed.isEmpty() ? EnumSet.allOf(Platform.class) : EnumSet.copyOf(listed);
    }

    private static List<Segment> segments(Section section) {
        List<Segment> segments = new ArrayList<>();
        Set<SegmentId> seen = new HashSet<>();
        for (Section one : section.sections("segments")) {
            Segment segment = segment(one);
            if (seen.add(segment.id())) {
                segments.add(segment);
            } else {
                one.problem("id", "segment " + segment.id() + " is declared twice");
            }
        }
        // An empty list is written on purpose: the segments are administered while the collector runs.
        if (segments.isEmpty() && !section.has("segments")) {
            section.problem(
                    "segments",
                    "declares none; a site has at least one segment, or write [] and add them with plumbline segment add");
        }
        return segments;
    }

    private static Segment segment(Section section) {
        SegmentId id = section.value("id", SegmentId::new, new SegmentId("line-" + section.line("id")));
        SegmentKind kind = section.valueOr("kind", s -> Words.of(SegmentKind.class, s), SegmentKind.WIRED);
        List<Role> roles = section.values("roles", s -> Words.of(Role.class, s));
        return new Segment(
                id,
                section.text("name", id.value()),
                kind,
                roles.isEmpty() ? standardRoles(kind) : EnumSet.copyOf(roles),
                section.values("cidrs", SiteReader::cidr),
                section.text("egress", id.value()),
                mustNotReach(section, kind));
    }

    private static List<Denied> mustNotReach(Section section, SegmentKind kind) {
        List<Denied> listed = section.values(MUST_NOT_REACH, Denied::parse);
        List<Denied> once = listed.stream().distinct().toList();
        if (once.size() < listed.size()) {
            List<Denied> twice = new ArrayList<>(listed);
            once.forEach(twice::remove);
            section.problem(MUST_NOT_REACH, "names " + twice.get(0) + " twice; once is enough");
        }
        if (kind.isControl() && !listed.isEmpty()) {
            section.problem(
                    MUST_NOT_REACH,
                    "stands at a segment of kind " + Words.of(kind)
                            + ", which is a control and held to no rule; write it at the segments that are denied");
            return List.of();
        }
        return once;
    }

    /** What a segment of this kind has where nothing is said of its roles. */
    public static Set<Role> standardRoles(SegmentKind kind) {
        return switch (kind) {
            case SERVER -> Set.of(Role.MDM_SERVER);
            case WIFI, GUEST, WIRED -> Set.of(Role.DEVICE);
            case REFERENCE, OUTSIDE -> Set.of(Role.DEVICE, Role.MDM_SERVER);
        };
    }

    private static String edition(String text) {
        if (!Catalog.editionIds().contains(text)) {
            throw new IllegalArgumentException(
                    "there is no edition '" + text + "'; there are " + String.join(", ", Catalog.editionIds()));
        }
        return text;
    }

    private static String word(String text) {
        if (!text.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be lower-case letters, digits and hyphens, at most 63");
        }
        return text;
    }

    private static String domain(String text) {
        if (!text.matches("[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be a domain name in lower case, such as campus.example");
        }
        return text;
    }

    /**
     * An address block as it is written.
     *
     * @throws IllegalArgumentException with a sentence that shows what would be right
     */
    public static String cidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address block; write 10.20.0.0/16 or 2001:db8::/32");
        }
        boolean v6 = text.indexOf(':') >= 0;
        int length = Integer.parseInt(text.substring(slash + 1));
        if (!(v6 ? isIpv6(text.substring(0, slash)) : isIpv4(text.substring(0, slash))) || length > (v6 ? 128 : 32)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address block; write 10.20.0.0/16 or 2001:db8::/32");
        }
        return text;
    }

    static boolean isIpv4(String text) {
        return text.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}") && !text.endsWith(".");
    }

    /** Up to eight groups of four hex digits, at most one gap (RFC 4291 §2.2, without the dotted form). */
    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        boolean oneGap = gap >= 0 && text.indexOf("::", gap + 1) < 0;
        String[] groups = text.split("::?", -1);
        long full = Arrays.stream(groups).filter(g -> !g.isEmpty()).count();
        return Arrays.stream(groups).allMatch(g -> g.matches("[0-9a-fA-F]{0,4}"))
                && (gap < 0 ? full == 8 && groups.length == 8 : oneGap && full <= 7);
    }
}
