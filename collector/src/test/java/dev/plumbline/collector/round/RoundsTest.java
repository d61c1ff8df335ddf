package dev.plumbline.collector.round;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.Fact;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RoundsTest {
    private static final long EVERY = 300_000;
    private static final long R1 = T0.toEpochMilli();
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMillis(EVERY), Duration.ofSeconds(10), Duration.ofSeconds(4), 1);

    private final Rounds rounds = new Rounds(TIMING, List.of(), 0, 0);
    private long position;

    private Batch take(Rounds to, AgentId agent, long round, Instant now) {
        position++;
        return to.take(position, agent, whole(round), now, Set.of(), now);
    }

    private static Batch whole(long round) {
        return new Batch(
                new UUID(1, 1),
                1,
                "",
                List.of(observation(COURIER, round, 1), observation(COURIER, round, 2)),
                List.of(summary(round, "")),
                List.of());
    }

    private static RoundChange close(Rounds rounds, LiveRound round) {
        RoundChange change =
                rounds.change(round, verdict(round.round(), Set.of(), List.of(), List.of(), List.of()), List.of(), 1);
        rounds.closed(round);
        return change;
    }

    private static List<Long> due(Rounds rounds, Set<AgentId> finished, Instant now) {
        return rounds.due(r -> finished, now).stream().map(LiveRound::round).toList();
    }

    @Test
    void aRoundThatBeganWaitsForWhoeverIsExpected() {
        rounds.begin(R1, Set.of(), T0);
        assertThat(rounds.awaited()).as("nobody is expected").isEmpty();
        rounds.begin(R1, Set.of(WIFI_A), T0);
        rounds.begin(R1, Set.of(SRV_A), T0);
        assertThat(rounds.awaited()).containsExactly(Map.entry(R1, Set.of(WIFI_A, SRV_A)));
        assertThat(rounds.isBetween()).as("nobody has said anything yet").isTrue();
        take(rounds, WIFI_A, R1, T0);
        assertThat(rounds.isBetween()).isFalse();
    }

    @Test
    void whatIsClosedOrPastDoesNotBeginAgain() {
        take(rounds, WIFI_A, R1, T0);
        close(rounds, rounds.withFacts(R1).orElseThrow());
        assertThat(rounds.isBetween()).isTrue();
        rounds.begin(R1, Set.of(SRV_A), T0);
        assertThat(rounds.awaited()).isEmpty();
        Rounds later = new Rounds(TIMING, List.of(), R1 + EVERY, 0);
        later.begin(R1, Set.of(SRV_A), T0);
        assertThat(later.awaited()).isEmpty();
    }

    /** Of an open round without facts no journal tells: it is not lost, for there is nothing to lose. */
    @Test
    void anOpenRoundOfWhichTheJournalNoLongerTellsIsLetGo() {
        take(rounds, WIFI_A, R1, T0);
        rounds.begin(R1 + EVERY, Set.of(WIFI_A), T0);
        rounds.abandonBefore(R1 + 2 * EVERY);
        assertThat(rounds.withFacts(R1)).isEmpty();
        assertThat(rounds.awaited()).containsOnlyKeys(R1 + EVERY);
        rounds.begin(R1, Set.of(WIFI_A), T0);
        assertThat(rounds.awaited()).as("it does not begin again").containsOnlyKeys(R1 + EVERY);
    }

    @Test
    void aRoundWaitsForEveryAgentThatWasConnectedWhenItBegan() {
        rounds.begin(R1, Set.of(WIFI_A, SRV_A), T0);
        take(rounds, WIFI_A, R1, T0);
        assertThat(due(rounds, Set.of(WIFI_A), T0)).isEmpty();
        assertThat(due(rounds, Set.of(WIFI_A, SRV_A), T0)).containsExactly(R1);
        assertThat(due(rounds, Set.of(WIFI_A), T0.plusSeconds(310))).containsExactly(R1);
    }

    @Test
    void anAgentThatReportsUnannouncedIsWaitedForToo() {
        rounds.begin(R1, Set.of(WIFI_A), T0);
        take(rounds, SRV_A, R1, T0);
        assertThat(due(rounds, Set.of(WIFI_A), T0)).isEmpty();
    }

    @Test
    void lateFactsOpenTheirRoundAgainForOneGrace() {
        take(rounds, WIFI_A, R1, T0);
        close(rounds, rounds.due(r -> Set.of(WIFI_A), T0).get(0));
        assertThat(due(rounds, Set.of(WIFI_A), T0)).isEmpty();
        Instant later = T0.plusSeconds(400);
        take(rounds, SRV_A, R1, later);
        assertThat(due(rounds, Set.of(WIFI_A), later)).isEmpty();
        assertThat(due(rounds, Set.of(WIFI_A), later.plusSeconds(10))).containsExactly(R1);
        assertThat(due(rounds, Set.of(WIFI_A, SRV_A), later)).containsExactly(R1);
    }

    @Test
    void factsOfARoundThatWasLetGoAreCountedAndChangeNothing() {
        for (int i = 0; i <= Rounds.KEPT; i++) {
            long round = R1 + i * EVERY;
            Instant now = Instant.ofEpochMilli(round);
            take(rounds, WIFI_A, round, now);
            close(rounds, rounds.due(r -> Set.of(WIFI_A), now).get(0));
        }
        Batch rest = take(rounds, SRV_A, R1, T0.plusSeconds(1_500));
        assertThat(rest.observations()).isEmpty();
        assertThat(rest.summaries()).isEmpty();
        assertThat(rounds.lateFacts()).isEqualTo(3);
        assertThat(rounds.oldest()).contains(R1 + EVERY);
    }

    @Test
    void factsOfTheFutureAreCountedAndHoldNothingBack() {
        Batch rest = take(rounds, WIFI_A, R1 + 3 * EVERY, T0);
        assertThat(rest.observations()).isEmpty();
        assertThat(rounds.aheadFacts()).isEqualTo(3);
        assertThat(rounds.oldest()).isEmpty();
    }

    @Test
    void factsOlderThanTwoDaysAreLate() {
        take(rounds, WIFI_A, R1, T0.plus(Duration.ofHours(49)));
        assertThat(rounds.lateFacts()).isEqualTo(3);
    }

    @Test
    void thePositionStaysBelowTheFirstFactOfEveryRoundInMemory() {
        take(rounds, WIFI_A, R1, T0);
        take(rounds, WIFI_A, R1 + EVERY, T0.plusMillis(EVERY));
        take(rounds, SRV_A, R1 + EVERY, T0.plusMillis(EVERY));
        List<LiveRound> due = rounds.due(r -> Set.of(WIFI_A, SRV_A), T0.plusMillis(EVERY));
        RoundChange change = close(rounds, due.get(1));
        assertThat(change.position()).isZero();
        assertThat(change.round())
                .isEqualTo(new ClosedRound(R1 + EVERY, change.verdict().closedAt(), 2, 3));
    }

    @Test
    void afterARestartFactsReadAgainAreNoNewsAndLaterOnesAre() {
        Rounds again = new Rounds(TIMING, List.of(new ClosedRound(R1, T0.plusSeconds(20), 1, 1)), 0, 0);
        assertThat(take(again, WIFI_A, R1, T0.plusSeconds(30)).observations()).hasSize(2);
        assertThat(due(again, Set.of(WIFI_A), T0.plusSeconds(30))).isEmpty();
        take(again, SRV_A, R1, T0.plusSeconds(30));
        assertThat(due(again, Set.of(WIFI_A, SRV_A), T0.plusSeconds(30))).containsExactly(R1);
    }

    @Test
    void afterARestartARoundThatIsOpenStillCountsHoweverManyLaterOnesAreClosed() {
        rounds.begin(R1, Set.of(WIFI_A, SRV_A), T0);
        take(rounds, WIFI_A, R1, T0);
        List<RoundChange> changes = new ArrayList<>();
        for (int i = 1; i <= 2 * Rounds.KEPT; i++) {
            Instant now = T0.plusMillis(i);
            take(rounds, WIFI_A, R1 + i, now);
            changes.add(close(rounds, rounds.withFacts(R1 + i).orElseThrow()));
        }
        RoundChange last = changes.get(changes.size() - 1);
        assertThat(last.position()).isZero();
        assertThat(last.horizon()).isLessThanOrEqualTo(R1);
        Rounds again =
                new Rounds(TIMING, changes.stream().map(RoundChange::round).toList(), last.horizon(), last.position());
        position = 0;
        assertThat(take(again, WIFI_A, R1, T0).observations()).hasSize(2);
        assertThat(due(again, Set.of(WIFI_A, SRV_A), T0)).containsExactly(R1);
        RoundChange change = close(again, again.withFacts(R1).orElseThrow());
        assertThat(change.horizon()).as("the oldest are let go now").isEqualTo(R1 + Rounds.KEPT + 1);
    }

    @Test
    void whatWasLetGoBeforeARestartStaysSo() {
        Rounds again = new Rounds(TIMING, List.of(new ClosedRound(R1, T0, 1, 1)), R1 + 1, 0);
        assertThat(take(again, SRV_A, R1, T0).observations()).isEmpty();
        assertThat(again.oldest()).isEmpty();
    }

    @Test
    void aRoundOfWhoseClosingNothingIsLeftHoldsNothingBack() {
        take(rounds, WIFI_A, R1, T0);
        take(rounds, WIFI_A, R1 + EVERY, T0.plusMillis(EVERY));
        rounds.abandonBefore(R1 + 1);
        assertThat(rounds.oldest()).contains(R1 + EVERY);
        assertThat(take(rounds, SRV_A, R1, T0).observations()).isEmpty();
    }

    @Test
    void theLastTryIsTheFactOfTheRound() {
        take(rounds, WIFI_A, R1, T0);
        RoundChange change = close(rounds, rounds.due(r -> Set.of(WIFI_A), T0).get(0));
        assertThat(change.facts()).extracting(Fact::at).containsExactly(T0.plusMillis(2));
        assertThat(change.reports()).extracting(r -> r.agent()).containsExactly(WIFI_A);
    }

    @Test
    void aRoundThatNobodySpeaksOfIsClosedWithoutFacts() {
        rounds.begin(R1, Set.of(WIFI_A), T0);
        LiveRound silent = rounds.due(r -> Set.of(), T0.plusSeconds(310)).get(0);
        assertThat(silent.hasFacts()).isFalse();
        rounds.closed(silent);
        assertThat(rounds.oldest()).isEmpty();
    }
}
