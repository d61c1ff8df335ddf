package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an agent on a segment reports of a round: every address connected to or asked over UDP, one of each family talked with. */
final class Agent {
    static final Instant AT = Instant.ofEpochMilli(World.ROUND);
    static final Duration QUICK = Duration.ofMillis(20);
    private static final Endpoint RESOLVER = new Endpoint("10.0.0.1", 53);

    private final World world;
    private final Segment segment;
    private final Firewall firewall;
    private final Noise noise;
    private final Wire wire;

    Agent(World world, Segment segment, Firewall firewall, Noise noise, Wire wire) {
        this.world = world;
        this.segment = segment;
        this.firewall = firewall;
        this.noise = noise;
        this.wire = wire;
    }

    AgentId id() {
        return new AgentId(segment.id(), segment.id() + "-1");
    }

    Batch batch() {
        List<Observation> all = observations();
        RoundSummary summary = new RoundSummary(
                World.ROUND,
                "plan",
                AT,
                AT.plusSeconds(5),
                all.stream().map(Observation::target).distinct().toList(),
                Map.of(),
                new Environment("1", "linux", "test", List.of(source()), List.of(RESOLVER.address()), ""),
                "");
        return new Batch(UUID.randomUUID(), 1, "plan", all, List.of(summary), List.of());
    }

    private String source() {
        return segment.cidrs().get(0).replace("0/24", "33");
    }

    private List<Observation> observations() {
        List<Observation> all = new ArrayList<>();
        for (Target target : world.plan(segment.id()).targets()) {
            Observation first = observe(target, 1);
            all.add(first);
            if (failed(target, first) && !noise.unconfirmed().contains(target.id())) {
                all.add(observe(target, 2));
            }
        }
        return all;
    }

    private static boolean failed(Target target, Observation first) {
        if (target.probe().asksNamesOnly() || target.retiredOn().isPresent()) {
            return false;
        }
        return first.attempts().isEmpty()
                || first.attempts().stream()
                        .anyMatch(a -> !a.connect().isNone()
                                || a.exchange()
                                        .filter(e -> !e.failure().isNone()
                                                || (e.status() == 403
                                                        && e.headers().containsKey("content-type")))
                                        .isPresent()
                                || a.handshakes().stream()
                                        .anyMatch(h -> !h.failure().isNone()));
    }

    private Observation observe(Target target, int tryNumber) {
        String host = target.hostInRound(World.ROUND);
        boolean gone =
                target.probe() == ProbeKind.NAME_ABSENT || target.retiredOn().isPresent();
        Point asked = new Point(Set.of(host), target.transport(), target.port(), Optional.empty());
        Optional<Verb> denied = firewall.deed(Box.RESOLVER, asked, target.probe());
        FailureKind kind = denied.filter(v -> v != Verb.SINKHOLE)
                .map(Agent::kind)
                .orElse(gone && denied.isEmpty() ? FailureKind.NXDOMAIN : FailureKind.NONE);
        boolean lied = denied.filter(v -> v == Verb.SINKHOLE).isPresent();
        List<String> found = kind != FailureKind.NONE
                ? List.of()
                : lied ? List.of(wire.sink()) : gone ? List.of() : world.addresses(host);
        List<Attempt> attempts = new ArrayList<>();
        if (!target.probe().asksNamesOnly()) {
            Set<Boolean> talked = new HashSet<>();
            boolean udp = target.transport().equals(Transport.UDP);
            for (String address : found) {
                boolean six = address.indexOf(':') >= 0;
                List<Attempt> of = attempts(target, host, address, tryNumber, udp || !talked.contains(six));
                if (of.get(0).connect().isNone()) {
                    talked.add(six);
                }
                attempts.addAll(of);
            }
        }
        return new Observation(
                target.id(),
                World.ROUND,
                tryNumber,
                AT,
                QUICK,
                lookups(target, host, kind, found),
                attempts,
                Duration.ZERO);
    }

    private static FailureKind kind(Verb verb) {
        return switch (verb) {
            case NXDOMAIN -> FailureKind.NXDOMAIN;
            case REFUSE -> FailureKind.DNS_REFUSED;
            case SERVFAIL -> FailureKind.SERVFAIL;
            case UNANSWERED -> FailureKind.DNS_SILENT;
            default -> throw new IllegalArgumentException(verb + " is nothing that a resolver says");
        };
    }

    private static List<Lookup> lookups(Target target, String host, FailureKind kind, List<String> found) {
        if (target.probe() == ProbeKind.NAME_TEXT) {
            return List.of(lookup(host, "TXT", kind, kind == FailureKind.NONE ? List.of("count=50") : List.of()));
        }
        return List.of(
                lookup(
                        host,
                        "A",
                        kind,
                        found.stream().filter(a -> a.indexOf(':') < 0).toList()),
                lookup(
                        host,
                        "AAAA",
                        kind,
                        found.stream().filter(a -> a.indexOf(':') >= 0).toList()));
    }

    private static Lookup lookup(String host, String type, FailureKind kind, List<String> found) {
        FailureKind none = kind == FailureKind.NONE && found.isEmpty() ? FailureKind.NO_DATA : kind;
        return new Lookup(
                host,
                type,
                RESOLVER,
                Transport.UDP,
                AT,
                QUICK,
                Failure.of(none),
                none == FailureKind.DNS_SILENT ? -1 : 0,
                false,
                List.of(),
                found.stream().map(a -> new Lookup.Answer(a, 60)).toList(),
                1);
    }

    /** One, or for the portal's page one for each way of asking. */
    private List<Attempt> attempts(Target target, String host, String address, int tryNumber, boolean talks) {
        Point point = world.point(target, Optional.of(address));
        Optional<Verb> deed = address.equals(wire.sink())
                ? Optional.of(wire.sinkIsSilent() ? Verb.DROP : Verb.RESET)
                : firewall.deed(Box.PACKETS, point, target.probe());
        if (deed.isEmpty()) {
            deed = firewall.deed(Box.SESSIONS, point, target.probe());
        }
        if (deed.isEmpty() && noise.loses(target.id(), tryNumber)) {
            deed = Optional.of(Verb.DROP);
        }
        Endpoint local = new Endpoint(source(), 40000 + Math.floorMod(point.hashCode(), 20000));
        Endpoint remote = new Endpoint(address, target.port());
        List<Attempt> all = new ArrayList<>();
        for (String asked : asked(target, talks)) {
            all.add(wire.attempt(target, host, local, remote, deed, tryNumber, talks, asked));
        }
        return all;
    }

    private static List<String> asked(Target target, boolean talks) {
        return talks && target.probe() == ProbeKind.CAPTIVE
                ? List.of("GET as anybody", "GET as CaptiveNetworkSupport")
                : List.of("");
    }
}
