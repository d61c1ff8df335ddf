package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.QuicHandshake;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent sees of a target in a round: a function of the segment, the target and the time, in the shape in which the real
 * probes tell it. Every time, port and latency is another one in each round; one probe in four hundred loses its first try.
 */
final class Facts {
    /** From then on servers show other certificates than before, a part of them on each day. */
    private static final long RENEWAL_MILLIS = Duration.ofDays(10).toMillis();

    private static final int LOST_ONE_IN = 400;
    private static final Duration TIME_OUT = Duration.ofSeconds(4);
    private static final Endpoint RESOLVER = new Endpoint("10.0.0.53", 53);
    private static final Failure RESET = Failure.of(FailureKind.CONNECT_RESET);

    private final Chains chains;
    private final Faults faults;

    Facts(Chains chains, Faults faults) {
        this.chains = chains;
        this.faults = faults;
    }

    /** The tries of one round; what may not be asked again so soon is told as it was seen before, as the agent does. */
    List<Observation> of(Segment segment, Target target, long round, long every) {
        long seen = target.minimumInterval().toMillis() <= every
                ? round
                : Math.floorDiv(round, target.minimumInterval().toMillis())
                        * target.minimumInterval().toMillis();
        Probe probe = new Probe(segment, target, seen);
        Observation first = probe.observe(1);
        boolean isAskedAgain = probe.hasFailed
                && target.probe() != ProbeKind.NAME_ABSENT
                && target.retiredOn().isEmpty();
        List<Observation> tries = isAskedAgain ? List.of(first, probe.observe(2)) : List.of(first);
        return seen == round ? tries : tries.stream().map(o -> o.inRound(round)).toList();
    }

    /** Where an agent stands in its segment. */
    static String source(Segment segment) {
        String block = segment.cidrs().get(0);
        return block.substring(0, block.lastIndexOf('.')) + ".17";
    }

    private final class Probe {
        private final Segment segment;
        private final Target target;
        private final long round;
        private final String host;
        private final long lot;
        private final Instant at;
        private boolean hasFailed;

        Probe(Segment segment, Target target, long round) {
            this.segment = segment;
            this.target = target;
            this.round = round;
            this.host = target.hostInRound(round);
            this.lot = Draw.mix(
                    segment.id().value().hashCode(), target.id().value().hashCode(), round);
            // Paced: the probes of a round are spread over half a minute.
            this.at = Instant.ofEpochMilli(round).plusMillis(1_000 + Draw.below(30_000, lot));
        }

        Observation observe(int tryNumber) {
            Instant begun = at.plusSeconds(tryNumber == 1 ? 0 : 5);
            boolean isNameLess = target.probe() == ProbeKind.NAME_ABSENT
                    || target.retiredOn().isPresent();
            boolean isRefused = effect(Optional.empty())
                    .filter(e -> e == Fault.Effect.NXDOMAIN)
                    .isPresent();
            Failure named = isNameLess || isRefused ? Failure.of(FailureKind.NXDOMAIN) : Failure.none();
            List<Lookup> lookups = new ArrayList<>();
            List<Attempt> attempts = new ArrayList<>();
            if (target.probe() == ProbeKind.NAME_TEXT) {
                lookups.add(lookup("TXT", named, named.isNone() ? List.of("count=50") : List.of(), begun));
            } else {
                List<String> addresses = named.isNone() ? Addresses.of(host, round) : List.of();
                lookups.add(lookup("A", named, family(addresses, false), begun));
                lookups.add(lookup("AAAA", named, family(addresses, true), begun));
                boolean isLost = tryNumber == 1 && Draw.below(LOST_ONE_IN, lot, 1) == 0;
                for (String address : addresses) {
                    attempts.addAll(attempts(address, isLost, begun.plusMillis(12)));
                }
            }
            hasFailed |= !named.isNone();
            Duration took = Duration.ofMillis(30 + Draw.below(40, lot, 2));
            return new Observation(
                    target.id(), round, tryNumber, begun, took, lookups, attempts, Duration.ofNanos(700_000));
        }

        private static List<String> family(List<String> addresses, boolean six) {
            return addresses.stream().filter(a -> a.contains(":") == six).toList();
        }

        private Lookup lookup(String type, Failure failure, List<String> answers, Instant begun) {
            return new Lookup(
                    host,
                    type,
                    RESOLVER,
                    Transport.UDP,
                    begun,
                    Duration.ofNanos(1_200_000 + Draw.below(900_000, lot, 3)),
                    failure,
                    failure.isNone() ? 0 : 3,
                    false,
                    List.of(),
                    answers.stream()
                            .map(a -> new Lookup.Answer(a, 20 + Draw.below(280, lot, 4)))
                            .toList(),
                    1);
        }

        private Optional<Fault.Effect> effect(Optional<String> address) {
            return faults.at(
                    segment.id(),
                    Point.of(List.of(target.serverName(), host), target.transport(), target.port(), address),
                    round);
        }

        /** The portal page is asked for twice: by anybody, and as Apple's detection asks. */
        private List<Attempt> attempts(String address, boolean isLost, Instant begun) {
            Optional<Fault.Effect> effect = isLost ? Optional.of(Fault.Effect.SILENT) : effect(Optional.of(address));
            return target.probe() == ProbeKind.CAPTIVE
                    ? List.of(
                            attempt(address, effect, "GET as anybody", begun),
                            attempt(address, effect, "GET as CaptiveNetworkSupport", begun))
                    : List.of(attempt(address, effect, "", begun));
        }

        private Attempt attempt(String address, Optional<Fault.Effect> effect, String asked, Instant begun) {
            boolean isUdp = target.transport().equals(Transport.UDP);
            boolean isSilent = effect.equals(Optional.of(Fault.Effect.SILENT));
            boolean isReset = effect.equals(Optional.of(Fault.Effect.RESET)) && !isUdp;
            Failure connect = isUdp
                    ? Failure.none()
                    : isSilent ? Failure.of(FailureKind.CONNECT_SILENT) : isReset ? RESET : Failure.none();
            hasFailed |= isSilent || isReset || effect.equals(Optional.of(Fault.Effect.INTERCEPTED));
            Duration roundTrip = roundTrip(address);
            List<Handshake> handshakes = connect.isNone() && target.probe().seesCertificate()
                    ? isUdp ? List.of(inQuic(isSilent, roundTrip)) : handshakes(effect, roundTrip)
                    : List.of();
            boolean isSecured = handshakes.isEmpty()
                    || handshakes.stream().anyMatch(h -> h.failure().isNone());
            Optional<Exchange> exchange = !connect.isNone() || !isSecured
                    ? Optional.empty()
                    : isUdp && isSilent && !target.probe().seesCertificate()
                            ? Optional.of(Healthy.silence(target.probe(), TIME_OUT))
                            : Healthy.answer(target.probe(), asked, roundTrip.multipliedBy(2));
            return new Attempt(
                    host,
                    target.transport(),
                    new Endpoint(source(segment), 32_768 + Draw.below(28_000, lot, address.hashCode())),
                    new Endpoint(address, target.port()),
                    begun,
                    connect,
                    isSilent ? TIME_OUT : roundTrip,
                    isSilent ? Duration.ZERO : roundTrip,
                    handshakes,
                    exchange,
                    isUdp || !connect.isNone() ? WhoAnswered.NOTHING : WhoAnswered.canary(target.port() + 1, RESET));
        }

        /** From where the agent stands to the address, a little more or less each time. */
        private Duration roundTrip(String address) {
            long base = 6_000_000L + Draw.below(14_000_000, segment.id().value().hashCode(), address.hashCode());
            return Duration.ofNanos(base + Draw.below(3_000_000, lot, address.hashCode()));
        }

        private List<Handshake> handshakes(Optional<Fault.Effect> effect, Duration took) {
            List<String> offer = offer();
            if (effect.equals(Optional.of(Fault.Effect.INTERCEPTED))) {
                Failure alert = Failure.of(FailureKind.TLS_ALERT, "no_application_protocol");
                return List.of(
                        handshake(offer, alert, "", List.of(), took),
                        handshake(List.of(), Failure.none(), "", chains.gateway(target.serverName()), took));
            }
            return List.of(handshake(offer, Failure.none(), offer.isEmpty() ? "" : offer.get(0), genuine(), took));
        }

        private List<String> offer() {
            String first =
                    target.alpnLadder().isEmpty() ? "" : target.alpnLadder().get(0);
            return first.isEmpty() ? List.of() : List.of(first.split(",", -1));
        }

        /** Each server has another certificate after some days, none on the same day as all others. */
        private List<Sha256> genuine() {
            long shift = Draw.below(10, target.serverName().hashCode())
                    * Duration.ofDays(1).toMillis();
            int generation = (int) Math.floorMod(Math.floorDiv(round + shift, RENEWAL_MILLIS), 1_000L);
            return chains.genuine(target.identity(), target.serverName(), generation);
        }

        private Handshake handshake(
                List<String> offer, Failure failure, String selected, List<Sha256> chain, Duration took) {
            return new Handshake(
                    target.serverName(),
                    offer,
                    List.of(),
                    Endpoint.NONE,
                    failure,
                    took.multipliedBy(2),
                    failure.isNone() ? "TLSv1.3" : "",
                    failure.isNone() ? "TLS_AES_128_GCM_SHA256" : "",
                    selected,
                    false,
                    chain);
        }

        private Handshake inQuic(boolean isSilent, Duration took) {
            return new Handshake(
                    target.serverName(),
                    List.of("h3"),
                    List.of(),
                    Endpoint.NONE,
                    isSilent ? Failure.of(FailureKind.TLS_SILENT) : Failure.none(),
                    isSilent ? TIME_OUT : took.multipliedBy(2),
                    isSilent ? "" : "TLSv1.3",
                    "",
                    isSilent ? "" : "h3",
                    false,
                    isSilent ? List.of() : genuine(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.of(new QuicHandshake(QuicHandshake.VERSION_1, Optional.empty())));
        }
    }
}
