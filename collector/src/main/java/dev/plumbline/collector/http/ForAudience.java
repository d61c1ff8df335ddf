package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.plumbline.collector.access.Audience;
import java.util.concurrent.CompletableFuture;

/** Something that is no rpc, for whoever shows a token of some role. */
final class ForAudience extends SimpleDecoratingHttpService {
    private final HttpRoute route;
    private final Audience audience;
    private final Refuser refuser;

    ForAudience(HttpRoute route, Audience audience, Refuser refuser) {
        super(route.service());
        this.route = route;
        this.audience = audience;
        this.refuser = refuser;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String what = request.method() + " " + context.path();
        return HttpResponse.of(CompletableFuture.supplyAsync(
                () -> refuser.refusal(context, request, what, audience, route.isOfWholeSite())
                        .orElseGet(() -> answer(context, request)),
                context.blockingTaskExecutor()));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        try {
            return unwrap().serve(context, request);
        } catch (Exception e) {
            return HttpResponse.ofFailure(e);
        }
    }
}
