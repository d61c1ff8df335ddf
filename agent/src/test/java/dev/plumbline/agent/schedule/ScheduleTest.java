package dev.plumbline.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.spool.Facts;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.spool.StoredBatch;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.clock.SetClock;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.Surroundings.ClockOffset;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    Path folder;

    private final BlockingQueue<Begun> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final SetClock clock = SetClock.at(NOW);
    private SqliteSpool spool;
    private Schedule schedule;

    private record Begun(Assignment assignment, CompletableFuture<RoundSummary> round) {}

    @BeforeEach
    void start() throws Exception {
        spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC());
        Prober prober = (assignment, listener) -> {
            listener.observed(observation(rounds.getAndIncrement(), assignment.round()), List.of());
            CompletableFuture<RoundSummary> round = new CompletableFuture<>();
            begun.add(new Begun(assignment, round));
            return round;
        };
        schedule = new Schedule(prober, spool, clock, Optional.empty(), Policy.STANDARD);
        schedule.start();
    }

    @AfterEach
    void stop() {
        schedule.close();
        spool.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000000,PT1M,1699999980000",
        "1700000040000,PT1M,1700000040000",
        "1700000000000,PT5M,1699999800000"
    })
    void aRoundIsNamedByTheBeginningOfItsSlot(long now, Duration round, long slot) {
        assertThat(Slots.slotAt(now, round)).isEqualTo(slot);
    }

    @Test
    void jitterStaysSmallAgainstTheRound() {
        assertThat(Slots.jitter(Duration.ofSeconds(60), 1)).isEqualTo(Duration.ofSeconds(3));
        assertThat(Slots.jitter(Duration.ofHours(1), 1)).isEqualTo(Duration.ofSeconds(15));
        assertThat(Slots.jitter(Duration.ofHours(1), 0)).isZero();
    }

    @Test
    void aTargetWithinItsMinimumIntervalIsSkippedWithTheReason() {
        Plan plan = plan(Duration.ofHours(1), target("a", 60), target("b", 0), target("c", 60));
        Map<TargetId, Instant> last = Map.of(
                new TargetId("a"), NOW.minusSeconds(59),
                new TargetId("b"), NOW,
                new TargetId("c"), NOW.minusSeconds(60));
        Assignment assignment = Intervals.assign(plan, 1, "d", last, NOW, Policy.STANDARD);
        assertThat(assignment.skipped()).isEqualTo(Map.of(new TargetId("a"), SkipReason.TOO_SOON));
        assertThat(assignment.targets()).extracting(t -> t.id().value()).containsExactly("b", "c");
    }

    @Test
    void aClockThatWasSetBackSilencesNoTarget() {
        Plan plan = plan(Duration.ofHours(1), target("a", 3600));
        assertThat(Intervals.assign(plan, 1, "", Map.of(new TargetId("a"), NOW.plusSeconds(900)), NOW, Policy.STANDARD)
                        .skipped())
                .isEmpty();
    }

    @Test
    void theFirstRoundBeginsAtOnceUnderTheSlotsNumberAndEndsInTheSpool() throws Exception {
        Plan plan = plan(Duration.ofHours(1), target("a", 0));
        schedule.plan(plan);
        Begun first = next();
        assertThat(first.assignment.round()).isEqualTo(1_699_999_200_000L);
        assertThat(first.assignment.isOnDemand()).isFalse();
        finish(first);
        schedule.close();
        spool.close();
        spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC());
        assertThat(summaries()).extracting(RoundSummary::round).containsExactly(first.assignment.round());
        assertThat(begun).isEmpty();
    }

    @Test
    void aDemandTakesThePlaceOfAScheduledRoundAndOneDemandFollowsAnother() throws Exception {
        schedule.plan(plan(Duration.ofHours(1), target("a", 0)));
        Begun scheduled = next();
        schedule.demand("d1", 4711);
        Begun first = next();
        assertThat(scheduled.round).isCancelled();
        assertThat(first.assignment.demand()).isEqualTo("d1");
        assertThat(first.assignment.round()).isEqualTo(4711);
        schedule.demand("d2", 4712);
        assertThat(first.round).isNotDone();
        finish(first);
        Begun second = next();
        assertThat(second.assignment.demand()).isEqualTo("d2");
        finish(second);
    }

    @Test
    void whatMayNotBeProbedAgainYetIsReportedWithWhatWasLastSeen() throws Exception {
        schedule.plan(plan(Duration.ofHours(1), target("t0", 3600), target("never", 3600)));
        next(); // the prober saw t0 in it, and did not come to the other
        schedule.demand("d1", 4711);
        Begun demanded = next();
        assertThat(demanded.assignment.skipped()).containsOnlyKeys(new TargetId("t0"));
        assertThat(demanded.assignment.targets())
                .extracting(t -> t.id().value())
                .containsExactly("never");
        finish(demanded);
        schedule.close();
        spool.close();
        spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC());
        assertThat(observations())
                .filteredOn(o -> o.round() == 4711 && o.target().equals(new TargetId("t0")))
                .singleElement()
                .satisfies(o ->
                        assertThat(o.startedAt()).isEqualTo(Facts.observation(0).startedAt()));
    }

    @Test
    void aRoundThatFailsDoesNotEndTheMeasuring() throws Exception {
        schedule.plan(plan(Duration.ofHours(1), target("a", 0)));
        next().round.completeExceptionally(new IllegalStateException("a bug"));
        schedule.demand("d1", 4711);
        finish(next());
    }

    @Test
    void roundsFollowTheClock() throws Exception {
        Duration slot = Duration.ofMinutes(5);
        schedule.plan(plan(slot, target("a", 0)));
        Begun first = next();
        finish(first);
        clock.advance(slot.multipliedBy(2));
        schedule.plan(plan(slot, target("a", 0)));
        Begun second = next();
        assertThat(second.assignment.round()).isGreaterThan(first.assignment.round());
        assertThat(second.assignment.round() % slot.toMillis()).isZero();
        finish(second);
    }

    @Test
    void aClockThatIsSetBackByAMomentMakesNoRoundTwice() throws Exception {
        Duration slot = Duration.ofMinutes(5);
        clock.advance(Duration.ofSeconds(100)); // where a slot begins
        schedule.plan(plan(slot, target("a", 0)));
        Begun first = next();
        finish(first);
        clock.advance(Duration.ofSeconds(-2));
        schedule.plan(plan(slot, target("a", 0)));
        clock.advance(slot.plusSeconds(20));
        schedule.plan(plan(slot, target("a", 0)));
        Begun second = next();
        assertThat(second.assignment.round()).isEqualTo(first.assignment.round() + slot.toMillis());
        finish(second);
    }

    @ParameterizedTest
    @CsvSource({"PT2H", "PT-2H"})
    void aRoundOfAWrongClockIsBegunAnewUnderItsRightNumber(Duration wrong) throws Exception {
        Duration slot = Duration.ofMinutes(5);
        schedule.plan(plan(slot, target("a", 0)));
        Begun first = next();
        clock.advance(wrong);
        schedule.clock(new ClockOffset(wrong, Duration.ZERO, NOW));
        Begun second = next();
        assertThat(first.round).isCancelled();
        assertThat(second.assignment.round() - first.assignment.round()).isEqualTo(wrong.toMillis());
        finish(second);
    }

    private Begun next() throws InterruptedException {
        Begun next = begun.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static void finish(Begun begun) {
        begun.round.complete(Facts.summary(
                begun.assignment.plan().hash(), begun.assignment.round(), begun.assignment.demand(), List.of()));
    }

    private static Observation observation(int number, long round) {
        Observation some = Facts.observation(number);
        return new Observation(
                some.target(),
                round,
                some.tryNumber(),
                some.startedAt(),
                some.elapsed(),
                some.lookups(),
                some.attempts(),
                some.loopLag());
    }

    private List<Observation> observations() throws Exception {
        List<Observation> observations = new ArrayList<>();
        for (StoredBatch stored : spool.after(0, 100)) {
            observations.addAll(BatchCodec.parse(stored.message().toArray()).observations());
        }
        return observations;
    }

    private List<RoundSummary> summaries() throws Exception {
        List<RoundSummary> summaries = new ArrayList<>();
        for (StoredBatch stored : spool.after(0, 100)) {
            summaries.addAll(BatchCodec.parse(stored.message().toArray()).summaries());
        }
        return summaries;
    }

    private static Plan plan(Duration round, Target... targets) {
        return PlanCodec.seal(Plan.of(
                "campus",
                new SegmentId("wifi"),
                List.of(targets),
                new Plan.Settings(round, Duration.ofSeconds(4), 1, 20)));
    }

    private static Target target(String id, long seconds) {
        return new Target(
                new TargetId(id),
                "a.example",
                0,
                80,
                Transport.TCP,
                ProbeKind.HTTP,
                "a.example",
                IdentityClass.NONE,
                List.of(),
                "/",
                Set.of(),
                Set.of(),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ofSeconds(seconds),
                List.of());
    }
}
