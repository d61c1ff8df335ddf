package dev.plumbline.collector.round;

import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.HeardLog;
import dev.plumbline.words.AgentId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerifyNowTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(4), 1);

    private final List<String> world = new ArrayList<>();
    private Set<AgentId> connected = Set.of(WIFI_A, SRV_A);
    private final VerifyNow verifyNow = new VerifyNow(
            new Fixed(),
            TIMING,
            Clock.fixed(T0.plusMillis(3), ZoneOffset.UTC),
            (round, agents) -> world.add("expect " + round + " of " + agents.size()));

    private final class Fixed implements Connections {
        @Override
        public Set<AgentId> connected() {
            return connected;
        }

        @Override
        public void demand(String id, long round) {
            world.add("demand " + round);
        }

        @Override
        public void listen(ProgressListener listener) {}
    }

    private static final class Waiting implements VerifyNow.Watcher {
        private final List<List<VerifyNow.Progress>> progress = new ArrayList<>();
        private final List<VerifyNow.Outcome> outcomes = new ArrayList<>();
        private final List<Long> failures = new ArrayList<>();

        @Override
        public void progress(List<VerifyNow.Progress> agents) {
            progress.add(agents);
        }

        @Override
        public void ended(VerifyNow.Outcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void failed(long round) {
            failures.add(round);
        }
    }

    private static final class Broken implements VerifyNow.Watcher {
        @Override
        public void progress(List<VerifyNow.Progress> agents) {
            throw new IllegalStateException("the call is closed");
        }

        @Override
        public void ended(VerifyNow.Outcome outcome) {
            throw new IllegalStateException("the call is closed");
        }

        @Override
        public void failed(long round) {
            throw new IllegalStateException("the call is closed");
        }
    }

    private static long round() {
        return T0.toEpochMilli() + 3;
    }

    @Test
    void theRoundIsExpectedBeforeTheAgentsAreAsked() {
        verifyNow.watch(new Waiting());
        assertThat(world).containsExactly("expect " + round() + " of 2", "demand " + round());
    }

    @Test
    void whoeverBreaksKeepsNeitherTheRoundFromBeingAskedForNorTheOthersFromHearingOfIt() {
        Waiting waiting = new Waiting();
        try (HeardLog log = HeardLog.of(VerifyNow.class)) {
            verifyNow.watch(new Broken());
            assertThat(world).containsExactly("expect " + round() + " of 2", "demand " + round());
            verifyNow.watch(waiting);
            verifyNow.progress(WIFI_A, "verify-" + round(), 3, 9);
            verifyNow.closed(round(), Optional.empty());
            assertThat(log.lines())
                    .hasSize(3)
                    .containsOnly(
                            "ERROR somebody who waits for a round on demand could not be told of it with a stack");
        }
        assertThat(waiting.progress).hasSize(2);
        assertThat(waiting.outcomes).containsExactly(new VerifyNow.Outcome(round(), Duration.ZERO));
        verifyNow.watch(new Broken());
        verifyNow.watch(waiting);
        verifyNow.failed(round());
        assertThat(waiting.failures).containsExactly(round());
        connected = Set.of();
        verifyNow.watch(new Broken());
        verifyNow.watch(waiting);
        assertThat(waiting.outcomes).hasSize(2);
    }

    @Test
    void twoCallersAtOnceShareOneDemandAndBothGetTheOutcome() {
        Waiting first = new Waiting();
        Waiting second = new Waiting();
        verifyNow.watch(first);
        verifyNow.watch(second);
        assertThat(world).hasSize(2);
        verifyNow.closed(round(), Optional.empty());
        assertThat(first.outcomes).containsExactly(new VerifyNow.Outcome(round(), Duration.ZERO));
        assertThat(second.outcomes).isEqualTo(first.outcomes);
        verifyNow.watch(new Waiting());
        assertThat(world).hasSize(4);
    }

    @Test
    void progressIsToldOfTheRunningDemandOnly() {
        Waiting waiting = new Waiting();
        verifyNow.watch(waiting);
        verifyNow.progress(WIFI_A, "verify-" + round(), 3, 9);
        verifyNow.progress(SRV_A, "verify-1", 9, 9);
        assertThat(waiting.progress).hasSize(2);
        assertThat(waiting.progress.get(1))
                .containsExactly(new VerifyNow.Progress(SRV_A, 0, 0), new VerifyNow.Progress(WIFI_A, 3, 9));
    }

    @Test
    void anotherRoundThatClosesEndsNothing() {
        Waiting waiting = new Waiting();
        verifyNow.watch(waiting);
        verifyNow.closed(T0.toEpochMilli(), Optional.empty());
        assertThat(waiting.outcomes).isEmpty();
    }

    @Test
    void aRoundThatCouldNotBeJudgedIsNoOutcome() {
        Waiting waiting = new Waiting();
        verifyNow.watch(waiting);
        verifyNow.failed(round());
        assertThat(waiting.outcomes).isEmpty();
        assertThat(waiting.failures).containsExactly(round());
    }

    @Test
    void whoLeftIsToldNothingMore() {
        Waiting waiting = new Waiting();
        verifyNow.watch(waiting);
        verifyNow.leave(waiting);
        verifyNow.closed(round(), Optional.empty());
        assertThat(waiting.outcomes).isEmpty();
    }

    @Test
    void withoutAnyAgentItEndsAtOnceAndNobodyIsAsked() {
        connected = Set.of();
        Waiting waiting = new Waiting();
        verifyNow.watch(waiting);
        assertThat(waiting.outcomes).containsExactly(new VerifyNow.Outcome(0, Duration.ZERO));
        assertThat(world).isEmpty();
    }
}
