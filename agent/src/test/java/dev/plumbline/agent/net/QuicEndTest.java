package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.QuicHandshake;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a CONNECTION_CLOSE in the middle of a handshake is called. */
final class QuicEndTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0      | false | ''      | TLS_CLOSED | CONNECTION_CLOSE 0x0
            2      | false | 'no'    | TLS_CLOSED | CONNECTION_CLOSE 0x2 'no'
            255    | false | ''      | TLS_CLOSED | CONNECTION_CLOSE 0xff
            256    | false | ''      | TLS_ALERT  | alert 0, CONNECTION_CLOSE 0x100
            376    | false | 'ALPN'  | TLS_ALERT  | alert 120, CONNECTION_CLOSE 0x178 'ALPN'
            511    | false | ''      | TLS_ALERT  | alert 255, CONNECTION_CLOSE 0x1ff
            512    | false | ''      | TLS_CLOSED | CONNECTION_CLOSE 0x200
            376    | true  | ''      | TLS_CLOSED | CONNECTION_CLOSE 0x178 of the application
            """)
    void aCloseOfTheTransportIsAnAlertWhereItsCodeIsOne(
            long code, boolean byApplication, String reason, FailureKind kind, String detail) {
        assertThat(QuicEnd.refused(new QuicHandshake.Close(code, byApplication, reason)))
                .isEqualTo(Failure.of(kind, detail));
    }
}
