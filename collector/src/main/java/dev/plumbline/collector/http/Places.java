package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how much is answered at once, in all and to one asker. A place is free again when its answer is written, rather than when
 * it is ready: until then it takes memory. Any thread.
 */
final class Places {
    private final int all;
    private final int ofOne;
    private final Map<String, Integer> takenBy = new HashMap<>();
    private int taken;

    /** @param ofOne so that others get theirs */
    Places(int all, int ofOne) {
        this.all = all;
        this.ofOne = ofOne;
    }

    /** The service's answer, if there is a place for it. */
    HttpResponse answer(ServiceRequestContext context, HttpRequest request, HttpService service) throws Exception {
        String asker = CountedBy.of(context);
        Status refused = take(asker);
        if (!refused.isOk()) {
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
}
