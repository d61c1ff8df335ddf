package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.grpc.Status;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Cuts connections that hold what they do not read: answers that are ready, and those of HTTP/1.1 that wait for the one before,
 * since Armeria begins each of these when it comes (RFC 9112 section 9.3.2). HTTP/2 has its own bound of streams.
 */
final class UnderWay extends SimpleDecoratingHttpService {
    private final Duration reading;

    /** @param reading from an answer's being ready to its last byte's being taken */
    UnderWay(HttpService service, Duration reading) {
        super(service);
        this.reading = reading;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        Connection connection = Connection.of(context);
        CompletableFuture<Void> written = Written.of(context);
        if (!context.sessionProtocol().isMultiplex()) {
            int requests = connection.enter();
            written.thenRun(connection::leave);
            if (requests > HttpBounds.IN_LINE) {
                connection.cut();
                return RefusedAnswer.of(Status.RESOURCE_EXHAUSTED.withDescription(
                        "more than " + HttpBounds.IN_LINE + " requests of one connection wait for each other"));
            }
        }
        HttpResponse answer = unwrap().serve(context, request);
        answer.whenComplete().whenComplete((nothing, broken) -> {
            if (!written.isDone()) {
                ScheduledFuture<?> cut = context.eventLoop()
                        .withoutContext()
                        .schedule(connection::cut, reading.toMillis(), TimeUnit.MILLISECONDS);
                written.thenRun(() -> cut.cancel(false));
            }
        });
        return answer;
    }
}
