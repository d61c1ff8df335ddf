package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a whole collector opens its HTTP port. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class HttpPortTest {
    @TempDir
    Path folder;

    @Test
    void unlessItIsAskedForThereIsNone() throws Exception {
        try (PeoplesCollector collector = PeoplesCollector.start(folder)) {
            assertThat(collector.collector().httpPort()).isEmpty();
        }
    }

    @Test
    void withoutTlsItAnswersOnLoopbackWhereThatIsAskedFor() throws Exception {
        try (PeoplesCollector collector =
                PeoplesCollector.made(folder).withHttp("{listen: '127.0.0.1:0', plain-text: true}")) {
            collector.open();
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + collector.httpPort() + "/v1/segments"))
                                    .header("Authorization", "Bearer " + collector.token("viewer"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(HttpAsker.json(answer.body()).get("segments")).hasSize(2);
            try (Socket everything = new Socket(InetAddress.getLoopbackAddress(), collector.httpPort())) {
                everything
                        .getOutputStream()
                        .write("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(everything.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void anAddressThatIsTakenIsNamedAndNothingStaysOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PeoplesCollector collector =
                    PeoplesCollector.made(folder).withHttp("{listen: '127.0.0.1:" + taken.getLocalPort() + "'}");
            assertThatThrownBy(collector::open)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("http.listen: 127.0.0.1:" + taken.getLocalPort() + " cannot be opened")
                    .hasMessageContaining("stop what uses it or name another address");
            try (PeoplesCollector again = collector.withHttp("{listen: '127.0.0.1:0'}")) {
                again.open();
                assertThat(again.collector().httpPort()).isPresent();
            }
        }
    }
}
