package dev.plumbline.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.Server;
import dev.plumbline.collector.HeardLog;
import dev.plumbline.collector.HttpFrames;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What peers do is no news of the collector's log. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RefusedRequestsTest {
    private final CompletableFuture<AggregatedHttpRequest> body = new CompletableFuture<>();
    private final Server server = Server.builder()
            .http(0)
            .service(
                    "/",
                    (context, request) -> HttpResponse.of(request.aggregate()
                            .whenComplete((whole, broken) -> {
                                if (broken != null) {
                                    body.completeExceptionally(broken);
                                }
                            })
                            .thenApply(whole -> HttpResponse.of("whole"))))
            .errorHandler(new RefusedRequests(path -> Set.of(), Pages.NONE))
            .build();

    /** RFC 9113 section 8.1.1: the stream is closed, and the connection stands. */
    @Test
    void aBodyThatIsLongerThanItSaysIsNotWrittenDown() throws Exception {
        server.start().join();
        try (HeardLog log = HeardLog.of(RefusedRequests.class)) {
            try (HttpFrames frames =
                    HttpFrames.begin(new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort()), 65_535)) {
                frames.send(frames.ask("POST", "/", "", false, "content-length", "2"), "{ } ");
                assertThat(catchThrowable(body::join))
                        .cause()
                        .isInstanceOf(ClosedStreamException.class)
                        .isNotInstanceOf(ClosedSessionException.class);
                frames.settle();
            }
            server.stop().join();
            assertThat(log.lines()).isEmpty();
        }
    }
}
