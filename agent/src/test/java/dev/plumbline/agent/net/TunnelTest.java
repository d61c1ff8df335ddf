package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first line of a proxy's answer; its reason is in the proxy's own language, of which each byte is a character here. */
final class TunnelTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # the line                           | status, 0 = no HTTP/1.1
            HTTP/1.1 200 Connection established  | 200
            HTTP/1.0 200                         | 200
            HTTP/1.1 407                         | 407
            HTTP/1.1 403 \u00c3\u0085tkomst nekad | 403
            HTTP/1.1 200 \u00e2\u0080\u00a8       | 200
            HTTP/2 200                           | 0
            HTTP/1.1 0200 OK                     | 0
            HTTP/1.1 2000 OK                     | 0
            SSH-2.0-dropbear                     | 0
            """)
    void isReadWhateverItsReasonIs(String line, int status) {
        ProxyAnswer answer = Tunnel.parse(line + "\r\nVia: 1.1 proxy\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isOpen()).isEqualTo(status == 200);
        assertThat(answer.failure().isNone()).isEqualTo(status != 0);
    }
}
