package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.HoldReading;
import dev.plumbline.collector.evidence.HoldReading.Cut;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.Reaped;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Quiet connections to couriers are ended on this segment at an age at which they stand on another; or the helper's, which
 * ends none, are ended alike, and elsewhere are not. One end is nothing: a box that is switched over ends all that is open at
 * that moment, so two must have ended that no single moment can have ended, or a measured near hop did it.
 */
final class ReapedHolds implements Rule {
    private static final int FEWEST_ENDS = 2;

    /** A moment is known no closer, for the clocks of this segment's agents may differ. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "reaped-holds";
    }

    @Override
    public boolean asksWhatPasses() {
        return true;
    }

    private record Found(int port, Cut cut, String control) {}

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<HoldReading> couriers = of(segment, HoldPeer.COURIER).toList();
        List<SegmentReading> others = Stream.concat(elsewhere.inside().stream(), elsewhere.outside().stream())
                .toList();
        Map<Reaped, List<Found>> byKind = new EnumMap<>(Reaped.class);
        for (HoldReading reading : couriers) {
            reading.cut()
                    .filter(cut -> isNoChance(cut, segment))
                    .ifPresent(cut -> control(reading, cut, segment, others)
                            .ifPresent(control -> byKind.computeIfAbsent(cut.how(), k -> new ArrayList<>())
                                    .add(new Found(reading.port(), cut, control))));
        }
        List<Claim> claims = new ArrayList<>();
        byKind.forEach((how, found) -> {
            boolean all = found.size() == couriers.size() && found.size() > 1;
            claim(segment, how, found, all).ifPresent(claims::add);
        });
        return claims;
    }

    private static Stream<HoldReading> of(SegmentReading segment, HoldPeer peer) {
        return segment.holds().stream().filter(reading -> reading.peer() == peer);
    }

    private static boolean isNoChance(Cut cut, SegmentReading segment) {
        if (cut.ends().stream().anyMatch(HoldReading::isFromNearer)) {
            return true;
        }
        List<Hold> alike = new ArrayList<>(cut.ends());
        of(segment, HoldPeer.HELPER)
                .flatMap(helper -> helper.cut().stream())
                .filter(other -> other.how() == cut.how())
                .forEach(other -> alike.addAll(other.ends()));
        return apart(alike) >= FEWEST_ENDS;
    }

    /** How many of them at most are pairwise no work of one moment. */
    private static int apart(List<Hold> ends) {
        int count = 0;
        Instant last = Instant.MIN;
        for (Hold end :
                ends.stream().sorted(Comparator.comparing(HoldReading::endOf)).toList()) {
            if (earliest(end).isAfter(last)) {
                count++;
                last = HoldReading.endOf(end);
            }
        }
        return count;
    }

    private static Instant earliest(Hold end) {
        return HoldReading.endedByItself(end) ? HoldReading.endOf(end).minus(MOMENT) : end.openedAt();
    }

    /** Who shows that it is this segment, as words for a sentence; empty when nobody does. */
    private static Optional<String> control(
            HoldReading reading, Cut cut, SegmentReading segment, List<SegmentReading> others) {
        List<SegmentId> standing = standing(others, HoldPeer.COURIER, reading.port(), cut.youngest());
        if (!standing.isEmpty()) {
            return Optional.of("on " + words(standing) + " they stand that long");
        }
        return of(segment, HoldPeer.HELPER)
                .flatMap(helper -> helper.cut().stream()
                        .filter(other -> other.how() == cut.how())
                        .map(other -> standing(others, HoldPeer.HELPER, helper.port(), other.youngest()))
                        .filter(elsewhere -> !elsewhere.isEmpty()))
                .findFirst()
                .map(elsewhere -> "the helper's end alike, which on " + words(elsewhere) + " stand that long");
    }

    private static List<SegmentId> standing(List<SegmentReading> others, HoldPeer peer, int port, Duration age) {
        return others.stream()
                .filter(other -> of(other, peer).anyMatch(r -> r.port() == port && r.stands(age)))
                .map(other -> other.segment().id())
                .toList();
    }

    private static String words(List<SegmentId> segments) {
        return segments.stream().map(SegmentId::value).sorted().collect(Collectors.joining(", "));
    }

    private Optional<Claim> claim(SegmentReading segment, Reaped how, List<Found> found, boolean all) {
        List<Claim.Failing> ended = found.stream()
                .flatMap(f -> f.cut().ends().stream().flatMap(end -> ended(segment, end)))
                .toList();
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = all
                ? Scope.ALL
                : found.stream()
                        .map(f -> Scope.of(Atom.port(Transport.TCP, f.port())))
                        .reduce(Scope::union)
                        .orElseThrow();
        String because = found.stream().map(ReapedHolds::timer).collect(Collectors.joining(", ")) + "; "
                + found.get(0).control();
        return Optional.of(new Claim(id(), mechanism(how), Optional.of(scope), ended, because));
    }

    private static String timer(Found found) {
        Cut cut = found.cut();
        String age = cut.isExact()
                ? "after " + cut.youngest().toSeconds() + " s"
                : "after more than " + cut.oldestStood().toSeconds() + " s and at most "
                        + cut.youngest().toSeconds() + " s";
        return "tcp/" + found.port() + " " + age + " of quiet (" + cut.ends().size() + " seen)";
    }

    /** The held target as the round saw it, with the held connection as its witness. */
    private static Stream<Claim.Failing> ended(SegmentReading segment, Hold end) {
        return segment.target(end.target()).stream()
                .flatMap(target -> target.points().stream()
                        .limit(1)
                        .map(point -> new Claim.Failing(target, seenBy(segment, target, point, end))));
    }

    private static PointReading seenBy(SegmentReading segment, TargetReading target, PointReading point, Hold end) {
        return point.seenBy(new Witness(
                segment.segment().id(),
                segment.agent(),
                target.target().id(),
                Transport.TCP,
                end.local(),
                end.remote(),
                HoldReading.endOf(end),
                "quiet for " + end.idle().toSeconds() + " s, then " + words(end)
                        + (end.detail().isEmpty() ? "" : ": " + end.detail())));
    }

    private static String words(Hold end) {
        return switch (end.end()) {
            case SILENT_AFTER_WRITE -> "silent";
            case RESET, RESET_AFTER_WRITE -> "reset";
            case CLOSED -> "closed";
            case ALIVE, LOCAL, NOT_MEASURED, UNKNOWN -> "not ended";
        };
    }

    private static Mechanism mechanism(Reaped how) {
        return switch (how) {
            case SILENT -> Mechanism.HOLD_REAPED_SILENT;
            case RESET -> Mechanism.HOLD_REAPED_RESET;
            case CLOSED -> Mechanism.HOLD_REAPED_CLOSED;
        };
    }
}
