package dev.plumbline.collector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StandstillTest {
    /** What a disk says that is full from second 10 on, tried every second; 0 as the end = it stays so. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #  ends | lines | the last one                       | over
                 11 |     1 | disk full                          | 1 s
                 69 |     1 | disk full                          | 59 s
                 71 |     2 | disk full; so for 60 s             | 61 s
                131 |     3 | disk full; so for 2 min            | 2 min
              10810 |   180 | disk full; so for 2 h              | 3 h
            """)
    void oneLineAtTheBeginningThenOneAMinuteAndOneAtTheEnd(long ends, int lines, String last, String over) {
        Standstill standstill = new Standstill();
        int said = 0;
        String latest = "";
        for (long second = 10; second < ends; second++) {
            var line = standstill.met("disk full", TimeUnit.SECONDS.toNanos(second));
            said += line.isPresent() ? 1 : 0;
            latest = line.orElse(latest);
        }
        assertThat(said).isEqualTo(lines);
        assertThat(latest).isEqualTo(last);
        assertThat(standstill.over(TimeUnit.SECONDS.toNanos(ends))).contains(over);
        assertThat(standstill.over(TimeUnit.SECONDS.toNanos(ends + 1))).isEmpty();
    }

    @Test
    void whatNeverFailedIsNotOver() {
        assertThat(new Standstill().over(1)).isEmpty();
    }

    @Test
    void theNextOneIsSaidAtOnce() {
        Standstill standstill = new Standstill();
        assertThat(standstill.met("first", 1)).contains("first");
        assertThat(standstill.over(2)).contains("0 s");
        assertThat(standstill.met("second", 3)).contains("second");
    }
}
