package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.people.Admittance;
import dev.plumbline.collector.query.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for the token before anything else: a stranger is waited for by nobody, takes no place of those who may ask, and is not told
 * what is wrong with a request.
 */
final class Refuser {
    private final Admittance admittance;

    Refuser(Admittance admittance) {
        this.admittance = admittance;
    }

    /**
     * The service's answer to whoever may ask for it, who is counted by the token from here on.
     *
     * @param isOfWholeSite whether a token for some segments does not open it
     */
    HttpResponse answer(
            ServiceRequestContext context,
            HttpRequest request,
            String what,
            Audience audience,
            boolean isOfWholeSite,
            HttpService service) {
        return HttpResponse.of(CompletableFuture.supplyAsync(
                        () -> refusal(context, request, what, audience, isOfWholeSite), context.blockingTaskExecutor())
                .thenApplyAsync(
                        refused -> refused.orElseGet(() -> served(context, request, service)), context.eventLoop()));
    }

    /** The same of an rpc. */
    HttpResponse answer(ServiceRequestContext context, HttpRequest request, Binding binding, HttpService service) {
        return answer(context, request, binding.call(), Permissions.of(binding.call()), false, service);
    }

    /** Blocks: what is refused is written down. */
    private Optional<HttpResponse> refusal(
            ServiceRequestContext context, HttpRequest request, String what, Audience audience, boolean isOfWholeSite) {
        return admittance
                .asked(
                        context.remoteAddress(),
                        request.headers().getAll(HttpHeaderNames.AUTHORIZATION),
                        what,
                        audience,
                        isOfWholeSite)
                .fold(
                        token -> {
                            CountedBy.token(context, token);
                            return Optional.empty();
                        },
                        refused -> Optional.of(RefusedAnswer.of(refused)));
    }

    private static HttpResponse served(ServiceRequestContext context, HttpRequest request, HttpService service) {
        try {
            return service.serve(context, request);
        } catch (Exception e) {
            return HttpResponse.ofFailure(e);
        }
    }

    static HttpResponse refused(FieldViolation wrong) {
        return RefusedAnswer.of(Refusal.invalid(wrong).asException());
    }
}
