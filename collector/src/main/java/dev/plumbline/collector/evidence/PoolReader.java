package dev.plumbline.collector.evidence;

import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads which names and addresses of a pool one segment saw, reached and proved in one round. Pure. */
public final class PoolReader {
    private PoolReader() {}

    /** @param target one with a pool */
    public static List<PoolSight> read(SegmentReading segment, TargetReading target, List<Observation> tries) {
        Map<String, Reach> addresses = new HashMap<>();
        for (PointReading point : target.points()) {
            point.point().address().ifPresent(address -> addresses.put(address, reach(point)));
        }
        Map<String, Reach> names = new TreeMap<>();
        Map<String, Reach> pool = new TreeMap<>();
        for (Observation observation : tries) {
            for (Lookup lookup : observation.lookups()) {
                for (Lookup.Answer answer : lookup.answers()) {
                    Reach reach = addresses.getOrDefault(answer.data(), Reach.SEEN);
                    names.merge(lookup.name(), reach, PoolReader::further);
                    pool.merge(answer.data(), reach, PoolReader::further);
                }
            }
        }
        List<PoolSight> sights = new ArrayList<>();
        names.forEach((name, reach) -> sights.add(sight(segment, target, name, false, reach)));
        pool.forEach((address, reach) -> sights.add(sight(segment, target, address, true, reach)));
        return sights;
    }

    private enum Reach {
        SEEN,
        CONNECTED,
        PROVED
    }

    private static Reach reach(PointReading point) {
        if (point.proved()) {
            return Reach.PROVED;
        }
        return point.reached().atLeast(Layer.CONNECTED) ? Reach.CONNECTED : Reach.SEEN;
    }

    private static Reach further(Reach a, Reach b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static PoolSight sight(
            SegmentReading segment, TargetReading target, String member, boolean address, Reach reach) {
        Instant at = target.observedAt();
        return new PoolSight(
                segment.segment().id(),
                target.target().id(),
                member,
                address,
                at,
                reach == Reach.SEEN ? Optional.empty() : Optional.of(at),
                reach == Reach.PROVED ? Optional.of(at) : Optional.empty());
    }
}
