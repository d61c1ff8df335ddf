package dev.plumbline.agent.bundle;

import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a round brings, gathered for a bundle: written when the round is over, or when the program ends before. */
public final class Recording implements RoundListener {
    private static final String BY_HAND = "the program was ended before the round was over";
    private static final SegmentId HERE = new SegmentId("here");

    private final BundleFile file;
    private final Asked asked;
    private final Plan plan;
    private final TrustAnchors anchors;
    private final Clock clock;
    private final PrintWriter err;
    private final Instant startedAt;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();

    /**
     * @param targets what is to be probed
     * @param err told what was written
     */
    public Recording(
            BundleFile file, Asked asked, List<Target> targets, TrustAnchors anchors, Clock clock, PrintWriter err) {
        this.file = file;
        this.asked = asked;
        this.plan = PlanCodec.seal(Plan.of("host", HERE, targets, Plan.Settings.DEFAULT));
        this.anchors = anchors;
        this.clock = clock;
        this.err = err;
        this.startedAt = clock.instant();
    }

    @Override
    public synchronized void observed(Observation observation, List<Evidence> newEvidence) {
        observations.add(observation);
        evidence.addAll(newEvidence);
    }

    /**
     * Until it is closed, the end of the program writes what there is, marked as cut short.
     *
     * @param environment the host's, read only when it is needed
     */
    public CutShort untilOver(long round, Supplier<Environment> environment) {
        return CutShort.by(() -> {
            try {
                cutShort(round, environment.get());
            } catch (BundleException e) {
                err.println(e.getMessage());
                err.flush();
            }
        });
    }

    void cutShort(long round, Environment environment) throws BundleException {
        Instant now = clock.instant();
        List<Observation> seen = seen();
        RoundSummary summary = new RoundSummary(
                round,
                "",
                startedAt,
                now,
                seen.stream().map(Observation::target).distinct().toList(),
                Map.of(),
                environment,
                "");
        write(summary, now, Duration.between(startedAt, now), BY_HAND);
    }

    /**
     * The round is over.
     *
     * @param closedAt when the facts were complete
     * @param elapsed from the first probe to the verdict, or to the end of the round
     */
    public void finish(RoundSummary summary, Instant closedAt, Duration elapsed) throws BundleException {
        write(summary, closedAt, elapsed, "");
    }

    private synchronized List<Observation> seen() {
        return List.copyOf(observations);
    }

    private synchronized Bundle bundle(RoundSummary summary, Instant closedAt, Duration elapsed, String cutShortBy) {
        return new Bundle(asked, plan, anchors, observations, evidence, summary, closedAt, elapsed, cutShortBy);
    }

    private void write(RoundSummary summary, Instant closedAt, Duration elapsed, String cutShortBy)
            throws BundleException {
        Bundle bundle = bundle(summary, closedAt, elapsed, cutShortBy);
        long size = file.write(bundle, clock);
        err.println(file.path() + ": " + bundle.observations().size() + " observations, "
                + bundle.evidence().size() + " pieces of evidence, "
                + String.format(Locale.ROOT, "%.1f KiB", size / 1024.0)
                + (cutShortBy.isEmpty() ? "" : "; incomplete, because " + cutShortBy));
        err.flush();
    }
}
