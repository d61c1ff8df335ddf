package dev.plumbline.collector.evidence;

import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the quiet connections to one port of couriers, or of the helper, show on one segment. Of what contradicts itself the
 * latest counts, for boxes are reconfigured.
 *
 * @param holds that say anything of the network, in the order in which they were opened; at least one
 */
public record HoldReading(HoldPeer peer, int port, List<Hold> holds) {
    private static final Duration NARROW = Duration.ofSeconds(5);
    private static final int SHARE = 5;

    public HoldReading {
        holds = holds.stream().sorted(Comparator.comparing(Hold::openedAt)).toList();
        if (holds.isEmpty()) {
            throw new IllegalArgumentException("nothing was held on port " + port);
        }
    }

    /**
     * Ends of one kind that no later connection of their age contradicts.
     *
     * @param ends in order of time, at least one
     * @param youngest the least age that was ended
     * @param oldestStood the greatest age below that which was not, zero when none was tried
     */
    public record Cut(Reaped how, List<Hold> ends, Duration youngest, Duration oldestStood) {
        public Cut {
            ends = List.copyOf(ends);
        }

        /** It ended by itself, so its age is that of the timer. */
        public boolean isExact() {
            return ends.stream().allMatch(HoldReading::endedByItself);
        }
    }

    /** One for each port that was held, couriers first. */
    static List<HoldReading> of(Collection<Hold> holds) {
        Map<HoldPeer, Map<Integer, List<Hold>>> byPeer = holds.stream()
                .filter(hold ->
                        hold.end() == HoldEnd.ALIVE || Reaped.of(hold.end()).isPresent())
                .filter(hold -> hold.peer() != HoldPeer.UNKNOWN && !isPeersOwn(hold))
                .collect(Collectors.groupingBy(
                        Hold::peer,
                        TreeMap::new,
                        Collectors.groupingBy(Hold::port, TreeMap::new, Collectors.toList())));
        List<HoldReading> readings = new ArrayList<>();
        byPeer.forEach(
                (peer, byPort) -> byPort.forEach((port, some) -> readings.add(new HoldReading(peer, port, some))));
        return readings;
    }

    /** Heard from as far as the peer only when it was written to: nobody knows when the peer ended it. */
    private static boolean isPeersOwn(Hold hold) {
        return hold.endTtl().isMeasured() && !isFromNearer(hold);
    }

    /** Its end arrived with more hops left than whatever the peer sends. */
    public static boolean isFromNearer(Hold hold) {
        return hold.endTtl().isMeasured() && hold.endTtl().least() > 1;
    }

    /** How old it grew: as planned where it was written to, for that is some milliseconds late, never twice the same. */
    private static Duration ageOf(Hold hold) {
        return hold.planned().compareTo(hold.idle()) < 0 ? hold.planned() : hold.idle();
    }

    /** When it ended, or was written to. */
    public static Instant endOf(Hold hold) {
        return hold.openedAt().plus(hold.idle());
    }

    /** Somebody ended it before it was asked: the moment is known. */
    public static boolean endedByItself(Hold hold) {
        return hold.end().isBySomebody() && hold.idle().compareTo(hold.planned()) < 0;
    }

    /** How connections of this port are ended now; empty when they stand. */
    public Optional<Cut> cut() {
        List<Hold> ends = new ArrayList<>();
        for (Hold hold : holds) {
            Optional<Reaped> how = Reaped.of(hold.end());
            if (how.isEmpty()) {
                ends.removeIf(end -> ageOf(end).compareTo(ageOf(hold)) <= 0);
            } else {
                ends.removeIf(end -> !Reaped.of(end.end()).equals(how));
                ends.add(hold);
            }
        }
        Optional<Duration> youngest = ends.stream().map(HoldReading::ageOf).min(Comparator.naturalOrder());
        return youngest.map(age -> {
            List<Hold> alike = ends.stream().filter(end -> isAlike(end, age)).toList();
            return new Cut(Reaped.of(ends.get(0).end()).orElseThrow(), alike, age, stoodBelow(age));
        });
    }

    /** A timer ends what is left alone always at one age; what chance ends by itself it ends at any. */
    private static boolean isAlike(Hold end, Duration youngest) {
        Duration share = youngest.dividedBy(SHARE);
        Duration tolerance = share.compareTo(NARROW) > 0 ? share : NARROW;
        return !endedByItself(end) || end.idle().minus(youngest).compareTo(tolerance) <= 0;
    }

    private Duration stoodBelow(Duration age) {
        return holds.stream()
                .filter(hold -> hold.end() == HoldEnd.ALIVE && ageOf(hold).compareTo(age) < 0)
                .map(HoldReading::ageOf)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** A connection of this port stood at least as long, and none was ended that young since. */
    public boolean stands(Duration age) {
        boolean stood = holds.stream()
                .anyMatch(hold -> hold.end() == HoldEnd.ALIVE && ageOf(hold).compareTo(age) >= 0);
        return stood && cut().filter(cut -> cut.youngest().compareTo(age) <= 0).isEmpty();
    }

    /** The greatest age that stands. */
    public Duration oldestStanding() {
        return cut().map(Cut::oldestStood)
                .orElseGet(() -> holds.stream()
                        .filter(hold -> hold.end() == HoldEnd.ALIVE)
                        .map(HoldReading::ageOf)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }
}
