package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where somebody may be led after signing in. */
final class OwnPathTest {
    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what a link or a form says        | where it leads
            /                                   | /
            /findings/0123abc                   | /findings/0123abc
            /?by=targets&at=2026-11-01T10:00:00Z | /?by=targets&at=2026-11-01T10:00:00Z
            /segments/wifi/targets/courier:5223 | /segments/wifi/targets/courier:5223
            //evil.example/                     | /
            /\\evil.example/                    | /
            /a\\..\\evil                        | /
            https://evil.example/               | /
            javascript:alert(1)                 | /
            findings                            | /
            ''                                  | /
            /find ings                          | /
            /sign-in?to=/                       | /
            /sign-out                           | /
            /events?after=1                     | /
            """)
    void itIsAPageOfThisPort(String asked, String to) {
        assertThat(OwnPath.of(asked)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({"'/a\rb'", "'/a\nLocation: x'", "'/\u00e4'", "'/\u0000'"})
    void whatIsNoPathIsNone(String asked) {
        assertThat(OwnPath.of(asked.replace("\\r", "\r").replace("\\n", "\n"))).isEqualTo("/");
    }
}
