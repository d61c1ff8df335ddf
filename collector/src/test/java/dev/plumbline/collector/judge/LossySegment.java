package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.Loss;
import dev.plumbline.collector.evidence.PathFacts;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A segment of devices, round after round, on a line that loses packets: what the judge's own rules and its confirmation say
 * of it. Every target has one address, so that nothing answers in its place, and is tried twice where it was silent; each try
 * sends three times. Packets are lost each by itself; what is silent in the first try only is unsteady, as it is to the reader.
 */
final class LossySegment {
    private static final Instant AT = Instant.EPOCH;
    private static final int TRIES = 2;
    private static final int SENDS = 3;

    private final SegmentJudge judge = new SegmentJudge(TargetReading::observedAt);
    private final SilentRounds silentRounds = new SilentRounds();
    private final Random random;
    private final double roundTripLost;
    private final Segment segment;
    private final List<Target> targets;
    private final Map<TargetId, TargetReading> proved = new HashMap<>();
    private final Elsewhere elsewhere;
    private long round;

    /** @param loss of a packet, each way */
    LossySegment(long seed, double loss) {
        this.random = new Random(seed);
        this.roundTripLost = 1 - (1 - loss) * (1 - loss);
        this.segment = new Segment(
                new SegmentId("wifi"), "wifi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of("10.20.20.0/24"), "wifi");
        Segment other = new Segment(
                new SegmentId("lab"),
                "lab",
                SegmentKind.REFERENCE,
                Set.of(Role.DEVICE),
                List.of("10.20.40.0/24"),
                "lab");
        Site site = new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                EnumSet.allOf(Service.class),
                EnumSet.allOf(Platform.class),
                List.of(segment, other));
        this.targets = Planner.plan(Catalog.builtIn(), site, segment, Plan.Settings.DEFAULT).targets().stream()
                .filter(t -> !t.probe().asksNamesOnly())
                .toList();
        targets.forEach(t -> proved.put(t.id(), reading(t, true, false, Loss.UNKNOWN)));
        this.elsewhere = new Elsewhere(
                List.of(new SegmentReading(other, "lab-1", Optional.empty(), proved, List.of())), List.of());
    }

    int targets() {
        return targets.size();
    }

    int count(Predicate<Target> which) {
        return (int) targets.stream().filter(which).count();
    }

    /** One round more; what it says, empty when it accuses nobody. */
    List<Claim> round(Predicate<Target> dropped) {
        return round(dropped, target -> false);
    }

    /** @param late silent in the first try, as somebody is overwhelmed, and not in the second but for packets that are lost */
    List<Claim> round(Predicate<Target> dropped, Predicate<Target> late) {
        round++;
        Map<TargetId, TargetReading> readings = new HashMap<>();
        double silentTry = Math.pow(roundTripLost, SENDS);
        int connects = 0;
        for (Target target : targets) {
            int tries = 0;
            boolean silent = true;
            while (tries < TRIES && silent) {
                silent = dropped.test(target) || (tries == 0 && late.test(target)) || random.nextDouble() < silentTry;
                tries++;
            }
            if (silent || tries > 1) {
                readings.put(target.id(), reading(target, !silent, !silent, Loss.UNKNOWN));
            }
            if (!silent && target.transport().equals(Transport.TCP)) {
                connects++;
            }
        }
        Loss loss = new Loss(connects, late(connects, silentTry));
        boolean quiet = readings.values().stream().noneMatch(r -> r.result() == TargetReading.Result.FAIL);
        if (quiet && silentRounds.before(segment.id(), round).isEmpty()) {
            return List.of();
        }
        Map<TargetId, TargetReading> all = new HashMap<>(proved);
        all.putAll(readings);
        Target first = targets.get(0);
        TargetReading told = Objects.requireNonNull(all.get(first.id()));
        all.put(first.id(), reading(first, told.failures().isEmpty(), told.unsteady(), loss));
        SegmentReading reading = new SegmentReading(segment, "wifi-1", Optional.empty(), all, List.of());
        SegmentCase judged = judge.judge(reading, elsewhere);
        SegmentCase parted =
                new Confirmation(reading, judged.descriptions(), silentRounds.before(segment.id(), round)).of(judged);
        silentRounds.learn(parted, round);
        return parted.claims().stream()
                .filter(c -> c.mechanism().severity() != Severity.NOTE)
                .toList();
    }

    /** How many of the connections that stood did so by a later SYN. */
    private int late(int connects, double silentTry) {
        double late = (roundTripLost - silentTry) / (1 - silentTry);
        int count = 0;
        for (int i = 0; i < connects; i++) {
            count += random.nextDouble() < late ? 1 : 0;
        }
        return count;
    }

    private TargetReading reading(Target target, boolean stands, boolean unsteady, Loss loss) {
        int number = Math.floorMod(target.id().hashCode(), 60_000);
        String address = "17.253." + (number >> 8) + "." + (number & 255);
        boolean tcp = target.transport().equals(Transport.TCP);
        PointReading point = new PointReading(
                Point.of(
                        List.of(target.serverName(), target.hostInRound(0)),
                        target.transport(),
                        target.port(),
                        Optional.of(address)),
                stands ? Layer.ANSWERED : Layer.RESOLVED,
                stands,
                stands ? Symptom.NONE : tcp ? Symptom.TCP_SILENT : Symptom.UDP_SILENT,
                !stands,
                stands ? 0 : TRIES,
                stands ? "answered" : "silent",
                Optional.empty(),
                false,
                PathFacts.NOTHING,
                List.of(),
                Optional.empty(),
                new Witness(
                        segment.id(),
                        "wifi-1",
                        target.id(),
                        target.transport(),
                        Endpoint.NONE,
                        new Endpoint(address, target.port()),
                        AT,
                        "silent"));
        return new TargetReading(
                target, new ArrayList<>(List.of(point)), List.of(), AT, Duration.ZERO, unsteady, loss, List.of());
    }
}
