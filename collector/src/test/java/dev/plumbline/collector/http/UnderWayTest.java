package dev.plumbline.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import dev.plumbline.collector.HttpFrames;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that nobody reads, over a real socket. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class UnderWayTest {
    private final Server server = Server.builder()
            .http(0)
            .service("/", (context, request) -> HttpResponse.of("an answer"))
            .decorator(service -> new UnderWay(service, Duration.ofMillis(50)))
            .build();

    @AfterEach
    void stop() {
        server.stop().join();
    }

    @Test
    void aConnectionThatTakesNoAnswerIsCut() throws Exception {
        server.start().join();
        try (HttpFrames unread =
                HttpFrames.begin(new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort()), 0)) {
            int stream = unread.get("/", "");
            assertThat(unread.status(stream)).isEqualTo(200);
            assertThatCode(unread::awaitEnd).doesNotThrowAnyException();
            assertThat(unread.text()).isEmpty();
        }
    }
}
