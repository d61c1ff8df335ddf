package dev.plumbline.collector.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells a page which part of it to ask for again, as server-sent events: names of parts alone, so that there is one place where
 * scopes are kept. A stream ends with its session. A browser that comes back says what it was told last, and is told of the rest.
 */
final class LiveEvents implements HttpService {
    /** Of one token: more than somebody has pages open. */
    private static final int MOST_OF_ONE = 16;

    /** Proxies cut what says nothing for a minute, some for half of one. */
    private static final int COMMENT_EVERY = 15;

    private final Reception reception;
    private final Changes changes;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    LiveEvents(Reception reception, Changes changes) {
        this.reception = reception;
        this.changes = changes;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(
                CompletableFuture.supplyAsync(() -> answer(context, request), context.blockingTaskExecutor()));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        Optional<Session> session = reception.session(context.remoteAddress(), request.headers());
        if (session.isEmpty()) {
            // 204 makes a browser give up (WHATWG HTML section 9.2.2); the page is led away at its next question.
            return HttpResponse.of(PageHeaders.of(HttpStatus.NO_CONTENT).build());
        }
        String token = session.get().tokenId();
        if (open.merge(token, 1, Integer::sum) > MOST_OF_ONE) {
            left(token);
            return HttpResponse.of(PageHeaders.of(HttpStatus.TOO_MANY_REQUESTS, MediaType.PLAIN_TEXT_UTF_8)
                    .build());
        }
        String last =
                request.headers().get("last-event-id", context.queryParams().get("after", ""));
        return new Stream(context, session.get()).begin(last);
    }

    private void left(String token) {
        open.computeIfPresent(token, (t, n) -> n == 1 ? null : n - 1);
    }

    /** One page that is open. */
    private final class Stream implements Changes.Follower {
        private final ServiceRequestContext context;
        private final Session session;
        private final HttpResponseWriter events = HttpResponse.streaming();
        // Guarded by this: what was not read yet is told as one.
        private final Set<Changes.Part> waiting = EnumSet.noneOf(Changes.Part.class);
        private String latest = "";
        private boolean isWriting;
        private int seconds;

        Stream(ServiceRequestContext context, Session session) {
            this.context = context;
            this.session = session;
        }

        HttpResponse begin(String last) {
            context.clearRequestTimeout();
            events.write(PageHeaders.of(HttpStatus.OK, MediaType.EVENT_STREAM)
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .build());
            write(": the parts that became otherwise\n\n");
            ScheduledFuture<?> looks =
                    context.eventLoop().withoutContext().scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
            events.whenComplete().whenComplete((nothing, broken) -> {
                looks.cancel(false);
                changes.leave(session.asker(), this);
                left(session.tokenId());
            });
            changes.follow(session.asker(), last, this);
            return events;
        }

        /** Once a second. */
        private void look() {
            changes.forget();
            if (!reception.isOpen(session)) {
                // The page asks once more, and is led to where people sign in.
                told(latest, EnumSet.allOf(Changes.Part.class));
                events.close();
                return;
            }
            seconds++;
            if (seconds % COMMENT_EVERY == 0) {
                comment();
            }
        }

        private synchronized void comment() {
            if (!isWriting) {
                write(": still here\n\n");
            }
        }

        @Override
        public synchronized void told(String id, Set<Changes.Part> parts) {
            latest = id;
            waiting.addAll(parts);
            tell();
        }

        @Override
        public void ended() {
            events.close();
        }

        private synchronized void tell() {
            if (isWriting || waiting.isEmpty()) {
                return;
            }
            StringBuilder text = new StringBuilder();
            waiting.forEach(part -> text.append("id: ")
                    .append(latest)
                    .append("\nevent: ")
                    .append(part.word())
                    .append("\ndata: changed\n\n"));
            waiting.clear();
            write(text.toString());
        }

        private synchronized void write(String text) {
            isWriting = true;
            if (events.tryWrite(HttpData.ofUtf8(text))) {
                events.whenConsumed().thenRun(this::written);
            }
        }

        private void written() {
            synchronized (this) {
                isWriting = false;
            }
            tell();
        }
    }
}
