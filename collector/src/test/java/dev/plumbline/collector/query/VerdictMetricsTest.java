package dev.plumbline.collector.query;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.ConnectedAgents;
import dev.plumbline.collector.Sites;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.words.SegmentId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of verdicts and latencies, and how much of it. */
final class VerdictMetricsTest {
    private static final long ROUND = T0.toEpochMilli();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Catalog CATALOG = Catalog.builtIn();

    @TempDir
    Path folder;

    private SqliteStore store;
    private final ConnectedAgents connected = new ConnectedAgents(WIFI_A);

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(folder.resolve("store.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Segment segment(SegmentId id) {
        return new Segment(id, "", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), id.value());
    }

    private static Declared declared(List<SegmentId> segments) {
        Site site = Sites.of(segments.stream().map(VerdictMetricsTest::segment).toArray(Segment[]::new));
        Map<SegmentId, Plan> plans = new HashMap<>();
        Plan first = Planner.plan(CATALOG, site, site.segments().get(0), Plan.Settings.DEFAULT);
        segments.forEach(s -> plans.put(s, first));
        return new Declared(CATALOG, site, plans);
    }

    private static String page(MetricSource source) {
        try (ProgramMetrics metrics = new ProgramMetrics("test", "1", List.of(source))) {
            return new String(metrics.page("").body(), StandardCharsets.UTF_8);
        }
    }

    private String told(Instant now) {
        return page(new VerdictMetrics(
                () -> declared(List.of(SRV, WIFI)), store, connected, PATIENCE, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private void judged(Verdict verdict, Optional<Instant> closed) {
        store.apply(new RoundChange(
                verdict(
                        ROUND,
                        Set.of(WIFI),
                        List.of(cell(WIFI, COURIER, State.BLOCKED, ROUND)),
                        List.of(),
                        List.of(
                                requirement(WIFI, "apns-device-direct", verdict),
                                requirement(WIFI, "no-interception", Verdict.INSUFFICIENT))),
                List.of(new Incident("i1", drop(WIFI), T0, closed, ROUND)),
                List.of(),
                List.of(),
                new ClosedRound(ROUND, T0, 1, 1),
                0,
                0,
                0));
    }

    @Test
    void aBrokenRequirementIsZeroWithTheOtherAnswerBesideIt() {
        judged(Verdict.BROKEN, Optional.empty());
        assertThat(told(T0.plusSeconds(60)))
                .contains("plumbline_requirement_met{requirement=\"apns-device-direct\",segment=\"wifi\"} 0.0\n")
                .contains(
                        "plumbline_requirement_still_works{requirement=\"apns-device-direct\",segment=\"wifi\"} 1.0\n")
                .contains(
                        "plumbline_requirement_insufficient{requirement=\"apns-device-direct\",segment=\"wifi\"} 0.0\n")
                .contains(
                        "plumbline_finding_open{cause=\"tcp.drop\",excused=\"false\",segment=\"wifi\",severity=\"violation\"} 1.0\n")
                .contains("plumbline_segment_silent{segment=\"wifi\"} 0.0\n")
                .contains("plumbline_segment_latest_round_timestamp_seconds{segment=\"wifi\"} "
                        + (double) T0.getEpochSecond() + "\n");
    }

    @Test
    void whatIsNotKnownIsNeitherMetNorBroken() {
        judged(Verdict.MET, Optional.of(T0));
        assertThat(told(T0.plusSeconds(60)))
                .contains("plumbline_requirement_met{requirement=\"apns-device-direct\",segment=\"wifi\"} 1.0\n")
                .contains("plumbline_requirement_insufficient{requirement=\"no-interception\",segment=\"wifi\"} 1.0\n")
                .doesNotContain("plumbline_requirement_met{requirement=\"no-interception\"")
                .doesNotContain("plumbline_finding_open{");
    }

    @Test
    void aSegmentThatNobodyLooksAtIsSilentAndMeetsNothing() {
        judged(Verdict.MET, Optional.empty());
        String later = told(T0.plus(PATIENCE).plusSeconds(1));
        connected.become();
        for (String silent : List.of(later, told(T0.plusSeconds(60)))) {
            assertThat(silent)
                    .contains("plumbline_segment_silent{segment=\"wifi\"} 1.0\n")
                    .contains("plumbline_segment_silent{segment=\"srv\"} 1.0\n")
                    .contains(
                            "plumbline_requirement_insufficient{requirement=\"apns-device-direct\",segment=\"wifi\"} 1.0\n")
                    .contains(
                            "plumbline_requirement_insufficient{requirement=\"apns-device-direct\",segment=\"srv\"} 1.0\n")
                    .doesNotContain("plumbline_requirement_met{");
        }
    }

    @Test
    void aChangeOfTheStoreIsToldAtTheNextQuestion() {
        MetricSource source = new VerdictMetrics(
                () -> declared(List.of(WIFI)), store, connected, PATIENCE, Clock.fixed(T0, ZoneOffset.UTC));
        judged(Verdict.MET, Optional.of(T0));
        assertThat(page(source))
                .contains("plumbline_requirement_met{requirement=\"apns-device-direct\",segment=\"wifi\"} 1.0\n");
        judged(Verdict.BROKEN, Optional.empty());
        assertThat(page(source))
                .contains("plumbline_requirement_met{requirement=\"apns-device-direct\",segment=\"wifi\"} 0.0\n");
    }

    @Test
    void latenciesAreCountedOnceForEachRoundAndSegment() {
        LatencyMetrics latencies = new LatencyMetrics(() -> declared(List.of(WIFI)), Set::of);
        Cell courier = cell(WIFI, COURIER, State.OK, ROUND);
        latencies.closed(ROUND, Optional.of(verdict(ROUND, Set.of(WIFI), List.of(courier), List.of(), List.of())));
        // Late facts: the round is judged again.
        latencies.closed(ROUND, Optional.of(verdict(ROUND, Set.of(WIFI), List.of(courier), List.of(), List.of())));
        // A segment that was not heard shows what it showed before.
        latencies.closed(ROUND + 1, Optional.of(verdict(ROUND + 1, Set.of(), List.of(courier), List.of(), List.of())));
        assertThat(page(latencies))
                .contains("plumbline_target_latency_seconds_count{segment=\"wifi\",service=\"apns\"} 1\n")
                .contains("plumbline_target_latency_seconds_sum{segment=\"wifi\",service=\"apns\"} 0.012345\n")
                .contains("plumbline_target_latency_seconds_bucket{segment=\"wifi\",service=\"apns\",le=\"0.01\"} 0\n")
                .contains("plumbline_target_latency_seconds_bucket{segment=\"wifi\",service=\"apns\",le=\"0.03\"} 1\n")
                .contains("plumbline_targets{segment=\"wifi\",state=\"ok\"} 1.0\n");
    }

    /** As an agent sends it whose plan asks for an hour between two tries. */
    @Test
    void aFactThatIsUsedAgainInLaterRoundsWasMeasuredOnce() {
        LatencyMetrics latencies = new LatencyMetrics(() -> declared(List.of(WIFI)), Set::of);
        Cell first = cell(WIFI, COURIER, State.OK, ROUND);
        for (long later : List.of(0, 1, 2)) {
            long round = ROUND + later * 300_000;
            latencies.closed(round, Optional.of(verdict(round, Set.of(WIFI), List.of(first), List.of(), List.of())));
        }
        assertThat(page(latencies))
                .contains("plumbline_target_latency_seconds_count{segment=\"wifi\",service=\"apns\"} 1\n");
        long next = ROUND + 900_000;
        Cell again = cell(WIFI, COURIER, State.OK, next);
        latencies.closed(next, Optional.of(verdict(next, Set.of(WIFI), List.of(again), List.of(), List.of())));
        assertThat(page(latencies))
                .contains("plumbline_target_latency_seconds_count{segment=\"wifi\",service=\"apns\"} 2\n");
    }

    @Test
    void ofASilentSegmentNoTargetHasAState() {
        judged(Verdict.MET, Optional.empty());
        VerdictMetrics verdicts = new VerdictMetrics(
                () -> declared(List.of(WIFI)), store, connected, PATIENCE, Clock.fixed(T0, ZoneOffset.UTC));
        LatencyMetrics latencies = new LatencyMetrics(() -> declared(List.of(WIFI)), verdicts::silent);
        Cell courier = cell(WIFI, COURIER, State.OK, ROUND);
        latencies.closed(ROUND, Optional.of(verdict(ROUND, Set.of(WIFI), List.of(courier), List.of(), List.of())));
        assertThat(page(latencies)).contains("plumbline_targets{segment=\"wifi\",state=\"ok\"} 1.0\n");
        connected.become();
        assertThat(page(latencies))
                .contains("plumbline_target_latency_seconds_count{")
                .doesNotContain("plumbline_targets{");
    }

    @Test
    void ofASegmentThatIsGoneNothingIsTold() {
        List<SegmentId> segments = new ArrayList<>(List.of(WIFI, SRV));
        LatencyMetrics latencies = new LatencyMetrics(() -> declared(segments), Set::of);
        latencies.closed(
                ROUND,
                Optional.of(verdict(
                        ROUND,
                        Set.of(WIFI, SRV),
                        List.of(cell(WIFI, COURIER, State.OK, ROUND), cell(SRV, COURIER, State.OK, ROUND)),
                        List.of(),
                        List.of())));
        segments.remove(SRV);
        latencies.turned();
        assertThat(page(latencies)).contains("segment=\"wifi\"").doesNotContain("segment=\"srv\"");
    }

    /** 200 segments of all targets of the catalog: series by service, a small part of what cells would be. */
    @Test
    void thereIsNoSeriesForEachCell() {
        List<SegmentId> segments = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            segments.add(new SegmentId("s" + i));
        }
        Declared declared = declared(segments);
        List<Cell> cells = new ArrayList<>();
        Set<String> services = new TreeSet<>();
        for (Segment segment : declared.site().segments()) {
            declared.targets(segment).forEach(t -> {
                cells.add(cell(segment.id(), t.id(), State.OK, ROUND));
                services.add(declared.service(t.id()));
            });
        }
        LatencyMetrics latencies = new LatencyMetrics(() -> declared, Set::of);
        latencies.closed(ROUND, Optional.of(verdict(ROUND, Set.copyOf(segments), cells, List.of(), List.of())));
        String page = page(latencies);
        assertThat(cells).hasSizeGreaterThan(200 * 150);
        assertThat(page.lines().filter(l -> l.startsWith("plumbline_target_latency_seconds_count")))
                .hasSize(200 * services.size());
        assertThat(page.lines().filter(l -> l.startsWith("plumbline_")))
                .hasSizeLessThan(200 * services.size() * 9 + 300);
        assertThat(page.length()).isLessThan(8 << 20);
    }
}
