package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.metrics.Exposition;
import io.grpc.Status;
import java.util.Optional;
import java.util.function.Supplier;

/** The collector's metrics at the HTTP port, for a program that has a token of the whole site. */
public final class ShownMetrics {
    private ShownMetrics() {}

    /** @param metrics empty until the collector has begun */
    public static HttpRoute route(Supplier<Optional<Exposition>> metrics) {
        return HttpRoute.of(
                        "/metrics",
                        Audience.VIEWER,
                        (context, request) -> metrics.get()
                                .map(m -> answer(m.page(request.headers().get("accept", ""))))
                                .orElseGet(() -> RefusedAnswer.of(
                                        Status.UNAVAILABLE.withDescription("the collector begins; ask again"))))
                .ofWholeSite()
                .described("Metrics of the collector, for Prometheus.", MediaType.PLAIN_TEXT_UTF_8);
    }

    private static HttpResponse answer(Exposition.Page page) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .set("content-type", page.contentType())
                        .build(),
                HttpData.wrap(page.body()));
    }
}
