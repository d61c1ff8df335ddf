package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.HoldReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.words.HoldPeer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The house rule that a connection for push may stay quiet for half an hour. Judged once there is something to judge: a
 * finding, an end that nobody explains, or a connection that stood so long on every port that is held.
 */
final class Persistence {
    private static final String ID = "apns-persistent";

    /** Devices keep a quiet connection alive every 15 to 60 minutes; vendors ask for no less than this. */
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

    private Persistence() {}

    static Optional<Requirement> judge(SegmentReading reading, List<Finding> reaped) {
        if (!reaped.isEmpty()) {
            // Who is told at once connects anew; who is not waits for pushes until the next keep-alive.
            boolean told = reaped.stream().allMatch(f -> f.mechanism() == Mechanism.HOLD_REAPED_CLOSED);
            Verdict verdict = excused(reaped);
            return Optional.of(new Requirement(
                    reading.segment().id(),
                    ID,
                    verdict,
                    reaped.get(0).sentence(),
                    told ? Verdict.MET : Verdict.BROKEN,
                    verdict == Verdict.MET));
        }
        List<HoldReading> couriers = reading.holds().stream()
                .filter(held -> held.peer() == HoldPeer.COURIER)
                .toList();
        if (couriers.stream().anyMatch(held -> held.cut().isPresent())) {
            return Optional.of(requirement(
                    reading,
                    Verdict.INSUFFICIENT,
                    "quiet connections ended, and nothing tells yet by whom",
                    Verdict.INSUFFICIENT));
        }
        return couriers.stream()
                .map(HoldReading::oldestStanding)
                .min(Comparator.naturalOrder())
                .filter(age -> age.compareTo(LONG_ENOUGH) >= 0)
                .map(age -> requirement(
                        reading, Verdict.MET, "quiet connections stood for " + age.toMinutes() + " min", Verdict.MET));
    }

    /** Broken unless every finding is excused: met where somebody answers for all of them, else not known. */
    private static Verdict excused(List<Finding> reaped) {
        if (reaped.stream().anyMatch(f -> f.excuse().isEmpty())) {
            return Verdict.BROKEN;
        }
        return reaped.stream().flatMap(f -> f.excuse().stream()).allMatch(e -> e.kind() == Excuse.Kind.WAIVED)
                ? Verdict.MET
                : Verdict.INSUFFICIENT;
    }

    private static Requirement requirement(SegmentReading reading, Verdict verdict, String because, Verdict works) {
        return new Requirement(reading.segment().id(), ID, verdict, because, works);
    }
}
