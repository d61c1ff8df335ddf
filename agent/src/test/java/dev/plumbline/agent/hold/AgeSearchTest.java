package dev.plumbline.agent.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TtlRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgeSearchTest {
    private static final List<Duration> LADDER =
            List.of(Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(900), Duration.ofSeconds(3600));

    /** What was seen, as end and seconds of quiet, and which age comes next. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing yet: the first of the ladder        |                                                      |   60 | false
            up the ladder while all lives               | alive 60                                             |  300 | false
            the top again and again                     | alive 60, alive 300, alive 900, alive 3600           | 3600 | false
            what was cut once is tried once more        | alive 60, silent_after_write 300                     |  300 | false
            between what lived and what was cut         | alive 60, silent_after_write 300, silent_after_write 300 | 180 | false
            a RST after the write is a cut as well      | alive 60, reset_after_write 300, reset_after_write 300 | 180 | false
            cut at once: towards nothing                | silent_after_write 60, silent_after_write 60         |   30 | false
            it was cut by chance                        | alive 60, silent_after_write 300, alive 300, silent_after_write 900 | 900 | false
            halves towards a reaper of 25 s             | silent_after_write 60, silent_after_write 30         |   15 | false
            from below                                  | silent_after_write 60, silent_after_write 30, alive 15 | 22 | false
            five seconds are narrow enough              | silent_after_write 30, alive 22, silent_after_write 26 | 26 | true
            a tenth is narrow enough                    | alive 300, silent_after_write 330                    |  330 | true
            a little more is not                        | alive 290, silent_after_write 330, silent_after_write 330 | 310 | false
            a FIN while quiet tells its own age         | closed 20                                            |   25 | true
            a RST while quiet too                       | alive 300, reset 600                                 |  660 | true
            mended: the age that was cut lives          | alive 60, silent_after_write 300, alive 300          |  900 | false
            a stricter box: what lived is cut now       | alive 300, silent_after_write 60, silent_after_write 60 | 30 | false
            a longer cut teaches nothing                | silent_after_write 60, silent_after_write 300        |   30 | false
            what tells nothing changes nothing          | alive 60, local 300, not_measured 300                |  300 | false
            """)
    void theNextAgeFollowsFromWhatWasSeen(String why, String seen, long next, boolean narrow) {
        AgeSearch search = new AgeSearch(LADDER);
        for (String one : seen == null ? new String[0] : seen.split(", ", -1)) {
            String[] words = one.split(" ", -1);
            search.learn(hold(HoldEnd.valueOf(words[0].toUpperCase(Locale.ROOT)), Long.parseLong(words[1])));
        }
        assertThat(search.next()).as(why).isEqualTo(Duration.ofSeconds(next));
        assertThat(search.isNarrow()).as(why).isEqualTo(narrow);
    }

    @Test
    void anyReaperIsFoundToWithinATenthOrFiveSecondsInFewSteps() {
        for (int reaper = 1; reaper < 3600; reaper += 7) {
            AgeSearch search = new AgeSearch(LADDER);
            int steps = 0;
            while (!search.isNarrow()) {
                long age = search.next().toSeconds();
                search.learn(hold(age < reaper ? HoldEnd.ALIVE : HoldEnd.SILENT_AFTER_WRITE, age));
                steps++;
                assertThat(steps).as("reaper of %d s", reaper).isLessThan(13);
            }
            assertThat(search.next().toSeconds()).isBetween((long) reaper, Math.max(reaper + 5, reaper * 112L / 100));
        }
    }

    @Test
    void aLadderHasAnAge() {
        assertThatThrownBy(() -> new AgeSearch(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Hold hold(HoldEnd end, long seconds) {
        return new Hold(
                new TargetId("courier:5223"),
                HoldPeer.COURIER,
                "1-courier.push.apple.com",
                Endpoint.NONE,
                Endpoint.NONE,
                Instant.EPOCH,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(seconds),
                end,
                end.number(),
                false,
                TtlRange.ANY,
                "");
    }
}
