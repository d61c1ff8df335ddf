package dev.plumbline.collector.judge;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How many observations a second one core takes in and judges: a whole round of five segments, from the batches to the verdict
 * with its findings, cells and requirements. {@link #main} prints the table.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC", "-Xmx512m"})
public class JudgeBenchmark {
    private static final Set<String> SEGMENTS = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final long PERIOD_MILLIS = 60_000;

    @Param({
        "",
        "wifi:silent tcp/5223",
        "wifi:foreign tcp/443",
        "wifi:silent all@apple",
        "wifi:silent tcp/5223; guest:foreign tcp/443; srv:dns-nxdomain all",
        "everywhere:silent tcp/5223"
    })
    public String faults = "";

    private Scene scene = scene();
    private Map<AgentId, Batch> batches = Map.of();
    private SiteJudge judge = scene.judge();
    private long round = Scene.ROUND;
    private final Map<AgentId, Batch> next = new HashMap<>();

    private Scene scene() {
        return new Scene(new TestPki(), SEGMENTS, Scene.Fault.all(faults));
    }

    /** The scene and what its agents report. */
    @Setup
    public void draw() {
        scene = scene();
        batches = scene.batches();
        judge = scene.judge();
        round = Scene.ROUND;
    }

    /** The same facts in a later round. */
    @Setup(Level.Invocation)
    public void begin() {
        judge.forgetBefore(round + 1);
        round += PERIOD_MILLIS;
        batches.forEach((agent, batch) -> next.put(agent, Rehearsed.inRound(batch, round)));
    }

    int observations() {
        return batches.values().stream().mapToInt(b -> b.observations().size()).sum();
    }

    /** One round by a judge that has seen others before, as a collector's has but for its first. */
    @Benchmark
    public RoundVerdict round() {
        next.forEach(judge::accept);
        return judge.judge(round, Instant.ofEpochMilli(round).plusSeconds(30));
    }

    /** Runs it and prints one line for each scene. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(JudgeBenchmark.class.getName())
                        .build())
                .run();
        System.out.printf("%n%-70s %12s %10s %8s %16s%n", "faults", "observations", "ms", "+-", "observations/s");
        for (RunResult result : results) {
            JudgeBenchmark one = new JudgeBenchmark();
            one.faults = result.getParams().getParam("faults");
            one.draw();
            double millis = result.getPrimaryResult().getScore();
            System.out.printf(
                    Locale.ROOT,
                    "%-70s %12d %10.2f %8.2f %,16.0f%n",
                    one.faults.isEmpty() ? "(none)" : one.faults,
                    one.observations(),
                    millis,
                    result.getPrimaryResult().getScoreError(),
                    one.observations() * 1000 / millis);
        }
    }
}
