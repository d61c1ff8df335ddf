package dev.plumbline.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TurnsTest {
    private static final CollectorAddress A = CollectorAddress.parse("192.0.2.1:50051");
    private static final CollectorAddress B = CollectorAddress.parse("192.0.2.2:50051");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # addresses, what happened (ADDRESS WORD MILLISECOND, with the highest chance), asked at, next, waits
            A,    '',                                        0,     A, 0
            A B,  '',                                        0,     A, 0
            A B,  A failed 0,                                0,     B, 0
            A B,  A failed 0 B failed 10,                    10,    A, 190
            A B,  A failed 0 B failed 10 A failed 200,       200,   B, 10
            # Each has a back-off of its own, up to half a minute.
            A,    A failed 0 A failed 0 A failed 0,          0,     A, 800
            A B,  A failed 0 A failed 0 A failed 0 B failed 0, 0,   B, 200
            A,    A lost 0 A lost 0 A lost 0,                0,     A, 200
            # It ended at B, where it went for A: A is asked again first, as it may have come back.
            A B,  A failed 0 B lost 60000,                   60000, A, 0
            # It goes away: at once to another one, or to the same within a second.
            A B,  A left 0,                                  0,     B, 0
            A,    A left 0,                                  0,     A, 1000
            A,    A failed 0 A failed 0 A left 0 A failed 0, 0,     A, 200
            """)
    void whoIsNext(String addresses, String history, long at, String next, long waitMillis) {
        Turns turns = new Turns(
                List.of(addresses.split(" ", -1)).stream()
                        .map(TurnsTest::address)
                        .toList(),
                0);
        String[] steps = history.isEmpty() ? new String[0] : history.split(" ", -1);
        for (int i = 0; i < steps.length; i += 3) {
            long now = nanos(Long.parseLong(steps[i + 2]));
            switch (steps[i + 1]) {
                case "failed" -> turns.failed(address(steps[i]), now, 1);
                case "lost" -> turns.lost(address(steps[i]), now, 1);
                case "left" -> turns.left(address(steps[i]), now, 1);
                default -> throw new IllegalArgumentException(steps[i + 1]);
            }
        }
        assertThat(turns.next(nanos(at))).isEqualTo(new Turns.Turn(address(next), Duration.ofMillis(waitMillis)));
    }

    @Test
    void withoutAnAddressThereIsNone() {
        assertThatThrownBy(() -> new Turns(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static CollectorAddress address(String name) {
        return name.equals("A") ? A : B;
    }
}
