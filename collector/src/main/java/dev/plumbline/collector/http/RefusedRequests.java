package dev.plumbline.collector.http;

import com.google.rpc.Code;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.CancellationException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What never reached a service, or broke one: told in the same form as every other refusal, and without what it was that broke. */
final class RefusedRequests implements ServerErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedRequests.class);

    private final Function<String, Set<String>> methods;
    private final Pages pages;

    /** @param methods by which a path may be asked; empty = there is no such path */
    RefusedRequests(Function<String, Set<String>> methods, Pages pages) {
        this.methods = methods;
        this.pages = pages;
    }

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        boolean isOfThePeer = cause instanceof HttpStatusException
                || cause instanceof HttpResponseException
                || cause instanceof RequestTimeoutException
                || cause instanceof ContentTooLargeException
                || cause instanceof CancellationException
                // That of one stream of HTTP/2, and of a whole connection.
                || cause instanceof ClosedStreamException;
        if (!isOfThePeer) {
            LOG.error("{} {} could not be answered", context.method(), context.path(), cause);
        }
        // It becomes a status, which comes back below.
        return null;
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        if (status.isContentAlwaysEmpty()) {
            return AggregatedHttpResponse.of(status);
        }
        Set<String> allowed = headers == null ? Set.of() : methods.apply(path(headers));
        AggregatedHttpResponse answer = answer(headers, status, message(status, allowed));
        return status.equals(HttpStatus.METHOD_NOT_ALLOWED) && !allowed.isEmpty()
                ? AggregatedHttpResponse.of(
                        answer.headers().withMutations(h -> h.set(HttpHeaderNames.ALLOW, String.join(", ", allowed))),
                        answer.content())
                : answer;
    }

    private AggregatedHttpResponse answer(@Nullable RequestHeaders headers, HttpStatus status, Status message) {
        return Optional.ofNullable(headers)
                .flatMap(h -> pages.refused(h, status, message.getMessage()))
                .orElseGet(() -> RefusedAnswer.of(message, status));
    }

    private static String path(RequestHeaders headers) {
        String path = headers.path();
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static Status message(HttpStatus status, Set<String> allowed) {
        return switch (status.code()) {
            case 404 -> said(Code.NOT_FOUND, "there is nothing at this path; /openapi.json has all there are");
            case 405 ->
                said(
                        Code.UNIMPLEMENTED,
                        "this path is not asked by that method"
                                + (allowed.isEmpty() ? "" : " but by " + String.join(" or ", allowed)));
            case 408 -> said(Code.DEADLINE_EXCEEDED, "the request did not come to its end in time; ask again");
            case 413 ->
                said(Code.INVALID_ARGUMENT, "the body is too long: " + HttpBounds.BODY_BYTES + " bytes are taken");
            case 414 ->
                said(
                        Code.INVALID_ARGUMENT,
                        "the path with its query is too long: " + HttpBounds.LINE_BYTES + " bytes are taken");
            case 431 ->
                said(
                        Code.INVALID_ARGUMENT,
                        "the headers are too long: " + HttpBounds.HEADER_BYTES + " bytes are taken");
            case 503 -> said(Code.UNAVAILABLE, "there was no answer in time, or the collector is closing; ask again");
            default ->
                status.isClientError()
                        ? said(
                                Code.INVALID_ARGUMENT,
                                "this is no request that can be answered: " + status.reasonPhrase())
                        : said(Code.INTERNAL, "the collector could not answer; its log says why");
        };
    }

    private static Status said(Code code, String sentence) {
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(sentence)
                .build();
    }
}
