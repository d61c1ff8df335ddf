package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;

/**
 * When an answer has left this process. Armeria completes an answer when it has handed the last of it to the connection, where it
 * waits for as long as its peer likes.
 */
final class Written {
    private Written() {}

    /** Completes when the last byte of a request's answer went to the socket, or when none will any more. */
    static CompletableFuture<Void> of(ServiceRequestContext context) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        context.log().whenAvailable(RequestLogProperty.RESPONSE_END_TIME).thenRun(() -> end.complete(null));
        Connection.of(context).whenClosed(() -> end.complete(null));
        return end;
    }

    /** The same, or when the answer was given up. */
    static CompletableFuture<Void> of(ServiceRequestContext context, HttpResponse answer) {
        CompletableFuture<Void> end = of(context);
        answer.whenComplete().whenComplete((nothing, broken) -> {
            if (broken != null) {
                end.complete(null);
            }
        });
        return end;
    }
}
