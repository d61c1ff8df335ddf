package dev.plumbline.collector.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuietHoursTest {
    /** 2026-11-23 is a Monday; in Berlin clocks go back at 03:00 on 2026-10-25 and forth at 02:00 on 2026-03-29. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # zone         | from  | to    | days        | at                   | quiet
            UTC            | 22:00 | 07:00 | all         | 2026-11-23T21:59:59Z | false
            UTC            | 22:00 | 07:00 | all         | 2026-11-23T22:00:00Z | true
            UTC            | 22:00 | 07:00 | all         | 2026-11-24T06:59:59Z | true
            UTC            | 22:00 | 07:00 | all         | 2026-11-24T07:00:00Z | false
            UTC            | 12:00 | 13:00 | all         | 2026-11-23T12:30:00Z | true
            UTC            | 12:00 | 13:00 | all         | 2026-11-23T13:00:00Z | false
            UTC            | 12:00 | 13:00 | sat sun     | 2026-11-23T12:30:00Z | false
            # The night of Friday is quiet until Saturday morning, that of Sunday is not.
            UTC            | 22:00 | 07:00 | fri sat     | 2026-11-28T03:00:00Z | true
            UTC            | 22:00 | 07:00 | fri sat     | 2026-11-29T03:00:00Z | true
            UTC            | 22:00 | 07:00 | fri sat     | 2026-11-30T03:00:00Z | false
            UTC            | 22:00 | 07:00 | fri sat     | 2026-11-27T03:00:00Z | false
            # 22:00 in Berlin is 21:00 UTC in winter and 20:00 in summer.
            Europe/Berlin  | 22:00 | 07:00 | all         | 2026-11-23T20:59:59Z | false
            Europe/Berlin  | 22:00 | 07:00 | all         | 2026-11-23T21:00:00Z | true
            Europe/Berlin  | 22:00 | 07:00 | all         | 2026-07-23T20:00:00Z | true
            Europe/Berlin  | 22:00 | 07:00 | all         | 2026-07-24T05:00:00Z | false
            # The hour that comes twice, and the one that does not come.
            Europe/Berlin  | 02:00 | 03:00 | all         | 2026-10-25T00:30:00Z | true
            Europe/Berlin  | 02:00 | 03:00 | all         | 2026-10-25T01:30:00Z | true
            Europe/Berlin  | 02:00 | 03:00 | all         | 2026-10-25T02:00:00Z | false
            Europe/Berlin  | 02:00 | 03:00 | all         | 2026-03-29T00:59:59Z | false
            Europe/Berlin  | 02:00 | 03:00 | all         | 2026-03-29T01:00:00Z | false
            # To midnight.
            UTC            | 22:00 | 00:00 | all         | 2026-11-23T23:59:59Z | true
            UTC            | 22:00 | 00:00 | all         | 2026-11-24T00:00:00Z | false
            # The whole of Saturday and Sunday, and nothing of Friday and Monday.
            UTC            | 00:00 | 00:00 | sat sun     | 2026-11-27T23:59:59Z | false
            UTC            | 00:00 | 00:00 | sat sun     | 2026-11-28T00:00:00Z | true
            UTC            | 00:00 | 00:00 | sat sun     | 2026-11-29T23:59:59Z | true
            UTC            | 00:00 | 00:00 | sat sun     | 2026-11-30T00:00:00Z | false
            # From Friday evening to Saturday evening.
            UTC            | 18:00 | 18:00 | fri         | 2026-11-28T17:59:59Z | true
            UTC            | 18:00 | 18:00 | fri         | 2026-11-28T18:00:00Z | false
            """)
    void nothingIsToldBetweenTheseTimesOfTheWallClock(
            String zone, String from, String to, String days, String at, boolean isQuiet) {
        QuietHours hours = new QuietHours(ZoneId.of(zone), LocalTime.parse(from), LocalTime.parse(to), days(days));
        assertThat(hours.holds(Instant.parse(at))).isEqualTo(isQuiet);
    }

    private static Set<DayOfWeek> days(String words) {
        return words.equals("all")
                ? EnumSet.allOf(DayOfWeek.class)
                : Stream.of(DayOfWeek.values())
                        .filter(d -> words.contains(d.name().substring(0, 3).toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toSet());
    }

    @Test
    void hoursWithoutAnEndOrADayAreNone() {
        LocalTime ten = LocalTime.of(22, 0);
        assertThatThrownBy(() -> new QuietHours(ZoneId.of("UTC"), ten, ten, days("all")))
                .hasMessageContaining("would never end");
        assertThatThrownBy(() -> new QuietHours(ZoneId.of("UTC"), ten, LocalTime.NOON, Set.of()))
                .hasMessageContaining("no day");
    }
}
