package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.catalog.site.SiteReader;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.Section;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For whom rules are written: a segment of a site's file, or roles, services and platforms as they are named. */
final class ExportedPlace {
    /** A segment with its site. */
    record Declared(Site site, Segment segment) {}

    private static final String STANDARD_EDITION = "plumbline-2026";
    private static final SegmentId UNNAMED = new SegmentId("segment");

    /** What the collector reads beside the site, and what it reads of the site beside its network. */
    private static final List<String> AGREEMENTS = List.of("maintenance", "waivers");

    @Option(names = "--overlay", paramLabel = "FILE", description = "Apply an overlay; may be repeated.")
    private List<Path> overlays = new ArrayList<>();

    @Option(
            names = "--site",
            paramLabel = "FILE",
            description =
                    "A file with the site's declaration under the key site, such as the collector's configuration.")
    @Nullable
    private Path site;

    @Option(names = "--segment", paramLabel = "SEGMENT", description = "The segment of that site.")
    @Nullable
    private String segment;

    @Option(
            names = "--edition",
            paramLabel = "EDITION",
            description = "Under this edition (standard: the site's, plumbline-2026).")
    @Nullable
    private String edition;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "Without a site: device, mdm-server, content-cache.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--service",
            paramLabel = "SERVICE",
            split = ",",
            description = "Without a site: these services alone.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            split = ",",
            description = "Without a site: these platforms alone.")
    private List<String> platforms = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "BLOCK",
            split = ",",
            description = "Without a site: the segment's addresses.")
    private List<String> from = new ArrayList<>();

    Catalog catalog() throws ConfigException {
        return Catalog.load(overlays);
    }

    Declared declared(Catalog catalog) throws ConfigException {
        Declared declared = site != null ? read(site) : named();
        Declared under =
                edition == null ? declared : new Declared(declared.site().under(edition), declared.segment());
        String id = under.site().edition();
        if (catalog.edition(id).isEmpty()) {
            throw refused("there is no edition '" + id + "'; there are "
                    + String.join(
                            ", ", catalog.editions().stream().map(Edition::id).toList()));
        }
        return under;
    }

    private Declared read(Path file) throws ConfigException {
        if (segment == null) {
            throw refused("--site: name one of its segments with --segment");
        }
        if (!(roles.isEmpty() && services.isEmpty() && platforms.isEmpty() && from.isEmpty())) {
            throw refused(
                    "--site: roles, services, platforms and addresses are those that it declares; leave out --role,"
                            + " --service, --platform and --from");
        }
        ConfigFile config = ConfigFile.read(file);
        Section root = config.root();
        root.keys().forEach(root::leave);
        if (!root.has("site")) {
            throw refused(
                    file
                            + ":1: site: is missing; name a file that declares the site, such as the collector's configuration");
        }
        Section declared = root.section("site");
        AGREEMENTS.forEach(declared::leave);
        Site read = SiteReader.read(declared);
        config.finish();
        return new Declared(
                read,
                read.segments().stream()
                        .filter(s -> s.id().value().equals(segment))
                        .findFirst()
                        .orElseThrow(() ->
                                refused("--segment: " + file + " declares no segment '" + segment + "'; there are "
                                        + String.join(
                                                ", ",
                                                read.segments().stream()
                                                        .map(s -> s.id().value())
                                                        .toList()))));
    }

    private Declared named() throws ConfigException {
        if (segment != null) {
            throw refused("--segment: name the file that declares it with --site, or a role with --role");
        }
        if (roles.isEmpty()) {
            throw refused("name a segment with --site and --segment, or a role with --role");
        }
        for (String block : from) {
            try {
                SiteReader.cidr(block);
            } catch (IllegalArgumentException e) {
                throw refused("--from: " + e.getMessage());
            }
        }
        Set<Service> used = words(Service.class, "--service", services);
        Set<Platform> had = words(Platform.class, "--platform", platforms);
        EnumSet<Service> all = EnumSet.allOf(Service.class);
        all.removeAll(EnumSet.of(Service.CHINA, Service.ORGANISATION));
        Segment one = new Segment(
                UNNAMED, UNNAMED.value(), SegmentKind.WIRED, words(Role.class, "--role", roles), from, UNNAMED.value());
        return new Declared(
                new Site(
                        "site",
                        "site.invalid",
                        Optional.ofNullable(edition).orElse(STANDARD_EDITION),
                        used.isEmpty() ? all : used,
                        had.isEmpty() ? EnumSet.allOf(Platform.class) : had,
                        List.of(one)),
                one);
    }

    private static <E extends Enum<E>> Set<E> words(Class<E> type, String option, List<String> words)
            throws ConfigException {
        Set<E> all = EnumSet.noneOf(type);
        for (String word : words) {
            try {
                all.add(Words.of(type, word));
            } catch (IllegalArgumentException e) {
                throw refused(option + ": " + e.getMessage());
            }
        }
        return all;
    }

    private static ConfigException refused(String sentence) {
        return new ConfigException(List.of(sentence));
    }
}
