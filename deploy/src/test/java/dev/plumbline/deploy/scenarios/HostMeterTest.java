package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostMeterTest {
    private static HostMeter.CpuTicks ticks(String line) throws IOException {
        return HostMeter.CpuTicks.parse(List.of(line, "cpu0 1 2 3"));
    }

    @Test
    void whatWasTakenIsAShareOfAllTicksAndGuestsAreNotCountedTwice() throws IOException {
        HostMeter.CpuTicks before = ticks("cpu  100 0 50 850 0 0 0 0 40 0");
        HostMeter.CpuTicks after = ticks("cpu  130 0 60 880 0 0 0 30 60 0");
        assertThat(before.all()).isEqualTo(1000);
        assertThat(after.takenSince(before)).isEqualTo(0.3);
    }

    @Test
    void noTimeIsNothingTaken() throws IOException {
        HostMeter.CpuTicks ticks = ticks("cpu  100 0 50 850 0 0 0 7 0 0");
        assertThat(ticks.takenSince(ticks)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cpu 1 2 3", "cpu0 100 0 50 850 0 0 0 0 40 0", "cpu  a 0 50 850 0 0 0 0 40 0"})
    void whatIsNoSuchLineIsRefused(String line) {
        assertThatThrownBy(() -> ticks(line)).isInstanceOf(IOException.class).hasMessageContaining("/proc/stat");
    }

    @Test
    void aLapKeepsTheWorstAndTheNextBeginsAnew() {
        HostMeter meter = new HostMeter();
        meter.stoodStill(700_000_000);
        meter.stoodStill(300_000_000);
        meter.stoodStill(-5);
        assertThat(meter.lap()).isEqualTo(new Strain(Duration.ofMillis(700), 0));
        assertThat(meter.lap()).isEqualTo(Strain.NONE);
    }

    @Test
    void aThreadThatIsNeverQuiteOnTimeIsSeenToBeLate() {
        try (HostMeter meter = HostMeter.start()) {
            Strain worst = Strain.NONE;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (worst.stoodStill().isZero() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
                worst = meter.lap();
            }
            assertThat(worst.stoodStill()).isPositive();
        }
    }
}
