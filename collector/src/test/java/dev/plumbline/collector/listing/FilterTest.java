package dev.plumbline.collector.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterTest {
    private record Row(
            String id, String place, String state, List<String> targets, long port, Optional<Instant> closed) {}

    private static final Columns<Row> COLUMNS = Columns.of(
            "row",
            Row::id,
            List.of(
                    Column.text("id", Row::id),
                    Column.text("place", Row::place),
                    Column.word("state", List.of("OPEN", "CLOSED"), Row::state),
                    Column.texts("target", Row::targets),
                    Column.number("port", Row::port),
                    Column.flag("flapping", r -> r.id().equals("c")),
                    Column.time("closed_at", r -> r.closed().stream().toList())));

    private static final List<Row> ROWS = List.of(
            new Row("a", "guest", "OPEN", List.of("courier:5223", "courier:443"), 5223, Optional.empty()),
            new Row(
                    "b",
                    "guest",
                    "CLOSED",
                    List.of("courier:443"),
                    443,
                    Optional.of(Instant.parse("2026-11-02T10:00:00Z"))),
            new Row("c", "wifi", "OPEN", List.of(), 80, Optional.of(Instant.parse("2026-11-01T00:00:00Z"))));

    private static String kept(String filter) throws FieldViolation {
        return String.join(
                "",
                ROWS.stream().filter(Filter.parse(filter, COLUMNS)).map(Row::id).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # filter                                              | rows
            ``                                                    | abc
            place = "guest"                                       | ab
            place = guest AND state = OPEN                        | a
            place="guest" AND state=open                          | a
            place != guest                                        | c
            place = 'gu*'                                         | ab
            place = "*i*"                                         | c
            place : "UES"                                         | ab
            state != OPEN                                         | b
            state : "los"                                         | b
            target : "5223"                                       | a
            target = "courier:443"                                | ab
            target = courier:443                                  | ab
            target != "courier:443"                               | c
            NOT target : courier                                  | c
            -target : courier                                     | c
            port < 443                                            | c
            port <= 443                                           | bc
            port >= 443                                           | ab
            port > 443                                            | a
            flapping = true                                       | c
            closed_at > 2026-11-01                                | b
            closed_at <= 2026-11-01T00:00:00Z                     | c
            closed_at != 2026-11-01                               | ab
            # OR binds closer than AND (AIP-160)
            place = guest AND state = CLOSED OR state = OPEN      | ab
            (place = guest AND state = CLOSED) OR place = wifi    | bc
            NOT (place = guest OR place = wifi)                   | ``
            id = "a" OR id = "b" OR id = "c"                      | abc
            """)
    void keepsTheRowsThatItSpeaksOf(String filter, String rows) throws Exception {
        assertThat(kept(filter)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # filter                      | what is said
            stat = OPEN                   | filter: at character 1: 'stat' is nothing that a row has; it has id, place, state, target, port, flapping, closed_at
            place = guest AND             | filter: at character 18: a comparison is missing; such as place = "guest" AND state = OPEN
            place                         | filter: at character 6: after 'place' write one of = != < <= > >= : and a value; such as place = "guest" AND state = OPEN
            place =                       | filter: at character 8: the value that place is compared with is missing; write a word, or text in quotes
            place = "guest                | filter: at character 9: this quote is never closed; write " at the end of the text
            (place = guest                | filter: at character 1: this bracket is never closed; write ) after what belongs together
            place = guest)                | filter: at character 14: this bracket was never opened; write AND, OR or nothing more
            place = guest state = OPEN    | filter: at character 15: write AND or OR before 'state = OPEN'
            state = HALF                  | filter: at character 9: 'HALF' is no state; write one of OPEN, CLOSED
            state > OPEN                  | filter: at character 1: 'state' has no order; write = or != before one of OPEN, CLOSED
            port = https                  | filter: at character 8: 'https' is no whole number; write one such as 5223
            closed_at > yesterday         | filter: at character 13: 'yesterday' is no time; write 2026-11-01 or 2026-11-01T10:00:00Z
            flapping = yes                | filter: at character 12: 'yes' is no flapping; write one of true, false
            """)
    void saysWhereItIsWrongAndWhatWouldBeRight(String filter, String said) {
        assertThatThrownBy(() -> kept(filter.strip()))
                .isInstanceOfSatisfying(
                        FieldViolation.class, e -> assertThat(e.field()).isEqualTo("filter"))
                .hasMessage(said.strip());
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefused() {
        assertThatThrownBy(() -> kept("place = " + "x".repeat(3_000))).hasMessageContaining("write at most 2000");
        assertThatThrownBy(() -> kept("(".repeat(500) + "place = x" + ")".repeat(500)))
                .hasMessageContaining("nested deeper than 32");
    }

    @Test
    void quotesCanBeQuoted() throws Exception {
        assertThat(kept("place = \"gue\\st\"")).isEqualTo("ab");
        assertThat(kept("place = \"\\\"\"")).isEmpty();
    }
}
