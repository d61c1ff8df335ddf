package dev.plumbline.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Surroundings.ClockOffset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamPartsTest {
    @ParameterizedTest
    @CsvSource({"1,200", "2,400", "4,1600", "8,25600", "9,30000", "1000,30000"})
    void theWaitIsAnythingUpToASpanThatDoublesToHalfAMinute(int failures, long span) {
        assertThat(BackOff.after(failures, 0)).isEqualTo(BackOff.LEAST);
        assertThat(BackOff.after(failures, 0.5).toMillis()).isEqualTo(span / 2);
        assertThat(BackOff.after(failures, 1).toMillis()).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.1", "192.0.2.1:", ":50051", "2001:db8::1:50051", "a:0", "a:70000", "a b:1"})
    void anAddressThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> CollectorAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlanIsKeptAndADamagedOneIsNotUsed(@TempDir Path folder) throws Exception {
        Plan plan = PlanCodec.seal(Plan.of(
                "campus",
                new SegmentId("wifi"),
                List.of(),
                new Plan.Settings(Duration.ofMinutes(1), Duration.ofSeconds(4), 1, 20)));
        PlanFile file = new PlanFile(folder);
        assertThat(file.read()).isEmpty();
        file.write(PlanCodec.encode(plan));
        assertThat(new PlanFile(folder).read()).contains(plan);
        byte[] bytes = Files.readAllBytes(folder.resolve("plan.pb"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve("plan.pb"), bytes);
        assertThat(file.read()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "100,100,450,50,400",
        "100,100,-950,50,-1000",
        "0,0,0,0,0",
        // The host's clock was set by an hour between question and answer: the answer is held against the new one.
        "100,3600100,450,50,-3599600"
    })
    void theOtherClockIsReadInTheMiddleOfTheRoundTrip(
            long took, long received, long collector, long bound, long offset) {
        Instant zero = Instant.parse("2026-11-22T02:00:00Z");
        assertThat(RoundTrip.offset(Duration.ofMillis(took), zero.plusMillis(collector), zero.plusMillis(received)))
                .isEqualTo(new ClockOffset(
                        Duration.ofMillis(offset), Duration.ofMillis(bound), zero.plusMillis(received)));
    }
}
