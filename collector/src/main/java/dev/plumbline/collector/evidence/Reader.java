package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tries of one target into points: what was reached, what was proved, what is wrong and whether that is confirmed. */
public final class Reader {
    private final AttemptReader attempts;
    private final NameReader names;

    public Reader(Certificates certificates, TrustAnchors anchors) {
        this.attempts = new AttemptReader(certificates, anchors);
        this.names = new NameReader();
    }

    /** Reads observations of one agent, in order of tries; at least one. */
    public TargetReading read(AgentId agent, Target target, List<Observation> tries) {
        Map<String, List<PointReading>> byAddress = new LinkedHashMap<>();
        List<String> timeline = new ArrayList<>();
        for (Observation observation : tries) {
            for (PointReading sight : sights(agent, target, observation)) {
                byAddress
                        .computeIfAbsent(sight.point().address().orElse(""), a -> new ArrayList<>())
                        .add(sight);
                timeline.add(line(observation, sight));
            }
        }
        // A name that resolved on any try is judged by its addresses.
        if (byAddress.size() > 1) {
            byAddress.remove("");
        }
        List<PointReading> points =
                byAddress.values().stream().map(Reader::merge).toList();
        Instant at = tries.get(tries.size() - 1).startedAt();
        boolean unsteady = byAddress.values().stream().anyMatch(Reader::unsteady);
        return new TargetReading(target, points, at, latency(tries), unsteady, timeline);
    }

    private List<PointReading> sights(AgentId agent, Target target, Observation observation) {
        if (target.probe() == ProbeKind.NAME_ABSENT) {
            return names.absent(agent, target, observation);
        }
        if (observation.directAttempts().isEmpty()) {
            return names.unresolved(agent, target, observation);
        }
        List<PointReading> sights = new ArrayList<>();
        for (Attempt attempt : observation.directAttempts()) {
            sights.add(attempts.read(agent, target, observation, attempt));
        }
        return sights;
    }

    /**
     * One success outweighs failures of other tries: a rule that somebody wrote lets nothing pass, loss does. Only a failure
     * of every try counts, and it is hard when it was seen twice or proves itself.
     */
    private static PointReading merge(List<PointReading> tries) {
        PointReading best = tries.get(0);
        for (PointReading sight : tries) {
            if (rank(sight) >= rank(best)) {
                best = sight;
            }
        }
        if (!best.failed()) {
            return best;
        }
        long failures = tries.stream().filter(PointReading::failed).count();
        boolean hard = best.symptom().provesItself() || failures >= 2;
        PointReading told = best;
        return new PointReading(
                told.point(),
                tries.stream().map(PointReading::reached).max(Layer::compareTo).orElse(Layer.NOTHING),
                false,
                told.symptom(),
                hard,
                told.said(),
                told.issuer(),
                tries.stream().anyMatch(PointReading::neutralSurvives),
                told.whoAnswered(),
                told.handshakes(),
                told.redirect(),
                told.witness());
    }

    private static boolean unsteady(List<PointReading> tries) {
        return tries.stream().anyMatch(p -> p.symptom().isSilence())
                && tries.stream().anyMatch(PointReading::proved);
    }

    /** Proved > clean so far > failed (the deeper the better) > no evidence. */
    private static int rank(PointReading sight) {
        if (sight.proved()) {
            return 100;
        }
        return switch (sight.symptom()) {
            case NONE -> 50;
            case NO_EVIDENCE -> 0;
            default -> 10 + sight.reached().depth();
        };
    }

    private static String line(Observation observation, PointReading sight) {
        return observation.startedAt() + " try " + observation.tryNumber() + " "
                + sight.point().address().orElse("(no address)") + ": " + sight.said();
    }

    private static Duration latency(List<Observation> tries) {
        return tries.stream()
                .flatMap(o -> o.directAttempts().stream())
                .filter(a -> a.connect().isNone())
                .map(a -> a.handshakes().isEmpty()
                        ? a.connectElapsed()
                        : a.connectElapsed().plus(a.handshakes().get(0).elapsed()))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
