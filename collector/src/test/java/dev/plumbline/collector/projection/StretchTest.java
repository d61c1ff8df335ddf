package dev.plumbline.collector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.Samples;
import dev.plumbline.collector.journal.Beginning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StretchTest {
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # BEGINNINGS AFTER CLOSINGS | UP TO | STRETCHES         | BECAUSE
            0                           | 0     | 0-0               | nothing was closed, and it began
            0                           | 7     | 0-7               | one judge applied all
            0 5 9                       | 9     | 0-5 5-9 9-9       | one that began last applied nothing yet
            0 5 5 7                     | 9     | 0-5 5-5 5-7 7-9   | of two that began at one place the first applied nothing
            0 5 3                       | 8     | 0-3 3-8           | a store was put back to 3: what was applied beyond does not count
            0 4 6 0                     | 6     | 0-0 0-6           | a store was made anew at a start
            0 5                         | 3     | 0-3               | a copy from before the last beginning
            """)
    void closingsBelongToTheJudgeThatAppliedThemLast(String begun, long upTo, String expected, String because) {
        List<Beginning> beginnings = new ArrayList<>();
        for (String applied : begun.split(" ", -1)) {
            beginnings.add(new Beginning(beginnings.size() + 1, Long.parseLong(applied), Samples.T0, Samples.BASIS));
        }
        String stretches = Stretch.upTo(upTo, beginnings).stream()
                .map(s -> s.beginning().applied() + "-" + s.last())
                .collect(Collectors.joining(" "));
        assertThat(stretches.isEmpty() ? "-" : stretches).as(because).isEqualTo(expected);
    }
}
