package dev.plumbline.collector.web;

import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.collector.enrol.Admission;
import dev.plumbline.collector.http.StatusTable;
import dev.plumbline.collector.people.Admittance;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where people sign in with a token, and out. A wrong token is counted, and put off after some, as at every other port: by
 * {@link Admittance}.
 */
final class Reception {
    private static final MediaType FORM = MediaType.FORM_DATA;

    private final Sessions sessions;
    private final Admittance admittance;
    private final Printer printer;

    Reception(Sessions sessions, Admittance admittance, Printer printer) {
        this.sessions = sessions;
        this.admittance = admittance;
        this.printer = printer;
        admittance.whenLess(sessions::endOf);
    }

    /** Who asks; empty when nobody is signed in there, or the token has ended meanwhile. Blocks. */
    Optional<Session> session(@Nullable SocketAddress remote, RequestHeaders headers) {
        Optional<Session> session = SessionCookie.secret(headers).flatMap(sessions::of);
        if (session.isPresent() && !admittance.goesOn(remote, session.get().granted())) {
            if (!admittance.isOpen(session.get().granted())) {
                sessions.end(session.get());
            }
            return Optional.empty();
        }
        return session;
    }

    /** Whether somebody still is signed in, which is no use of it. */
    boolean isOpen(Session session) {
        return sessions.isOpen(session) && admittance.isOpen(session.granted());
    }

    /** The form. */
    HttpResponse form(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(CompletableFuture.supplyAsync(
                () -> {
                    String to = OwnPath.of(context.queryParams().get("to", OwnPath.START));
                    return session(context.remoteAddress(), request.headers()).isPresent()
                            ? onward(to, Optional.empty())
                            : form(HttpStatus.OK, to, "");
                },
                context.blockingTaskExecutor()));
    }

    private HttpResponse form(HttpStatus status, String to, String sentence) {
        return printer.bare(status, "Sign in", "sign-in", Map.of("to", to, "sentence", sentence));
    }

    private static HttpResponse onward(String to, Optional<String> cookie) {
        var headers = PageHeaders.of(HttpStatus.SEE_OTHER).set(HttpHeaderNames.LOCATION, to);
        cookie.ifPresent(c -> headers.set(HttpHeaderNames.SET_COOKIE, c));
        return HttpResponse.of(headers.build());
    }

    /** The form as it was sent. */
    HttpResponse signIn(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(
                request.aggregate().thenApplyAsync(whole -> signIn(context, whole), context.blockingTaskExecutor()));
    }

    private HttpResponse signIn(ServiceRequestContext context, AggregatedHttpRequest request) {
        if (!SameOrigin.sent(request.headers())) {
            return elsewhere();
        }
        MediaType type = request.contentType();
        QueryParams fields =
                type != null && type.is(FORM) ? QueryParams.fromQueryString(request.contentUtf8()) : QueryParams.of();
        String to = OwnPath.of(fields.get("to", OwnPath.START));
        String token = fields.get("token", "").strip();
        if (token.isEmpty()) {
            return form(HttpStatus.BAD_REQUEST, to, "paste a token; plumbline token create prints one");
        }
        Admission admission = admittance.signIn(context.remoteAddress(), Optional.of(token));
        if (admission instanceof Admission.Refused no) {
            return form(
                    StatusTable.http(Code.forNumber(no.status().getCode().value())),
                    to,
                    SignedIn.sentence(no.status()));
        }
        // Whoever signs in anew leaves what he was before.
        SessionCookie.secret(request.headers()).flatMap(sessions::of).ifPresent(sessions::end);
        return onward(to, Optional.of(SessionCookie.set(sessions.begin((Admission.Granted) admission))));
    }

    private HttpResponse elsewhere() {
        return printer.refusal(
                Optional.empty(), HttpStatus.FORBIDDEN, "this form is taken from pages of this address alone");
    }

    HttpResponse signOut(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(
                request.aggregate().thenApplyAsync(whole -> signOut(whole.headers()), context.blockingTaskExecutor()));
    }

    private HttpResponse signOut(RequestHeaders headers) {
        if (!SameOrigin.sent(headers)) {
            return elsewhere();
        }
        SessionCookie.secret(headers).flatMap(sessions::of).ifPresent(sessions::end);
        return onward("/sign-in", Optional.of(SessionCookie.forget()));
    }
}
