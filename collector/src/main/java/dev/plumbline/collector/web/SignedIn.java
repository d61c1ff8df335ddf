package dev.plumbline.collector.web;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.collector.http.StatusTable;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is for whoever is signed in; everybody else is led to where that is done, and back. */
final class SignedIn implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(SignedIn.class);

    private final Reception reception;
    private final Rpcs rpcs;
    private final Printer printer;
    private final Clock clock;
    private final Answering answering;

    /** What is answered. */
    interface Answering {
        /** @throws StatusRuntimeException why nothing is */
        HttpResponse to(Visit visit);
    }

    SignedIn(Reception reception, Rpcs rpcs, Printer printer, Clock clock, Answering answering) {
        this.reception = reception;
        this.rpcs = rpcs;
        this.printer = printer;
        this.clock = clock;
        this.answering = answering;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(CompletableFuture.supplyAsync(
                () -> answer(context, request.headers()), context.blockingTaskExecutor()));
    }

    private HttpResponse answer(ServiceRequestContext context, RequestHeaders headers) {
        Optional<Session> session = reception.session(context.remoteAddress(), headers);
        if (session.isEmpty()) {
            return toSignIn(headers);
        }
        Map<String, String> variables = new HashMap<>(context.pathParams());
        Visit visit = new Visit(session.get(), headers.path(), variables, context.queryParams(), rpcs, clock.instant());
        try {
            return answering.to(visit);
        } catch (StatusRuntimeException e) {
            return printer.refusal(Optional.of(visit), status(e.getStatus()), sentence(e.getStatus()));
        } catch (RuntimeException e) {
            LOG.error("{} {} could not be answered", context.method(), context.path(), e);
            return printer.refusal(Optional.of(visit), HttpStatus.INTERNAL_SERVER_ERROR, sentence(Status.INTERNAL));
        }
    }

    private static HttpStatus status(Status status) {
        return StatusTable.http(Code.forNumber(status.getCode().value()));
    }

    static String sentence(Status status) {
        String said = status.getDescription();
        return said == null ? "the collector could not answer; its log says why" : said;
    }

    private HttpResponse toSignIn(RequestHeaders headers) {
        String here = OwnPath.of(headers.path());
        String there = Links.with("/sign-in", "to", here);
        if (headers.contains("hx-request")) {
            // A part of a page was asked for: it is the whole page that is led away.
            return HttpResponse.of(PageHeaders.of(HttpStatus.UNAUTHORIZED)
                    .set("hx-redirect", there)
                    .build());
        }
        if (SameOrigin.isFromElsewhere(headers)) {
            // Whoever follows a link of another page, such as one in a mail, is signed in all the same: his browser
            // tells it to
            // what comes from here.
            return printer.bare(HttpStatus.OK, "One moment", "onward", Map.of("path", here));
        }
        return HttpResponse.of(PageHeaders.of(HttpStatus.SEE_OTHER)
                .set(HttpHeaderNames.LOCATION, there)
                .build());
    }
}
