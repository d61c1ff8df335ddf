package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A round of a site as agents would report it, with faults drawn into it. Knows nothing of how the judge works. */
final class Scene {
    static final long ROUND = Instant.parse("2026-11-02T10:00:00Z").toEpochMilli();
    private static final Instant AT = Instant.ofEpochMilli(ROUND);
    private static final Duration QUICK = Duration.ofMillis(20);

    /** What a resolver gives or an agent asks: what else happens at the addresses happens all the same. */
    private static final Set<String> BESIDE =
            Set.of("no-a", "no-aaaa", "own-members", "unasked", "displaced", "sourceless");

    /** What happens to the points of a scope on some segments. */
    record Fault(String place, String effect, Scope scope) {
        static Fault parse(String text) {
            String[] part = text.trim().split("[: ]", 3);
            return new Fault(part[0], part[1], Scope.parse(part[2]));
        }

        /** Parted by semicolons; none of an empty text. */
        static List<Fault> all(String texts) {
            return Arrays.stream(texts.split(";", -1))
                    .filter(text -> !text.isBlank())
                    .map(Fault::parse)
                    .toList();
        }

        boolean hits(Segment segment) {
            return switch (place) {
                case "everywhere" -> true;
                case "inside" -> segment.kind() != SegmentKind.OUTSIDE;
                default -> segment.id().value().equals(place);
            };
        }
    }

    private final TestPki pki;
    private final Catalog catalog = Catalog.builtIn();
    private final Site site;
    private final List<Fault> faults;

    Scene(TestPki pki, Set<String> segments, List<Fault> faults) {
        this(pki, segments, faults, Map.of());
    }

    /** @param denied what segments must not reach */
    Scene(TestPki pki, Set<String> segments, List<Fault> faults, Map<String, List<Denied>> denied) {
        this.pki = pki;
        this.faults = faults;
        Set<Service> services = EnumSet.allOf(Service.class);
        List<Segment> all = List.of(
                segment("srv", SegmentKind.SERVER, "198.51.100.32/27", Role.MDM_SERVER),
                segment("wifi", SegmentKind.WIFI, "10.20.20.0/24", Role.DEVICE),
                segment("guest", SegmentKind.GUEST, "10.20.30.0/24", Role.DEVICE),
                segment("lab", SegmentKind.REFERENCE, "10.20.40.0/24", Role.DEVICE, Role.MDM_SERVER),
                segment("out", SegmentKind.OUTSIDE, "203.0.113.16/30", Role.DEVICE, Role.MDM_SERVER));
        this.site = new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                services,
                EnumSet.allOf(Platform.class),
                all.stream()
                        .filter(s -> segments.contains(s.id().value()))
                        .map(s -> denying(s, denied.getOrDefault(s.id().value(), List.of())))
                        .toList());
    }

    private static Segment denying(Segment s, List<Denied> denied) {
        return new Segment(s.id(), s.name(), s.kind(), s.roles(), s.cidrs(), s.egressGroup(), denied);
    }

    private static Segment segment(String id, SegmentKind kind, String cidr, Role... roles) {
        return new Segment(new SegmentId(id), id, kind, Set.of(roles), List.of(cidr), id);
    }

    Site site() {
        return site;
    }

    SiteJudge judge() {
        return judge(site, Agreements.NONE);
    }

    SiteJudge judge(Agreements agreements) {
        return judge(site, agreements);
    }

    /** Of the same segments, perhaps under another edition. */
    SiteJudge judge(Site of) {
        return judge(of, Agreements.NONE);
    }

    private SiteJudge judge(Site of, Agreements agreements) {
        TrustAnchors anchors = catalog.anchors()
                .with(IdentityClass.APPLE_PRIVATE, List.of(pki.privateRoot()))
                .with(IdentityClass.PUBLIC, List.of(pki.publicRoot()));
        return new SiteJudge(
                of, this::plan, hash -> Optional.ofNullable(pki.certificates().get(hash)), anchors, agreements);
    }

    private Plan plan(SegmentId id) {
        return Planner.plan(catalog, site, site.segment(id).orElseThrow(), Plan.Settings.DEFAULT);
    }

    /** One batch for each segment. */
    Map<AgentId, Batch> batches() {
        Map<AgentId, Batch> all = new java.util.LinkedHashMap<>();
        for (Segment segment : site.segments()) {
            List<Observation> observations = new ArrayList<>();
            for (Target target : plan(segment.id()).targets()) {
                if (!meets(segment, target, "unasked")) {
                    observations.addAll(observe(segment, target));
                }
            }
            RoundSummary summary = new RoundSummary(
                    ROUND,
                    "plan",
                    AT,
                    AT.plusSeconds(5),
                    observations.stream().map(Observation::target).distinct().toList(),
                    Map.of(),
                    new Environment(
                            "1",
                            "linux",
                            "test",
                            drawn(segment, "sourceless") ? List.of() : List.of(source(segment)),
                            List.of("10.0.0.1"),
                            drawn(segment, "unfit") ? "this host is too busy" : ""),
                    "");
            all.put(
                    new AgentId(segment.id(), segment.id() + "-1"),
                    new Batch(UUID.randomUUID(), 1, "plan", observations, List.of(summary), List.of()));
        }
        return all;
    }

    private String source(Segment segment) {
        if (drawn(segment, "displaced")) {
            return "192.168.77.33";
        }
        return segment.cidrs()
                .get(0)
                .replaceFirst("\\.\\d+/.*", ".33")
                .replace("203.0.113.33", "203.0.113.18")
                .replace("198.51.100.33", "198.51.100.40");
    }

    private List<Observation> observe(Segment segment, Target target) {
        Observation first = observe(segment, target, 1);
        boolean failed = first.attempts().isEmpty()
                || first.attempts().stream()
                        .anyMatch(a -> !a.connect().isNone()
                                || a.exchange()
                                        .filter(e -> !e.failure().isNone())
                                        .isPresent()
                                || a.handshakes().stream()
                                        .anyMatch(h -> !h.failure().isNone()));
        boolean again = faults.stream().noneMatch(f -> f.effect().equals("seen-once"));
        return failed && again && target.probe() != ProbeKind.NAME_ABSENT
                ? List.of(first, observe(segment, target, 2))
                : List.of(first);
    }

    private Observation observe(Segment segment, Target target, int tryNumber) {
        String host = target.hostInRound(ROUND);
        Optional<Fault> name = fault(segment, target, Optional.empty(), tryNumber)
                .filter(f -> f.effect().startsWith("dns-"));
        boolean gone =
                target.probe() == ProbeKind.NAME_ABSENT || target.retiredOn().isPresent();
        FailureKind dns = gone
                ? name.map(f -> kind(f.effect())).orElse(FailureKind.NXDOMAIN)
                : name.map(f -> kind(f.effect())).orElse(FailureKind.NONE);
        if (target.probe() == ProbeKind.NAME_TEXT) {
            return new Observation(
                    target.id(), ROUND, tryNumber, AT, QUICK, List.of(text(host, dns)), List.of(), Duration.ZERO);
        }
        boolean lied = fault(segment, target, Optional.empty(), tryNumber)
                .filter(f -> f.effect().equals("sinkhole") || f.effect().equals("hijack"))
                .isPresent();
        boolean others = meets(segment, target, "own-members")
                || fault(segment, target, Optional.empty(), tryNumber)
                        .filter(f -> f.effect().equals("other-members"))
                        .isPresent();
        List<String> addresses = dns != FailureKind.NONE
                ? List.of()
                : lied ? List.of("203.0.113.66") : given(segment, target, others ? "other." + host : host);
        List<Lookup> lookups = List.of(new Lookup(
                host,
                "A",
                new Endpoint("10.0.0.1", 53),
                Transport.UDP,
                AT,
                QUICK,
                Failure.of(dns),
                0,
                false,
                List.of(),
                addresses.stream().map(a -> new Lookup.Answer(a, 60)).toList(),
                1));
        List<Attempt> attempts = addresses.stream()
                .flatMap(a -> attempts(segment, target, host, a, tryNumber).stream())
                .toList();
        return new Observation(
                target.id(),
                ROUND,
                tryNumber,
                AT,
                QUICK,
                lookups,
                attempts,
                lag(segment, target, tryNumber),
                drawn(segment, "queueing") ? Duration.ofSeconds(2) : Duration.ZERO);
    }

    /** Of the families that the segment's resolver has for the target. */
    private List<String> given(Segment segment, Target target, String host) {
        boolean four = !meets(segment, target, "no-a");
        boolean six = !meets(segment, target, "no-aaaa");
        return addresses(host).stream()
                .filter(a -> a.indexOf(':') >= 0 ? six : four)
                .toList();
    }

    private static Lookup text(String host, FailureKind dns) {
        return new Lookup(
                host,
                "TXT",
                new Endpoint("10.0.0.1", 53),
                Transport.UDP,
                AT,
                QUICK,
                Failure.of(dns),
                0,
                false,
                List.of(),
                dns == FailureKind.NONE ? List.of(new Lookup.Answer("count=50", 60)) : List.of(),
                1);
    }

    private Duration lag(Segment segment, Target target, int tryNumber) {
        Point point = Point.of(List.of(target.serverName()), target.transport(), target.port(), Optional.empty());
        boolean again = tryNumber > 1
                && faults.stream()
                        .filter(f -> f.effect().equals("standstill-again"))
                        .anyMatch(f -> f.hits(segment) && f.scope().matches(point));
        return again || drawn(segment, "standstill") ? Duration.ofSeconds(2) : Duration.ZERO;
    }

    private boolean meets(Segment segment, Target target, String effect) {
        Point point = Point.of(List.of(target.serverName()), target.transport(), target.port(), Optional.empty());
        return faults.stream()
                .anyMatch(f -> f.effect().equals(effect)
                        && f.hits(segment)
                        && f.scope().matches(point));
    }

    private boolean drawn(Segment segment, String effect) {
        return faults.stream().anyMatch(f -> f.hits(segment) && f.effect().equals(effect));
    }

    private static FailureKind kind(String effect) {
        return switch (effect) {
            case "dns-nxdomain" -> FailureKind.NXDOMAIN;
            case "dns-refused" -> FailureKind.DNS_REFUSED;
            case "dns-servfail" -> FailureKind.SERVFAIL;
            case "dns-silent" -> FailureKind.DNS_SILENT;
            case "dns-no-data" -> FailureKind.NO_DATA;
            case "dns-truncated" -> FailureKind.DNS_TRUNCATED;
            case "dns-malformed" -> FailureKind.DNS_MALFORMED;
            case "dns-unreachable" -> FailureKind.DNS_UNREACHABLE;
            default -> throw new IllegalArgumentException(effect);
        };
    }

    private Optional<Fault> fault(Segment segment, Target target, Optional<String> address, int tryNumber) {
        Point point = Point.of(
                List.of(target.serverName(), target.hostInRound(ROUND)), target.transport(), target.port(), address);
        return faults.stream()
                .filter(f -> f.hits(segment) && f.scope().matches(point))
                .filter(f -> !BESIDE.contains(f.effect()))
                .filter(f -> !f.effect().equals("lost-once") || tryNumber == 1)
                .findFirst();
    }

    static List<String> addresses(String host) {
        int n = Math.floorMod(host.hashCode(), 200) + 10;
        if (host.endsWith("courier.push.apple.com")) {
            return List.of(
                    "17.57.144." + n,
                    "17.57.145." + n,
                    "17.57.146." + n,
                    "17.57.147." + n,
                    "2620:149:a44::" + n,
                    "2620:149:a44::1:" + n);
        }
        if (host.endsWith("courier.sandbox.push.apple.com")) {
            return List.of(
                    "17.57.148.4", "17.57.148.5", "17.57.149.4", "17.57.149.5", "17.57.150.4", "2620:149:a44::4");
        }
        if (host.endsWith("mzstatic.com") || host.equals("www.example.com") || host.endsWith("digicert.com")) {
            return List.of("23.62.10." + n, "2a02:26f0:1::" + n);
        }
        if (host.endsWith(".campus.example")) {
            return List.of("198.51.100." + n, "2001:db8:0:10::" + n);
        }
        if (host.matches("[0-9.]+")) {
            return List.of(host);
        }
        return List.of("17.253.14." + n, "2620:149:a06::" + n);
    }

    /** The portal page is asked for twice: by anybody, and as Apple's detection asks. */
    private List<Attempt> attempts(Segment segment, Target target, String host, String address, int tryNumber) {
        String effect = fault(segment, target, Optional.of(address), tryNumber)
                .map(Fault::effect)
                .orElse("pass");
        if (target.probe() != ProbeKind.CAPTIVE) {
            return List.of(attempt(segment, target, host, address, tryNumber, effect, ""));
        }
        return List.of(
                attempt(
                        segment,
                        target,
                        host,
                        address,
                        tryNumber,
                        effect.equals("portal-detection") ? "pass" : effect,
                        "GET as anybody"),
                attempt(
                        segment,
                        target,
                        host,
                        address,
                        tryNumber,
                        effect.equals("portal-anybody") ? "pass" : effect,
                        "GET as CaptiveNetworkSupport"));
    }

    private Attempt attempt(
            Segment segment, Target target, String host, String address, int tryNumber, String effect, String asked) {
        boolean udp = target.transport().equals(Transport.UDP);
        Failure connect = switch (udp && !effect.equals("no-route") ? "pass" : effect) {
            case "silent", "sinkhole", "seen-once", "lost-once", "lost-twice" -> Failure.of(FailureKind.CONNECT_SILENT);
            case "reset", "reset-near", "reset-far" -> Failure.of(FailureKind.CONNECT_RESET);
            case "no-route" -> Failure.of(FailureKind.NETWORK_UNREACHABLE);
            case "overloaded" -> Failure.of(FailureKind.OVERLOADED);
            case "prohibited" ->
                Failure.of(address.contains(":") ? FailureKind.CONNECT_PROHIBITED : FailureKind.HOST_UNREACHABLE);
            case "portal" -> target.port() == 80 ? Failure.none() : Failure.of(FailureKind.CONNECT_SILENT);
            default -> Failure.none();
        };
        List<Handshake> handshakes = new ArrayList<>();
        Optional<Exchange> exchange = Optional.empty();
        if (connect.isNone() && !effect.equals("connected")) {
            if (target.probe().seesCertificate()) {
                handshakes.addAll(udp ? List.of(inQuic(target, effect)) : handshakes(target, effect));
            }
            boolean secured = udp
                    || handshakes.isEmpty()
                    || handshakes.stream().anyMatch(h -> h.failure().isNone());
            exchange = secured
                    ? udp
                            ? OddAnswers.byUdp(target.probe(), effect)
                            : SceneAnswers.exchange(target, effect).map(e -> SceneAnswers.asking(e, asked))
                    : Optional.empty();
        }
        boolean measured = tryNumber > 1 && effect.startsWith("reset");
        int own = effect.equals("reset-far") ? 61 : 64;
        WhoAnswered canary = !udp && effect.startsWith("accepted")
                ? WhoAnswered.canary(target.port() + 1, Failure.none())
                : udp || !connect.isNone()
                        ? WhoAnswered.NOTHING
                        : WhoAnswered.canary(target.port() + 1, Failure.of(FailureKind.CONNECT_RESET));
        WhoAnswered who = measured && !effect.equals("reset")
                ? new WhoAnswered(
                        own,
                        61,
                        5224,
                        Failure.of(FailureKind.CONNECT_RESET),
                        -1,
                        5224,
                        Failure.of(FailureKind.CONNECT_RESET))
                : canary;
        boolean asksSmall = tryNumber > 1 && !handshakes.isEmpty();
        return new Attempt(
                host,
                target.transport(),
                new Endpoint(source(segment), 40000),
                new Endpoint(address, target.port()),
                AT,
                connect,
                QUICK,
                QUICK,
                handshakes,
                exchange,
                who,
                asksSmall ? inSmallSegments(target, effect) : Optional.empty());
    }

    private Optional<SmallSegments> inSmallSegments(Target target, String effect) {
        return switch (effect) {
            case "mtu" ->
                Optional.of(new SmallSegments(
                        1200,
                        Failure.none(),
                        Optional.of(handshakes(target, "pass").get(0))));
            case "silent-at-any-size" ->
                Optional.of(new SmallSegments(
                        1200,
                        Failure.none(),
                        Optional.of(handshakes(target, "tls-silent").get(0))));
            default -> Optional.empty();
        };
    }

    private List<Handshake> handshakes(Target target, String effect) {
        List<String> offer =
                target.alpnLadder().isEmpty() || target.alpnLadder().get(0).isEmpty()
                        ? List.of()
                        : List.of(target.alpnLadder().get(0).split(","));
        String selected = offer.isEmpty() ? "" : offer.get(0);
        return switch (effect) {
            case "foreign", "hijack" ->
                List.of(
                        handshake(
                                target,
                                offer,
                                Failure.of(FailureKind.TLS_ALERT, "no_application_protocol"),
                                "",
                                List.of()),
                        handshake(target, List.of(), Failure.none(), "", pki.foreign(target.serverName())));
            case "one-certificate" ->
                List.of(handshake(target, offer, Failure.none(), "", pki.foreign("filter.campus.example")));
            case "tls-reset" -> List.of(handshake(target, offer, Failure.of(FailureKind.TLS_RESET), "", List.of()));
            case "tls-closed" -> List.of(handshake(target, offer, Failure.of(FailureKind.TLS_CLOSED), "", List.of()));
            case "tls-alert" ->
                List.of(handshake(target, offer, Failure.of(FailureKind.TLS_ALERT, "access_denied"), "", List.of()));
            case "tls13-reset" -> versionsApart(target, offer, selected);
            case "tls-silent", "mtu", "silent-at-any-size", "accepted-mute" ->
                List.of(handshake(target, offer, Failure.of(FailureKind.TLS_SILENT), "", List.of()));
            case "rotated" ->
                List.of(handshake(target, offer, Failure.none(), selected, pki.rotated(target.serverName())));
            default ->
                List.of(handshake(
                        target, offer, Failure.none(), selected, pki.genuine(target.identity(), target.serverName())));
        };
    }

    /** As the agent asks after an answer: a neutral name, and of who speaks for push the old version alone. */
    private List<Handshake> versionsApart(Target target, List<String> offer, String selected) {
        Failure reset = Failure.of(FailureKind.TLS_RESET);
        List<Handshake> all = new ArrayList<>();
        all.add(handshake(target, offer, reset, "", List.of()));
        all.add(handshake("www.example.com", List.of(), List.of(), reset, "", "", List.of()));
        if (target.probe() == ProbeKind.COURIER || target.probe() == ProbeKind.PROVIDER_API) {
            all.add(handshake(
                    target.serverName(),
                    offer,
                    List.of("TLSv1.2"),
                    Failure.none(),
                    "TLSv1.2",
                    selected,
                    pki.genuine(target.identity(), target.serverName())));
        }
        return all;
    }

    private Handshake inQuic(Target target, String effect) {
        boolean lied = effect.equals("hijack") || effect.equals("foreign");
        return OddAnswers.inQuic(
                target.serverName(),
                effect,
                lied ? pki.foreign(target.serverName()) : pki.genuine(target.identity(), target.serverName()));
    }

    private static Handshake handshake(
            Target target, List<String> offer, Failure failure, String selected, List<Sha256> chain) {
        return handshake(
                target.serverName(), offer, List.of(), failure, failure.isNone() ? "TLSv1.3" : "", selected, chain);
    }

    private static Handshake handshake(
            String serverName,
            List<String> offer,
            List<String> versions,
            Failure failure,
            String version,
            String selected,
            List<Sha256> chain) {
        return new Handshake(
                serverName, offer, versions, Endpoint.NONE, failure, QUICK, version, "", selected, false, chain);
    }
}
