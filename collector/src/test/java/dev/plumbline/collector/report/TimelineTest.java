package dev.plumbline.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A period of a hundred minutes; all numbers are minutes after its beginning. */
final class TimelineTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Period PERIOD = new Period(BEGIN, minute(100));

    private static Instant minute(int number) {
        return BEGIN.plus(Duration.ofMinutes(number));
    }

    private static long minutes(Instant at) {
        return Duration.between(BEGIN, at).toMinutes();
    }

    private static Stream<String[]> parts(String text) {
        return Stream.of(text.split(", ")).map(part -> part.split(" "));
    }

    private static List<Turn> turns(String text) {
        return text.equals("-")
                ? List.of()
                : parts(text)
                        .map(p -> new Turn(minute(Integer.parseInt(p[0])), Standing.valueOf(p[1])))
                        .toList();
    }

    private static List<Period> silences(String text) {
        return text.equals("-")
                ? List.of()
                : parts(text)
                        .map(p -> p[0].split("\\.\\."))
                        .map(p -> new Period(minute(Integer.parseInt(p[0])), minute(Integer.parseInt(p[1]))))
                        .toList();
    }

    private static String said(Timeline timeline) {
        return timeline.stretches().stream()
                .map(s -> minutes(s.period().from()) + ".." + minutes(s.period().to()) + " " + s.standing())
                .collect(Collectors.joining(", "));
    }

    private static Timeline timeline(String turns, String silences, String remembered) {
        return Timeline.of(
                PERIOD,
                turns(turns),
                silences(silences),
                remembered.equals("nothing") ? Optional.empty() : Optional.of(minute(Integer.parseInt(remembered))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                             | became                          | not heard      | known from | stood
            met all the time                   | -30 MET                         | -              | -90        | 0..100 MET
            judged first where the period begins | 0 MET                         | -              | 0          | 0..100 MET
            broken in the middle               | -5 MET, 40 BROKEN, 55 MET       | -              | -90        | 0..40 MET, 40..55 BROKEN, 55..100 MET
            broken at the end                  | -5 MET, 60 BROKEN               | -              | -90        | 0..60 MET, 60..100 BROKEN
            broken before the beginning        | -50 BROKEN, 20 MET              | -              | -90        | 0..20 BROKEN, 20..100 MET
            only the latest before it counts   | -50 BROKEN, -20 MET             | -              | -90        | 0..100 MET
            told again, and the same           | -5 MET, 10 MET, 20 MET          | -              | -90        | 0..100 MET
            waived in the middle               | -5 BROKEN, 30 MET, 70 BROKEN    | -              | -90        | 0..30 BROKEN, 30..70 MET, 70..100 BROKEN
            maintenance in the middle          | -5 MET, 30 UNDECIDED, 70 MET    | -              | -90        | 0..30 MET, 30..70 UNDECIDED, 70..100 MET
            silent in the middle               | -5 MET                          | 20..30         | -90        | 0..20 MET, 20..30 SILENT, 30..100 MET
            silent within a breach             | -5 MET, 10 BROKEN               | 20..30         | -90        | 0..10 MET, 10..20 BROKEN, 20..30 SILENT, 30..100 BROKEN
            silent while it turned             | -5 MET, 25 BROKEN               | 20..30         | -90        | 0..20 MET, 20..30 SILENT, 30..100 BROKEN
            silences that overlap              | -5 MET                          | 40..60, 20..50 | -90        | 0..20 MET, 20..60 SILENT, 60..100 MET
            silences that touch                | -5 MET                          | 20..30, 30..40 | -90        | 0..20 MET, 20..40 SILENT, 40..100 MET
            one silence within another         | -5 MET                          | 20..60, 30..40 | -90        | 0..20 MET, 20..60 SILENT, 60..100 MET
            silent from before to after        | -5 MET, 50 BROKEN               | -20..120       | -90        | 0..100 SILENT
            silent up to the end               | -5 MET                          | 90..100        | -90        | 0..90 MET, 90..100 SILENT
            silent before the period           | -5 MET                          | -20..0         | -90        | 0..100 MET
            a segment that is added            | 30 UNDECIDED, 50 MET            | -              | -90        | 0..30 NOT_JUDGED, 30..50 UNDECIDED, 50..100 MET
            never judged                       | -                               | -              | -90        | 0..100 NOT_JUDGED
            asked no more                      | -5 MET, 40 NOT_JUDGED           | -              | -90        | 0..40 MET, 40..100 NOT_JUDGED
            history begins in the middle       | 30 BROKEN                       | 40..50         | 30         | 0..30 NOT_REMEMBERED, 30..40 BROKEN, 40..50 SILENT, 50..100 BROKEN
            what is forgotten hides all        | -5 MET, 10 BROKEN               | 20..30         | 45         | 0..45 NOT_REMEMBERED, 45..100 BROKEN
            nothing is remembered              | -5 MET                          | 20..30         | nothing    | 0..100 NOT_REMEMBERED
            what comes after it                | -5 MET, 100 BROKEN, 120 MET     | 100..110       | -90        | 0..100 MET
            """)
    void everyMomentStandsSomehow(String name, String became, String silent, String known, String stood) {
        assertThat(said(timeline(became, silent, known))).as(name).isEqualTo(stood);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                       | became                                    | not heard | known | times | longest | open  | begun before
            none                         | -5 MET                                    | -         | -90   | 0     | -       | -     | -
            the later is longer          | -5 MET, 10 BROKEN, 20 MET, 50 BROKEN, 70 MET | -      | -90   | 2     | 50..70  | false | false
            of two alike the earlier     | -5 MET, 10 BROKEN, 20 MET, 50 BROKEN, 60 MET | -      | -90   | 2     | 10..20  | false | false
            open at the end              | -5 MET, 10 BROKEN, 20 MET, 80 BROKEN      | -         | -90   | 2     | 80..100 | true  | false
            from before, all the time    | -40 BROKEN                                | -         | -90   | 1     | 0..100  | true  | true
            silence parts it in two      | -5 MET, 10 BROKEN, 90 MET                 | 30..40    | -90   | 2     | 40..90  | false | false
            silence ends it              | -5 MET, 10 BROKEN                         | 30..100   | -90   | 1     | 10..30  | false | false
            history begins with it       | 0 BROKEN, 50 MET                          | -         | 20    | 1     | 20..50  | false | true
            waived is not broken         | -40 BROKEN, 30 MET                        | -         | -90   | 1     | 0..30   | false | true
            """)
    void theLongestBreachIsOneOfWhichEveryMomentIsKnown(
            String name,
            String became,
            String silent,
            String known,
            int times,
            String longest,
            String open,
            String before) {
        Timeline timeline = timeline(became, silent, known);
        assertThat(timeline.of(Standing.BROKEN)).as(name).hasSize(times);
        Optional<Timeline.Stretch> found = timeline.longest(Standing.BROKEN);
        assertThat(found.map(s -> minutes(s.period().from()) + ".."
                                + minutes(s.period().to()))
                        .orElse("-"))
                .isEqualTo(longest);
        assertThat(found.map(timeline::isOpen).map(String::valueOf).orElse("-")).isEqualTo(open);
        assertThat(found.map(timeline::isBegunBefore).map(String::valueOf).orElse("-"))
                .isEqualTo(before);
    }

    @Test
    void theSharesOfAnyPastSumUpToThePeriod() {
        Random random = new Random(6);
        List<Standing> standings = List.of(Standing.values());
        for (int i = 0; i < 2_000; i++) {
            List<Turn> turns = IntStream.range(0, random.nextInt(6))
                    .mapToObj(n -> random.nextInt(160) - 30)
                    .sorted()
                    .map(m -> new Turn(minute(m), standings.get(random.nextInt(standings.size()))))
                    .toList();
            List<Period> silences = IntStream.range(0, random.nextInt(4))
                    .map(n -> random.nextInt(160) - 30)
                    .mapToObj(m -> new Period(minute(m), minute(m + 1 + random.nextInt(40))))
                    .toList();
            Shares shares =
                    Shares.of(Timeline.of(PERIOD, turns, silences, Optional.of(minute(random.nextInt(160) - 60))));
            assertThat(shares.parts().values().stream().reduce(Duration.ZERO, Duration::plus))
                    .isEqualTo(PERIOD.length());
            assertThat(shares.part(Standing.MET)
                            .plus(shares.part(Standing.WAIVED))
                            .plus(shares.part(Standing.BROKEN))
                            .plus(shares.unknown()))
                    .isEqualTo(PERIOD.length());
        }
    }

    /** Of a period of a year. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT0S        | 0       | 0 %
            PT1S        | 1       | < 0.01 %
            P36D        | 98630   | 9.86 %
            P364D       | 997260  | 99.72 %
            P364DT23H59M59S | 999999 | 99.99 %
            P365D       | 1000000 | 100 %
            """)
    void neitherTheWholeNorNothingIsClaimedWhereItIsNotSo(Duration part, int perMillion, String said) {
        Period year = new Period(BEGIN, BEGIN.plus(Duration.ofDays(365)));
        Timeline timeline = Timeline.of(
                year,
                List.of(new Turn(BEGIN, Standing.MET), new Turn(BEGIN.plus(part), Standing.BROKEN)),
                List.of(),
                Optional.of(BEGIN));
        int share = Shares.of(timeline).message().getMetPerMillion();
        assertThat(share).isEqualTo(perMillion);
        assertThat(Figures.percent(share)).isEqualTo(said);
    }

    @Test
    void aPeriodEndsAfterItBegins() {
        assertThatThrownBy(() -> new Period(BEGIN, BEGIN)).hasMessageContaining("a period ends after it begins");
    }
}
