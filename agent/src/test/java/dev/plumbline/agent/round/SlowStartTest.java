package dev.plumbline.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SlowStartTest {
    private static final long STEP = Duration.ofMillis(100).toNanos();

    private final SlowStart slowStart = new SlowStart(0);

    @Test
    void silenceAloneNeverHoldsBackSoThatADeadSegmentIsJudgedAtOnce() {
        steps(1, 3);
        assertThat(slowStart.limit()).isGreaterThan(150);
    }

    @Test
    void quickAnswersLetItOpenUp() {
        answers(20, 10);
        steps(1, 2);
        assertThat(slowStart.limit()).isEqualTo(4 * SlowStart.INITIAL);
    }

    @Test
    void answersThatGrowMuchSlowerThanTheBestHoldItBack() {
        answers(1, 20);
        answers(12, 900);
        steps(1, 1);
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL / 2);
    }

    @Test
    void aSlowButSteadyPathIsNoCongestion() {
        answers(20, 300);
        steps(1, 1);
        assertThat(slowStart.limit()).isEqualTo(2 * SlowStart.INITIAL);
    }

    @Test
    void itOpensAgainWhenTheJamIsOver() {
        answers(1, 20);
        answers(12, 900);
        steps(1, 1);
        answers(12, 25);
        steps(2, 1);
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL);
    }

    @Test
    void handshakesThatQueueBehindASlowBoxHoldItBack() {
        secured(1, 20);
        secured(12, 1500);
        steps(1, 1);
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL / 2);
    }

    @Test
    void hostsAtDifferentDistancesAreNoQueue() {
        secured(1, 20);
        secured(12, 250);
        steps(1, 1);
        assertThat(slowStart.limit()).isEqualTo(2 * SlowStart.INITIAL);
    }

    @Test
    void aHostWithoutProcessorTimeHoldsItBack() {
        slowStart.tick(STEP, Duration.ofMillis(200), true);
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL / 2);
    }

    @Test
    void whatIsNotMadeUseOfDoesNotGrow() {
        for (int step = 1; step < 40; step++) {
            slowStart.tick(step * STEP, Duration.ZERO, false);
        }
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL);
    }

    @Test
    void anotherPassBeginsAsTheFirstDidAndNoWider() {
        steps(1, 4);
        slowStart.again();
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL);
        slowStart.tick(5 * STEP, Duration.ofMillis(200), true);
        slowStart.again();
        assertThat(slowStart.limit()).isEqualTo(SlowStart.INITIAL / 2);
    }

    @Test
    void itNeverStopsEntirely() {
        answers(1, 20);
        for (int step = 1; step < 20; step++) {
            answers(12, 2000);
            steps(step, 1);
        }
        assertThat(slowStart.limit()).isPositive();
    }

    private void answers(int count, int millis) {
        for (int i = 0; i < count; i++) {
            slowStart.connected(Duration.ofMillis(millis));
        }
    }

    private void secured(int count, int millis) {
        for (int i = 0; i < count; i++) {
            slowStart.secured(Duration.ofMillis(millis));
        }
    }

    private void steps(int from, int count) {
        for (int step = from; step < from + count; step++) {
            slowStart.tick(step * STEP, Duration.ZERO, true);
        }
    }
}
