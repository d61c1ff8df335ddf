package dev.plumbline.collector.delivery;

import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.alert.QuietHours;
import dev.plumbline.collector.alert.Reception;
import dev.plumbline.collector.alert.Selection;
import dev.plumbline.collector.alert.SyslogMessage.Facility;
import dev.plumbline.collector.alert.WebhookBody;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.remedy.Dialect;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.Durations;
import dev.plumbline.config.Section;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads the section {@code alerts} of the collector's configuration. */
public final class AlertSettingsReader {
    private static final Duration LEAST_GIVE_UP = Duration.ofMinutes(1);
    private static final Duration MOST_GIVE_UP = Duration.ofDays(30);
    private static final Duration STANDARD_RESEND = Duration.ofMinutes(1);
    private static final Duration LEAST_RESEND = Duration.ofSeconds(5);

    /** Alertmanager's own standard of {@code resolve_timeout} is five minutes. */
    private static final Duration MOST_RESEND = Duration.ofMinutes(4);

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final String TYPES = "webhook, alertmanager, slack, teams, email, syslog";
    private static final String MAIL_ADDRESS =
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";
    private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    private static final String NO_URL = "is no URL to send to; write https://HOST/PATH, without user, password and #";
    private static final URI NO_URI = URI.create("https://missing.invalid/");

    private final Site site;
    private final Predicate<SegmentId> alsoKnown;

    private AlertSettingsReader(Site site, Predicate<SegmentId> alsoKnown) {
        this.site = site;
        this.alsoKnown = alsoKnown;
    }

    /**
     * @param root problems are noted in it, so nothing returned may be used before
     *     {@link dev.plumbline.config.ConfigFile#finish()} returned
     * @param alsoKnown segments of the site that do not stand in it
     * @return empty where there is no such section
     */
    public static Optional<AlertSettings> read(Section root, Site site, Predicate<SegmentId> alsoKnown) {
        if (!root.has("alerts")) {
            return Optional.empty();
        }
        return Optional.of(new AlertSettingsReader(site, alsoKnown).alerts(root.section("alerts")));
    }

    private AlertSettings alerts(Section section) {
        List<ReceiverSettings> receivers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section each : section.sections("receivers")) {
            String name = each.value("name", AlertSettingsReader::name, "");
            if (!name.isEmpty() && !names.add(name)) {
                each.problem("name", "'" + name + "' names another receiver already");
            }
            receiver(name, each).ifPresent(receivers::add);
        }
        if (!section.has("receivers")) {
            section.problem("receivers", "is missing; list at least one, with name: and type: " + TYPES);
        }
        return new AlertSettings(
                section.valueOr("link", s -> Optional.of(link(s)), Optional.empty()),
                section.valueOr("dialect", s -> Optional.of(Dialect.ofWord(s)), Optional.empty()),
                section.valueOr(
                        "give-up-after", s -> between(LEAST_GIVE_UP, MOST_GIVE_UP, s), AlertSettings.STANDARD_GIVE_UP),
                receivers);
    }

    private static String name(String text) {
        return matching(NAME, text, "is no name; write lower-case letters, digits and hyphens, such as noc");
    }

    private Optional<ReceiverSettings> receiver(String name, Section section) {
        String type = section.text("type");
        Optional<Target> target = switch (type) {
            case "webhook" -> Optional.of(webhook(section));
            case "alertmanager" -> Optional.of(alertmanager(section));
            case "slack" -> Optional.of(new Target.Slack(address(section, true), trust(section)));
            case "teams" -> Optional.of(new Target.Teams(address(section, true), trust(section)));
            case "email" -> Optional.of(email(section));
            case "syslog" -> Optional.of(syslog(section));
            default -> Optional.empty();
        };
        if (target.isEmpty() && section.has("type")) {
            section.problem("type", "'" + type + "' is no type of receiver; there are " + TYPES);
        }
        List<QuietHours> quiet = new ArrayList<>();
        section.sections("quiet-hours").forEach(q -> quiet(q).ifPresent(quiet::add));
        Optional<Duration> resend =
                target.filter(Target.Alertmanager.class::isInstance).map(t -> ((Target.Alertmanager) t).resend());
        if (resend.isPresent() && section.has("quiet-hours")) {
            section.problem(
                    "quiet-hours",
                    "are not for alertmanager, which takes an alert that is not told again to be over; write"
                            + " mute_time_intervals into its own configuration");
            quiet.clear();
        }
        Selection selection = selection(section);
        return target.map(t -> new ReceiverSettings(name, new Reception(selection, quiet, resend), t));
    }

    private Selection selection(Section section) {
        Set<Severity> severities = EnumSet.noneOf(Severity.class);
        severities.addAll(section.values("severities", s -> Words.of(Severity.class, s)));
        if (severities.isEmpty()) {
            severities.addAll(Selection.STANDARD_SEVERITIES);
        }
        return new Selection(
                new HashSet<>(section.values("segments", this::place)),
                section.values("causes", AlertSettingsReader::cause),
                severities);
    }

    private String place(String text) {
        boolean isKnown = text.equals("site")
                || text.equals("apple")
                || site.segments().stream().anyMatch(s -> s.id().value().equals(text))
                || (text.matches("[a-z0-9][a-z0-9-]{0,62}")
                        && !SegmentId.RESERVED.contains(text)
                        && alsoKnown.test(new SegmentId(text)));
        if (!isKnown) {
            throw new IllegalArgumentException("no segment '" + text + "' is declared; declared are "
                    + site.segments().stream()
                            .map(Segment::id)
                            .map(SegmentId::value)
                            .collect(Collectors.joining(", "))
                    + ", and beside them there are site and apple");
        }
        return text;
    }

    private static String cause(String text) {
        if (Arrays.stream(Mechanism.values()).noneMatch(m -> Selection.matches(text, m.id()))) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no cause; write one such as tcp.drop, or tcp.* for all that begin so");
        }
        return text;
    }

    private static Optional<QuietHours> quiet(Section section) {
        Optional<ZoneId> zone = section.value("zone", s -> Optional.of(zone(s)), Optional.empty());
        Optional<LocalTime> from = section.value("from", s -> Optional.of(time(s)), Optional.empty());
        Optional<LocalTime> to = section.value("to", s -> Optional.of(time(s)), Optional.empty());
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        days.addAll(section.values("days", AlertSettingsReader::day));
        if (!section.has("days")) {
            days.addAll(EnumSet.allOf(DayOfWeek.class));
        }
        if (zone.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new QuietHours(zone.get(), from.get(), to.get(), days));
        } catch (IllegalArgumentException e) {
            section.problem("to", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone; write one such as Europe/Berlin or UTC", e);
        }
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(matching("\\d\\d:\\d\\d", text, "is no time of day; write \"22:00\""));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time of day; write \"22:00\"", e);
        }
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(d -> d.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no day; there are mon, tue, wed, thu, fri, sat, sun"));
    }

    private static Target webhook(Section section) {
        Path secret = section.path("secret-file");
        if (section.has("secret-file")) {
            try {
                WebhookBody.key(SecretFile.read(secret));
            } catch (IOException | IllegalArgumentException e) {
                section.problem("secret-file", secret + ": " + e.getMessage());
            }
        }
        return new Target.Webhook(address(section, false), secret, trust(section));
    }

    private static Target alertmanager(Section section) {
        Optional<Path> token = secret(section, "token-file", SecretFile::token);
        return new Target.Alertmanager(
                address(section, token.isPresent()),
                token,
                trust(section),
                section.valueOr("resend", s -> between(LEAST_RESEND, MOST_RESEND, s), STANDARD_RESEND));
    }

    private static Target email(Section section) {
        Target.Email.Security security = section.valueOr(
                "security", s -> Words.of(Target.Email.Security.class, s), Target.Email.Security.STARTTLS);
        Optional<Target.Email.Login> login = Optional.empty();
        if (section.has("user") || section.has("password-file")) {
            String user = section.text("user");
            secret(section, "password-file");
            login = Optional.of(new Target.Email.Login(user, section.path("password-file")));
            if (security == Target.Email.Security.NONE) {
                section.problem("security", "must be starttls or tls beside user: anybody could read the password");
            }
        }
        List<String> to = section.values("to", AlertSettingsReader::mailAddress);
        if (!section.has("to")) {
            section.problem("to", "is missing; name who is to be told, such as noc@campus.example");
        }
        return new Target.Email(
                section.value("host", AlertSettingsReader::host, ""),
                section.integer("port", 1, 65_535, security.port),
                security,
                login,
                section.value("from", AlertSettingsReader::mailAddress, ""),
                to,
                trust(section));
    }

    private static Target syslog(Section section) {
        Target.Syslog.Transport transport = section.valueOr(
                "transport", s -> Words.of(Target.Syslog.Transport.class, s), Target.Syslog.Transport.UDP);
        if (transport != Target.Syslog.Transport.TLS && section.has("trust")) {
            section.problem("trust", "is for transport: tls; leave it out, or write that");
        }
        return new Target.Syslog(
                section.value("host", AlertSettingsReader::host, ""),
                section.integer("port", 1, 65_535, transport.port),
                transport,
                section.valueOr("facility", s -> Words.of(Facility.class, s), Facility.LOCAL0),
                trust(section));
    }

    /** @param isSecret whoever reads the request could use what is in it */
    private static Target.Address address(Section section, boolean isSecret) {
        if (section.has("url-file")) {
            Optional<Path> file = secret(section, "url-file");
            if (section.has("url")) {
                section.texts("url");
                section.problem("url", "stands beside url-file; leave one of the two out");
            }
            file.ifPresent(f -> {
                try {
                    guarded(http(SecretFile.read(f)), isSecret);
                } catch (IOException e) {
                    // That is told already.
                } catch (IllegalArgumentException e) {
                    // The text itself is not shown: it may be a secret that stands in the wrong file.
                    section.problem("url-file", f + ": holds no URL such as https://hooks.example/T1/B2");
                }
            });
            return new Target.Address(Optional.empty(), file);
        }
        return new Target.Address(
                Optional.of(section.value("url", s -> guarded(isSecret ? unshown(s) : http(s), isSecret), NO_URI)),
                Optional.empty());
    }

    /** What is no URL may be a secret all the same, and is not repeated. */
    private static URI unshown(String text) {
        try {
            return http(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what is written here " + NO_URL, e);
        }
    }

    /** @throws IllegalArgumentException with a sentence, without the URL, when a secret would be sent in the open */
    static URI guarded(URI uri, boolean isSecret) {
        if (isSecret
                && "http".equalsIgnoreCase(uri.getScheme())
                && !uri.getHost().matches("127(\\.\\d{1,3}){3}|localhost|\\[::1\\]")) {
            throw new IllegalArgumentException(
                    "must be https: what is sent there holds a secret, and without TLS it is for loopback alone");
        }
        return uri;
    }

    /**
     * The URL of a text.
     *
     * @throws IllegalArgumentException with a sentence when it is none that may be asked
     */
    static URI http(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // What would be right is said for all that is wrong.
        }
        throw new IllegalArgumentException("'" + text + "' " + NO_URL);
    }

    private static URI link(String text) {
        URI uri = http(text);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a query; write what links begin with, https://HOST/PATH");
        }
        return uri;
    }

    private static Optional<Path> secret(Section section, String key) {
        return secret(section, key, SecretFile::read);
    }

    private interface Reading {
        String of(Path file) throws IOException;
    }

    private static Optional<Path> secret(Section section, String key, Reading reading) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        Path file = section.path(key);
        try {
            reading.of(file);
        } catch (IOException e) {
            section.problem(key, file + ": " + e.getMessage());
        }
        return Optional.of(file);
    }

    private static Optional<Path> trust(Section section) {
        if (!section.has("trust")) {
            return Optional.empty();
        }
        Path file = section.path("trust");
        try {
            TlsFiles.anchors(file);
        } catch (ConfigException e) {
            section.problem("trust", String.valueOf(e.getMessage()));
        }
        return Optional.of(file);
    }

    private static String mailAddress(String text) {
        return matching(
                MAIL_ADDRESS,
                text,
                "is no mail address; write name@campus.example, in ASCII and without a display name");
    }

    private static String host(String text) {
        return matching(HOST, text, "is no host; write a name or an address, without a port");
    }

    private static String matching(String form, String text, String otherwise) {
        if (!text.matches(form)) {
            throw new IllegalArgumentException("'" + text + "' " + otherwise);
        }
        return text;
    }

    private static Duration between(Duration least, Duration most, String text) {
        Duration span = Durations.parse(text);
        if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
            throw new IllegalArgumentException("'" + text + "' is not between " + words(least) + " and " + words(most));
        }
        return span;
    }

    private static String words(Duration span) {
        if (span.toSeconds() < 60) {
            return span.toSeconds() + "s";
        }
        return span.toDays() > 0 ? span.toDays() + "d" : span.toMinutes() + "m";
    }
}
