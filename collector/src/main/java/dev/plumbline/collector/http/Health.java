package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What programs that look after processes ask, without a token: whether this one lives, and whether it can do its work. They are
 * answered however many others are, since they end a process that does not answer.
 */
public final class Health {
    private static final String WELL = "{\"status\":\"ok\"}";

    private Health() {}

    /** Answers as long as the process does. */
    public static HttpRoute alive() {
        AtAnyTime service = (context, request) -> HttpResponse.of(MediaType.JSON_UTF_8, WELL);
        return HttpRoute.open("/healthz", service).described("Whether the collector lives.", MediaType.JSON_UTF_8);
    }

    /** Answers 503 while the store or the journal cannot be used. */
    public static HttpRoute ready(Readiness readiness) {
        Look look = new Look(readiness);
        AtAnyTime service = (context, request) ->
                HttpResponse.of(look.by(context.blockingTaskExecutor()).thenApply(Health::answer));
        return HttpRoute.open("/readyz", service)
                .described(
                        "Whether the collector can do its work: its store and its journal are usable.",
                        MediaType.JSON_UTF_8);
    }

    private static HttpResponse answer(Optional<String> problem) {
        return problem.map(sentence -> RefusedAnswer.of(Status.UNAVAILABLE.withDescription(sentence)))
                .orElseGet(() -> HttpResponse.of(MediaType.JSON_UTF_8, WELL));
    }

    /** One look at a time: whoever asks during one is told what it finds, so that all who ask take one thread. */
    private static final class Look {
        private final Readiness readiness;
        private CompletableFuture<Optional<String>> latest = CompletableFuture.completedFuture(Optional.empty());

        Look(Readiness readiness) {
            this.readiness = readiness;
        }

        synchronized CompletableFuture<Optional<String>> by(Executor executor) {
            if (latest.isDone()) {
                latest = CompletableFuture.supplyAsync(readiness::problem, executor);
            }
            return latest;
        }
    }
}
