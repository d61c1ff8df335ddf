package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.agent.time.Ticker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final int PER_SECOND = 20;

    private final HandTicker ticker = new HandTicker();

    /** A clock that is turned by hand; it begins near the point where nanoseconds wrap. */
    private static final class HandTicker implements Ticker {
        private long nanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(120);

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        void pass(long millis) {
            nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    @Test
    void eachConnectionBeginsItsShareOfASecondAfterTheOneBefore() {
        Pace pace = new Pace(ticker, PER_SECOND, 1);
        assertThat(waits(pace, 5)).containsExactly(0L, 50L, 100L, 150L, 200L);
        ticker.pass(120);
        assertThat(pace.waiting()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(130));
        assertThat(waits(pace, 1)).containsExactly(130L);
        ticker.pass(180);
        assertThat(waits(pace, 2)).containsExactly(0L, 50L);
    }

    @Test
    void afterAPauseNoMoreThanTheBurstBeginAtOnce() {
        Pace pace = new Pace(ticker, PER_SECOND, 3);
        assertThat(waits(pace, 5)).containsExactly(0L, 0L, 0L, 50L, 100L);
        ticker.pass(60_000);
        assertThat(waits(pace, 5)).containsExactly(0L, 0L, 0L, 50L, 100L);
    }

    @Test
    void noSecondSeesMoreThanTheBound() {
        Pace pace = new Pace(ticker, PER_SECOND, 1);
        List<Long> begins = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 500; i++) {
            begins.add(now + waits(pace, 1).get(0));
            long step = i % 7 == 0 ? 37 : 3;
            ticker.pass(step);
            now += step;
        }
        for (int i = 0; i + PER_SECOND < begins.size(); i++) {
            assertThat(begins.get(i + PER_SECOND) - begins.get(i)).isGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void whatAHostThatStoodStillComesToLateIsSpreadAnew() {
        Pace pace = new Pace(ticker, PER_SECOND, 1);
        assertThat(waits(pace, 4)).containsExactly(0L, 50L, 100L, 150L);
        assertThat(pace.begin()).isZero();
        ticker.pass(52);
        assertThat(pace.begin()).as("a timer that is a little late").isZero();
        ticker.pass(2_000);
        assertThat(pace.begin()).isZero();
        assertThat(TimeUnit.NANOSECONDS.toMillis(pace.begin())).isEqualTo(50);
        assertThat(TimeUnit.NANOSECONDS.toMillis(pace.begin())).isEqualTo(100);
    }

    @Test
    void withoutABoundNobodyWaitsAndABoundMayComeLater() {
        Pace pace = Pace.unbounded(ticker);
        assertThat(waits(pace, 100)).containsOnly(0L);
        pace.set(PER_SECOND, 1);
        assertThat(waits(pace, 2)).containsExactly(0L, 50L);
        assertThatThrownBy(() -> pace.set(-1, 1)).hasMessageContaining("-1/s");
    }

    @Test
    void waitsThatOverlapCountOnceAndForWhomeverTheyAreInside() {
        Waits round = new Waits(null);
        Waits one = new Waits(round);
        Waits other = new Waits(round);
        one.add(1_000, 500);
        one.add(1_000, 800);
        other.add(1_600, 400);
        other.add(5_000, 0);
        assertThat(one.sumNanos()).isEqualTo(800);
        assertThat(other.sumNanos()).isEqualTo(400);
        assertThat(round.sumNanos()).isEqualTo(1_000);
    }

    private static List<Long> waits(Pace pace, int count) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waits.add(TimeUnit.NANOSECONDS.toMillis(pace.take()));
        }
        return waits;
    }
}
