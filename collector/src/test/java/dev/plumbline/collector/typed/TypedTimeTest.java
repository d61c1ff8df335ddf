package dev.plumbline.collector.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Also as forms of browsers send them. */
final class TypedTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-01                | 2026-11-01T00:00:00Z
            2026-11-01T10:00          | 2026-11-01T10:00:00Z
            2026-11-01T10:00:05       | 2026-11-01T10:00:05Z
            2026-11-01T10:00:00Z      | 2026-11-01T10:00:00Z
            2026-11-01T10:00:00+01:00 | 2026-11-01T09:00:00Z
            2h                        | 2026-11-23T12:00:00Z
            3d                        | 2026-11-20T14:00:00Z
            now                       | 2026-11-23T14:00:00Z
            """)
    void theyAreInUtcUnlessTheySaySomethingElse(String text, Instant at) {
        assertThat(TypedTime.parse(text, NOW)).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "2026-11-01T25:00", "-2h", "<b>", "2026-11-01 10:00"})
    void whatIsNoneIsRefusedWithTheFormsThatAre(String text) {
        assertThatThrownBy(() -> TypedTime.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no time; write " + TypedTime.FORMS);
    }
}
