package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.people.Admittance;
import dev.plumbline.collector.query.Refusal;
import io.grpc.Status;
import java.util.Optional;

/** Asks for the token of what is no call; what is wrong with a request is told to those alone who might make it. */
final class Refuser {
    private final Admittance admittance;

    Refuser(Admittance admittance) {
        this.admittance = admittance;
    }

    /** Blocks. */
    Optional<HttpResponse> refusal(ServiceRequestContext context, HttpRequest request, String what, Audience audience) {
        return refusal(context, request, what, audience, false);
    }

    /** @param isOfWholeSite whether a token for some segments does not open it */
    Optional<HttpResponse> refusal(
            ServiceRequestContext context, HttpRequest request, String what, Audience audience, boolean isOfWholeSite) {
        Optional<Status> refused = admittance.refusal(
                context.remoteAddress(),
                request.headers().getAll(HttpHeaderNames.AUTHORIZATION),
                what,
                audience,
                isOfWholeSite);
        return refused.map(RefusedAnswer::of);
    }

    HttpResponse refuse(ServiceRequestContext context, HttpRequest request, Binding binding, FieldViolation wrong) {
        return HttpResponse.of(
                () -> refusal(context, request, binding.call(), Permissions.of(binding.call()))
                        .orElseGet(() -> RefusedAnswer.of(Refusal.invalid(wrong).asException())),
                context.blockingTaskExecutor());
    }
}
