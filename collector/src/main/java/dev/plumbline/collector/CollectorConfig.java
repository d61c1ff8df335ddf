package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.catalog.site.SiteReader;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.agreed.AgreementsReader;
import dev.plumbline.collector.declared.WrittenSite;
import dev.plumbline.collector.delivery.AlertSettings;
import dev.plumbline.collector.delivery.AlertSettingsReader;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.enrol.EnrolmentSettings;
import dev.plumbline.collector.http.HttpSettings;
import dev.plumbline.collector.people.PeopleSettings;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.Durations;
import dev.plumbline.config.Section;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.metrics.MetricsSettings;
import dev.plumbline.words.SegmentId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the collector is told in its YAML file.
 *
 * @param data folder of the journal and the store
 * @param overlays changes to the built-in catalog, in their order
 * @param grace how long a round waits for late summaries
 * @param places where each of the file's segments stands in it: file and line
 * @param agreements maintenance windows and waivers
 * @param enrolment how hosts join; empty = nobody does
 * @param people how people and tools come with tokens; empty = they do not
 * @param http the same over HTTP; empty = nothing is served there
 * @param retention how long what was measured is kept
 * @param metrics where the collector shows its metrics; empty = nowhere
 * @param alerts who is told of causes; empty = nobody is
 * @param file where it is written, for sentences
 */
public record CollectorConfig(
        InetSocketAddress listen,
        TlsFiles identity,
        Path data,
        List<Path> overlays,
        Plan.Settings settings,
        Duration grace,
        Site site,
        Map<SegmentId, String> places,
        Agreements agreements,
        Optional<EnrolmentSettings> enrolment,
        Optional<PeopleSettings> people,
        Optional<HttpSettings> http,
        RetentionPolicy retention,
        Optional<MetricsSettings> metrics,
        Optional<AlertSettings> alerts,
        Path file) {
    private static final int METRICS_PORT = 9465;
    private static final InetSocketAddress STANDARD_LISTEN = new InetSocketAddress("0.0.0.0", 50051);
    private static final InetSocketAddress STANDARD_ENROLMENT = new InetSocketAddress("0.0.0.0", 50052);
    private static final InetSocketAddress STANDARD_PEOPLE = new InetSocketAddress("0.0.0.0", 50053);
    private static final InetSocketAddress STANDARD_HTTP = new InetSocketAddress("0.0.0.0", 50054);
    private static final Duration STANDARD_GRACE = Duration.ofSeconds(10);
    private static final Duration LEAST_ROUND = Duration.ofSeconds(10);
    private static final Duration LEAST_STAGE = Duration.ofMillis(100);

    public CollectorConfig {
        overlays = List.copyOf(overlays);
        places = Map.copyOf(places);
    }

    /**
     * @throws ConfigException with every problem of the file
     */
    public static CollectorConfig read(Path file) throws ConfigException {
        ConfigFile config = ConfigFile.read(file);
        Section root = config.root();
        Section rounds = root.section("rounds");
        Section declared = root.section("site");
        Site site = SiteReader.read(declared);
        Path data = root.path("data");
        CollectorConfig read = new CollectorConfig(
                root.valueOr("listen", CollectorConfig::address, STANDARD_LISTEN),
                TlsFiles.of(root.section("identity")),
                data,
                root.section("catalog").values("overlays", s -> file(config, s)),
                settings(rounds, root.section("probe")),
                rounds.duration("grace", STANDARD_GRACE),
                site,
                places(file, declared, site),
                AgreementsReader.read(declared, site, segment -> wasAdministered(data, segment)),
                enrolment(root),
                people(root),
                http(root),
                RetentionPolicy.of(root.section("retention")),
                MetricsSettings.read(root, METRICS_PORT),
                AlertSettingsReader.read(root, site, segment -> wasAdministered(data, segment)),
                file);
        config.finish();
        return read;
    }

    /** In a file without problems the segments are those of the list, one by one. */
    private static Map<SegmentId, String> places(Path file, Section declared, Site site) {
        List<Integer> lines = declared.itemLines("segments");
        Map<SegmentId, String> places = new HashMap<>();
        for (int i = 0; i < Math.min(lines.size(), site.segments().size()); i++) {
            places.put(site.segments().get(i).id(), file + ":" + lines.get(i));
        }
        return places;
    }

    /** What was agreed may be about a segment that is not written here. */
    private static boolean wasAdministered(Path data, SegmentId segment) {
        try {
            return EnrolmentFile.segmentChanges(DataFolder.enrolments(data)).stream()
                    .anyMatch(c -> c.segment().equals(segment));
        } catch (ConfigException e) {
            // Whoever needs that file says what is wrong with it; here the segment is not known.
            return false;
        }
    }

    /** The site as it is written here, before any change by command. */
    WrittenSite written() {
        return new WrittenSite(site, places);
    }

    /** The same with another site. */
    CollectorConfig under(Site other) {
        return new CollectorConfig(
                listen,
                identity,
                data,
                overlays,
                settings,
                grace,
                other,
                places,
                agreements,
                enrolment,
                people,
                http,
                retention,
                metrics,
                alerts,
                file);
    }

    private static Optional<EnrolmentSettings> enrolment(Section root) {
        if (!root.has("enrolment")) {
            return Optional.empty();
        }
        Section section = root.section("enrolment");
        Section authority = section.section("authority");
        return Optional.of(new EnrolmentSettings(
                section.valueOr("listen", CollectorConfig::address, STANDARD_ENROLMENT),
                authority.path("certificate"),
                authority.path("key"),
                section.valueOr("approval", CollectorConfig::isRequired, false),
                section.values("addresses", CollectorConfig::host)));
    }

    private static Optional<PeopleSettings> people(Section root) {
        if (!root.has("people")) {
            return Optional.empty();
        }
        Section section = root.section("people");
        InetSocketAddress listen = section.valueOr("listen", CollectorConfig::address, STANDARD_PEOPLE);
        boolean hasOwn = section.has("certificate") || section.has("key");
        Optional<PeopleSettings.Own> own = hasOwn
                ? Optional.of(new PeopleSettings.Own(section.path("certificate"), section.path("key")))
                : Optional.empty();
        boolean isPlain = isPlain(section, "people", listen);
        if (isPlain && hasOwn) {
            section.problem("plain-text", "shows no certificate; leave it out, or certificate and key");
        }
        return Optional.of(new PeopleSettings(listen, own, isPlain));
    }

    private static Optional<HttpSettings> http(Section root) {
        if (!root.has("http")) {
            return Optional.empty();
        }
        Section section = root.section("http");
        InetSocketAddress listen = section.valueOr("listen", CollectorConfig::address, STANDARD_HTTP);
        return Optional.of(new HttpSettings(listen, isPlain(section, "http", listen)));
    }

    /** Whether a port is to speak without TLS, which is for loopback alone. */
    private static boolean isPlain(Section section, String name, InetSocketAddress listen) {
        boolean isAsked = section.flag("plain-text", false);
        if (isAsked && !listen.getAddress().isLoopbackAddress()) {
            section.problem(
                    "plain-text",
                    "is for loopback alone: tokens would be read on the way to " + listen.getHostString() + ":"
                            + listen.getPort()
                            + "; leave it out, or let " + name + ".listen be 127.0.0.1:PORT or [::1]:PORT");
            return false;
        }
        return isAsked;
    }

    private static boolean isRequired(String text) {
        return switch (text) {
            case "required" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither required nor none");
        };
    }

    private static String host(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address of the collector; write 192.0.2.10, 2001:db8::10 or a name, without a port");
        }
        return text;
    }

    /**
     * The built-in catalog with the overlays.
     *
     * @throws ConfigException also where a segment must not reach what is asked of it
     */
    Catalog catalog() throws ConfigException {
        Catalog catalog = Catalog.load(overlays);
        List<String> wrong = Planner.contradictions(catalog, site).stream()
                .map(sentence -> file + ": site.segments: " + sentence)
                .toList();
        if (!wrong.isEmpty()) {
            throw new ConfigException(wrong);
        }
        return catalog;
    }

    private static Plan.Settings settings(Section rounds, Section probe) {
        Plan.Settings standard = Plan.Settings.DEFAULT;
        return new Plan.Settings(
                rounds.valueOr("every", s -> atLeast(LEAST_ROUND, s), standard.round()),
                probe.valueOr("stage-timeout", s -> atLeast(LEAST_STAGE, s), standard.stageTimeout()),
                probe.integer("confirmations", 0, 10, standard.confirmations()),
                probe.integer("connections-per-second", 1, 10_000, standard.connectionsPerSecond()));
    }

    private static Duration atLeast(Duration least, String text) {
        Duration span = Durations.parse(text);
        if (span.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is too short; at least " + least.toMillis() + "ms are needed");
        }
        return span;
    }

    private static Path file(ConfigFile config, String text) {
        Path file = config.folder().resolve(text).normalize();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("'" + file + "' does not exist; name an overlay file");
        }
        return file;
    }

    /** The address is a literal, since a listener has no business with DNS; port 0 lets the system choose. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        String port = text.substring(colon + 1);
        boolean shaped = host.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|localhost")
                && port.matches("\\d{1,5}")
                && Integer.parseInt(port) <= 65535;
        InetSocketAddress address = shaped ? new InetSocketAddress(host, Integer.parseInt(port)) : null;
        if (address == null || address.isUnresolved()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address to listen on; write ADDRESS:PORT such as 0.0.0.0:50051 or [::]:50051");
        }
        return address;
    }

    /** When rounds begin and end. */
    RoundTiming timing() {
        return new RoundTiming(settings.round(), grace, settings.stageTimeout(), settings.confirmations());
    }

    /** How old a segment's latest round may be before it says nothing of now. */
    Duration patience() {
        return settings.round().multipliedBy(2).plus(grace);
    }
}
