package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import io.grpc.Status;

/** What programs that look after processes ask, without a token: whether this one lives, and whether it can do its work. */
public final class Health {
    private static final String WELL = "{\"status\":\"ok\"}";

    private Health() {}

    /** Answers as long as the process does. */
    public static HttpRoute alive() {
        return HttpRoute.open("/healthz", (context, request) -> HttpResponse.of(MediaType.JSON_UTF_8, WELL))
                .described("Whether the collector lives.", MediaType.JSON_UTF_8);
    }

    /** Answers 503 while the store or the journal cannot be used. */
    public static HttpRoute ready(Readiness readiness) {
        return HttpRoute.open(
                        "/readyz",
                        (context, request) -> HttpResponse.of(() -> answer(readiness), context.blockingTaskExecutor()))
                .described(
                        "Whether the collector can do its work: its store and its journal are usable.",
                        MediaType.JSON_UTF_8);
    }

    private static HttpResponse answer(Readiness readiness) {
        return readiness
                .problem()
                .map(sentence -> RefusedAnswer.of(Status.UNAVAILABLE.withDescription(sentence)))
                .orElseGet(() -> HttpResponse.of(MediaType.JSON_UTF_8, WELL));
    }
}
