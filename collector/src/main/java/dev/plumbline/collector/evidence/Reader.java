package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tries of one target into points: what was reached, what was proved, what is wrong and whether that is confirmed. */
public final class Reader {
    private static final int MOST_IDLE_LINES = 16;

    private final AttemptReader attempts;
    private final NameReader names;

    public Reader(Certificates certificates, TrustAnchors anchors) {
        this.attempts = new AttemptReader(certificates, anchors);
        this.names = new NameReader();
    }

    /** A target that the agent's host did not allow to be probed in this round. */
    public TargetReading refused(AgentId agent, Target target, RoundSummary summary) {
        return TargetReading.refused(agent, target, summary.round(), summary.startedAt());
    }

    /** Reads observations of one agent, in order of tries; at least one. */
    public TargetReading read(AgentId agent, Target target, List<Observation> tries) {
        Map<String, List<PointReading>> byAddress = new LinkedHashMap<>();
        List<String> timeline = new ArrayList<>();
        Map<String, Integer> failedTries = new HashMap<>();
        for (Observation observation : tries) {
            List<PointReading> sights = sights(agent, target, observation);
            // Asked in two ways that both failed, an address failed in one try, not in two.
            Set<String> failed = new HashSet<>();
            for (PointReading sight : sights) {
                String address = sight.point().address().orElse("");
                byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(sight);
                if (sight.failed() && failed.add(address)) {
                    failedTries.merge(address, 1, Integer::sum);
                }
            }
            addLines(observation, sights, timeline);
        }
        // A name that resolved on any try is judged by its addresses.
        if (byAddress.size() > 1) {
            byAddress.remove("");
        }
        List<PointReading> points = new ArrayList<>(byAddress.size());
        boolean unsteady = false;
        for (Map.Entry<String, List<PointReading>> sights : byAddress.entrySet()) {
            points.add(merge(sights.getValue(), failedTries.getOrDefault(sights.getKey(), 0)));
            unsteady |= unsteady(sights.getValue());
        }
        Instant at = tries.get(tries.size() - 1).startedAt();
        return new TargetReading(
                target, points, proxied(agent, target, tries), at, latency(tries), unsteady, Loss.of(tries), timeline);
    }

    private List<ProxiedReading> proxied(AgentId agent, Target target, List<Observation> tries) {
        List<ProxiedReading> all = new ArrayList<>();
        for (Observation observation : tries) {
            for (Attempt attempt : observation.attempts()) {
                if (!attempt.isDirect()) {
                    PointReading sight = attempts.read(agent, target, observation, List.of(attempt));
                    ProxiedReading.of(attempt, sight).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private List<PointReading> sights(AgentId agent, Target target, Observation observation) {
        if (target.probe() == ProbeKind.NAME_ABSENT) {
            return names.absent(agent, target, observation);
        }
        if (target.probe() == ProbeKind.NAME_TEXT) {
            return names.text(agent, target, observation);
        }
        if (observation.directAttempts().isEmpty()) {
            return names.unresolved(agent, target, observation);
        }
        List<PointReading> sights = new ArrayList<>();
        for (List<Attempt> together : together(observation.directAttempts())) {
            sights.add(attempts.read(agent, target, observation, together));
        }
        return sights;
    }

    /** Attempts at one address that asked in several ways are one sight; every other attempt is one of its own. */
    private static List<List<Attempt>> together(List<Attempt> attempts) {
        List<List<Attempt>> all = new ArrayList<>(attempts.size());
        for (Attempt attempt : attempts) {
            List<Attempt> last = all.isEmpty() ? List.of() : all.get(all.size() - 1);
            boolean another = !last.isEmpty()
                    && asked(last.get(0))
                    && last.get(0).remote().equals(attempt.remote());
            if (another) {
                last.add(attempt);
            } else {
                List<Attempt> first = new ArrayList<>(1);
                first.add(attempt);
                all.add(first);
            }
        }
        return all;
    }

    private static boolean asked(Attempt attempt) {
        return attempt.exchange().filter(e -> !e.asked().isEmpty()).isPresent();
    }

    /**
     * One success outweighs failures of other tries: a rule that somebody wrote lets nothing pass, loss does. Only a failure
     * of every try counts, and it is hard when it was seen twice or proves itself.
     */
    private static PointReading merge(List<PointReading> tries, int failures) {
        PointReading best = tries.get(0);
        for (PointReading sight : tries) {
            if (rank(sight) >= rank(best)) {
                best = sight;
            }
        }
        if (!best.failed()) {
            return tries.size() == 1 ? best : best.with(path(best, tries));
        }
        boolean hard = best.symptom().provesItself() || failures >= 2;
        PointReading told = best;
        return new PointReading(
                told.point(),
                tries.stream().map(PointReading::reached).max(Layer::compareTo).orElse(Layer.NOTHING),
                false,
                told.symptom(),
                hard,
                told.symptom().isSilence() ? silent(tries) : 0,
                told.said(),
                told.issuer(),
                tries.stream().anyMatch(PointReading::neutralSurvives),
                path(told, tries),
                told.handshakes(),
                told.redirect(),
                told.witness());
    }

    private static int silent(List<PointReading> tries) {
        return (int) tries.stream().filter(p -> p.symptom().isSilence()).count();
    }

    /** Who answered is told by the try that speaks, the rest by all. */
    private static PathFacts path(PointReading told, List<PointReading> tries) {
        return tries.stream().map(PointReading::path).reduce(told.path(), PathFacts::and);
    }

    private static boolean unsteady(List<PointReading> tries) {
        return tries.size() > 1
                && tries.stream().anyMatch(p -> p.symptom().isSilence())
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

    /** A line for each address; of a whole pool those that were only connected to share one. */
    private static void addLines(Observation observation, List<PointReading> sights, List<String> lines) {
        int idle = 0;
        for (PointReading sight : sights) {
            idle += isIdle(sight) ? 1 : 0;
        }
        boolean many = idle > MOST_IDLE_LINES;
        String when = observation.startedAt() + " try " + observation.tryNumber() + " ";
        for (PointReading sight : sights) {
            if (!many || !isIdle(sight)) {
                lines.add(when + sight.point().address().orElse("(no address)") + ": " + sight.said());
            }
        }
        if (many) {
            lines.add(when + idle + " more addresses: connected, nothing more was asked of them");
        }
    }

    private static boolean isIdle(PointReading sight) {
        return sight.symptom() == Symptom.NONE && !sight.proved();
    }

    private static Duration latency(List<Observation> tries) {
        Optional<Duration> least = Optional.empty();
        for (Observation observation : tries) {
            for (Attempt attempt : observation.directAttempts()) {
                if (attempt.connect().isNone()) {
                    Duration all = attempt.handshakes().isEmpty()
                            ? attempt.connectElapsed()
                            : attempt.connectElapsed()
                                    .plus(attempt.handshakes().get(0).elapsed());
                    least = least.filter(l -> l.compareTo(all) <= 0).or(() -> Optional.of(all));
                }
            }
        }
        return least.orElse(Duration.ZERO);
    }
}
