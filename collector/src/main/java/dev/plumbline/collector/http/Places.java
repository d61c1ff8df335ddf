package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds how much is answered at once, in all and to one asker. A place is free again when its answer is written, rather than when
 * it is ready: until then it takes memory. Any thread.
 */
final class Places implements MetricSource {
    private final String kind;
    private final int all;
    private final int ofOne;
    private final Map<String, Integer> takenBy = new HashMap<>();
    private final LongAdder refusals = new LongAdder();
    private int taken;

    /**
     * @param kind the label of its metrics
     * @param ofOne so that others get theirs
     */
    Places(String kind, int all, int ofOne) {
        this.kind = kind;
        this.all = all;
        this.ofOne = ofOne;
    }

    /** The service's answer, if there is a place for it. */
    HttpResponse answer(ServiceRequestContext context, HttpRequest request, HttpService service) throws Exception {
        String asker = CountedBy.of(context);
        Status refused = take(asker);
        if (!refused.isOk()) {
            refusals.increment();
            return RefusedAnswer.of(refused);
        }
        HttpResponse answer;
        try {
            answer = service.serve(context, request);
        } catch (Exception e) {
            leave(asker);
            throw e;
        }
        Written.of(context, answer).thenRun(() -> leave(asker));
        return answer;
    }

    private synchronized Status take(String asker) {
        if (takenBy.getOrDefault(asker, 0) >= ofOne) {
            return Status.RESOURCE_EXHAUSTED.withDescription(
                    ofOne + " of your requests are being answered already; ask again when one of them is");
        }
        if (taken >= all) {
            return Status.RESOURCE_EXHAUSTED.withDescription("too many are being answered already; ask again soon");
        }
        taken++;
        takenBy.merge(asker, 1, Integer::sum);
        return Status.OK;
    }

    private synchronized void leave(String asker) {
        taken--;
        takenBy.computeIfPresent(asker, (who, many) -> many > 1 ? many - 1 : null);
    }

    private synchronized int taken() {
        return taken;
    }

    @Override
    public void tell(Families families) {
        families.gauge(
                "plumbline_http_answers_open", "Requests over HTTP that are being answered.", taken(), "kind", kind);
        families.gauge("plumbline_http_answers_limit", "How many of them are answered at once.", all, "kind", kind);
        families.counter(
                "plumbline_http_answers_refused_total",
                "Requests that were refused because so many were being answered.",
                refusals.sum(),
                "kind",
                kind);
    }
}
