package dev.plumbline.agent;

import dev.plumbline.agent.schedule.Assignment;
import dev.plumbline.agent.schedule.Prober;
import dev.plumbline.agent.schedule.Progress;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.Spans;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A prober whose rounds and probes are counted as they end. Of a probe it is told how it stopped, which is a fact and no verdict. */
final class MeasuredProber implements Prober {
    private static final String OK = "ok";

    private final Prober prober;
    private final Map<Probe, LongAdder> probes = new ConcurrentHashMap<>();
    private final Map<ProbeKind, Spans> probeSpans = new ConcurrentHashMap<>();
    private final Map<End, LongAdder> rounds = new ConcurrentHashMap<>();
    private final Spans roundSpans = Spans.ofRounds();

    private record Probe(ProbeKind kind, String outcome) {}

    private enum End {
        /** With a summary. */
        FINISHED,
        /** For a demand, another plan or the agent's end. */
        BROKEN_OFF,
        /** By a fault of the program. */
        FAILED
    }

    MeasuredProber(Prober prober) {
        this.prober = prober;
    }

    @Override
    public Progress progress() {
        return prober.progress();
    }

    @Override
    public CompletableFuture<RoundSummary> run(Assignment assignment, Listener listener) {
        long begun = System.nanoTime();
        CompletableFuture<RoundSummary> round = prober.run(assignment, new Counting(assignment, listener));
        round.whenComplete((summary, problem) -> {
            End end = end(problem);
            rounds.computeIfAbsent(end, e -> new LongAdder()).increment();
            if (end == End.FINISHED) {
                roundSpans.addNanos(System.nanoTime() - begun);
            }
        });
        return round;
    }

    private static End end(@Nullable Throwable problem) {
        if (problem == null) {
            return End.FINISHED;
        }
        return problem instanceof CancellationException ? End.BROKEN_OFF : End.FAILED;
    }

    private final class Counting implements Listener {
        private final Map<TargetId, ProbeKind> kinds;
        private final Listener next;

        Counting(Assignment assignment, Listener next) {
            this.kinds =
                    assignment.targets().stream().collect(Collectors.toMap(Target::id, Target::probe, (a, b) -> a));
            this.next = next;
        }

        @Override
        public void observed(Observation observation, List<Evidence> evidence) {
            ProbeKind kind = kinds.get(observation.target());
            if (kind != null) {
                probes.computeIfAbsent(new Probe(kind, outcome(observation)), p -> new LongAdder())
                        .increment();
                probeSpans.computeIfAbsent(kind, k -> Spans.ofNetwork()).add(observation.elapsed());
            }
            next.observed(observation, evidence);
        }

        @Override
        public void heard(List<Evidence> evidence) {
            next.heard(evidence);
        }

        @Override
        public void progress(int done, int total) {
            next.progress(done, total);
        }
    }

    /** {@code ok} where one address answered to the end, else the kind of the first failure. */
    static String outcome(Observation observation) {
        List<FailureKind> ends =
                observation.directAttempts().stream().map(MeasuredProber::end).toList();
        if (ends.isEmpty()) {
            return observation.lookups().stream()
                    .map(Lookup::failure)
                    .filter(failure -> !failure.isNone())
                    .findFirst()
                    .map(failure -> Words.of(failure.kind()))
                    .orElse(OK);
        }
        return ends.contains(FailureKind.NONE) ? OK : Words.of(ends.get(0));
    }

    private static FailureKind end(Attempt attempt) {
        if (attempt.connect().kind() != FailureKind.NONE) {
            return attempt.connect().kind();
        }
        List<Handshake> usual = Handshakes.of(attempt.handshakes()).usual();
        if (!usual.isEmpty() && usual.stream().noneMatch(h -> h.failure().isNone())) {
            return usual.get(0).failure().kind();
        }
        return attempt.exchange().map(e -> e.failure().kind()).orElse(FailureKind.NONE);
    }

    /** Of a segment, since the agents of one process are told apart by it. */
    void tell(Families families, String segment) {
        probes.forEach((probe, count) -> families.counter(
                "plumbline_agent_probes_total",
                "Probes by kind and by how they stopped; confirmations count like first tries.",
                count.sum(),
                "segment",
                segment,
                "kind",
                probe.kind().word(),
                "outcome",
                probe.outcome()));
        probeSpans.forEach((kind, spans) -> families.histogram(
                "plumbline_agent_probe_seconds",
                "From the beginning of a probe to its end, waiting for its turn included.",
                spans,
                "segment",
                segment,
                "kind",
                kind.word()));
        for (End end : End.values()) {
            LongAdder count = rounds.get(end);
            families.counter(
                    "plumbline_agent_rounds_total",
                    "Rounds by how they ended.",
                    count == null ? 0 : count.sum(),
                    "segment",
                    segment,
                    "end",
                    Words.of(end));
        }
        families.histogram(
                "plumbline_agent_round_seconds",
                "Length of rounds that were finished.",
                roundSpans,
                "segment",
                segment);
        Progress now = prober.progress();
        families.gauge("plumbline_agent_probes_in_flight", "Probes under way.", now.underWay(), "segment", segment);
        families.gauge(
                "plumbline_agent_probes_due",
                "Targets of the round that have not begun.",
                now.due(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_pace_wait_seconds",
                "How long one more connection would wait for its turn, by the token bucket of the round.",
                seconds(now.waiting()),
                "segment",
                segment);
    }

    private static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }
}
