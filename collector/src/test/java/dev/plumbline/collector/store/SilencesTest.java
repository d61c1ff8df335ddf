package dev.plumbline.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All times are minutes. A round closes one minute after it began. */
final class SilencesTest {
    private static Instant minute(long minute) {
        return Instant.ofEpochSecond(minute * 60);
    }

    /** @param rounds like {@code 0-60/5 90}: from 0 to 60 every five minutes, and one at 90 */
    private static List<Hearing> heard(String rounds) {
        List<Hearing> all = new ArrayList<>();
        for (String each : rounds.split(" ", -1)) {
            String[] parts = each.split("[-/]", -1);
            long from = Long.parseLong(parts[0]);
            long to = parts.length == 1 ? from : Long.parseLong(parts[1]);
            long step = parts.length == 1 ? 0 : Long.parseLong(parts[2]);
            all.add(new Hearing(
                    from * 60_000, to * 60_000, step * 60_000, (from + 1) * 60_000_000, (to + 1) * 60_000_000));
        }
        Collections.reverse(all);
        return all;
    }

    private static String told(Unheard silence) {
        return silence.round().getEpochSecond() / 60 + ": "
                + silence.from().getEpochSecond() / 60 + "-"
                + silence.to().map(t -> "" + t.getEpochSecond() / 60).orElse("");
    }

    @ParameterizedTest(name = "{0}, from {1} to {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # heard          | from | to  | silences: the latest round before: from-to
            0                | 0    | 10  | ''
            0                | 0    | 11  | 0: 10-
            0-60/5           | 0    | 61  | ''
            0-60/5           | 0    | 70  | ''
            0-60/5           | 0    | 75  | 60: 70-
            0-60/5           | 0    | 33  | ''
            0-60/5 90-95/5   | 0    | 96  | 60: 70-91
            0-60/5 90-95/5   | 0    | 88  | 60: 70-
            0-60/5 90-95/5   | 91   | 96  | ''
            0-60/5 90-95/5   | 90   | 96  | 60: 70-91
            0-60/20          | 0    | 61  | 0: 10-21, 20: 30-41, 40: 50-61
            0-60/20          | 25   | 45  | 20: 30-41
            0-60/20          | 41   | 100 | 40: 50-61, 60: 70-
            0-5/5 100        | 0    | 200 | 5: 15-101, 100: 110-
            """)
    void aSegmentIsSilentFromTenMinutesAfterItsLatestRoundOn(String heard, long from, long to, String silences) {
        List<Hearing> all =
                heard(heard).stream().filter(h -> h.since() <= to * 60_000_000).toList();
        List<Unheard> found = Silences.between(all, Duration.ofMinutes(10), minute(from), minute(to));
        assertThat(found.stream().map(SilencesTest::told))
                .isEqualTo(silences.isEmpty() ? List.of() : List.of(silences.split(", ", -1)));
    }

    @Test
    void noMoreThanTheLatestThousandAreTold() {
        List<Unheard> found = Silences.between(heard("0-40000/20"), Duration.ofMinutes(10), minute(0), minute(40_001));
        assertThat(found).hasSize(1000);
        assertThat(told(found.get(999))).isEqualTo("39980: 39990-40001");
    }

    @ParameterizedTest(name = "{0} to {1} every {2}, closed {3} to {4}")
    @CsvSource({"0, 10, 0, 0, 10", "10, 0, 5, 0, 10", "0, 0, 5, 0, 0", "0, 10, 5, 10, 0"})
    void whatIsNoRowOfRoundsIsRefused(long from, long to, long step, long since, long until) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Hearing(from, to, step, since, until));
    }
}
