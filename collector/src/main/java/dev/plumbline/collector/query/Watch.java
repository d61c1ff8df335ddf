package dev.plumbline.collector.query;

import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.store.StoreException;
import dev.plumbline.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One caller who watches. Whoever takes too long to read is told later, and then what became of it meanwhile. */
final class Watch {
    /** Whoever reads nothing for so long is gone, or might as well be. */
    private static final Duration UNREAD = Duration.ofMinutes(1);

    /** So that the time of what is shown moves on: nothing new is another answer than no answer. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Look look;
    private final ServerCallStreamObserver<WatchResponse> call;
    private final Supplier<Instant> clock;
    /** Names this watch in the ids of its messages. */
    private final String name = UUID.randomUUID().toString();

    private long messages;
    private @Nullable Watched told;
    private Instant toldAt = Instant.EPOCH;
    private @Nullable Instant unreadSince;

    /** How it is now, as far as the caller may see it. */
    interface Look {
        Watched now() throws Refusal;
    }

    Watch(Look look, ServerCallStreamObserver<WatchResponse> call, Supplier<Instant> clock) {
        this.look = look;
        this.call = call;
        this.clock = clock;
    }

    /**
     * What somebody was told, when they left.
     *
     * @param id of the latest message
     */
    record Left(String id, Watched told) {}

    /** Goes on where another one ended: its whole is not told again. */
    synchronized void goOnFrom(Left left) {
        told = left.told();
    }

    /** Whether an id is of one of its messages. */
    boolean said(String id) {
        return id.startsWith(name);
    }

    /** Empty when nothing was told. */
    synchronized Optional<Left> left() {
        Watched last = told;
        return last == null || messages == 0 ? Optional.empty() : Optional.of(new Left(id(), last));
    }

    private String id() {
        return name + "-" + messages;
    }

    /** However it ends: the caller left, or the call was closed here, which is no cancellation. */
    void whenLeft(Runnable action) {
        call.setOnCancelHandler(action);
        call.setOnCloseHandler(action);
    }

    /**
     * Tells what is new.
     *
     * @return false when nothing will ever be told again
     */
    synchronized boolean tell() {
        if (call.isCancelled()) {
            return false;
        }
        if (!call.isReady() && messages > 0) {
            return waits(clock.get());
        }
        unreadSince = null;
        try {
            Watched now = look.now();
            Watched before = told;
            Instant at = clock.get();
            Optional<WatchResponse> news = before == null ? Optional.of(now.whole(at)) : now.since(before, at);
            if (news.isPresent() || !at.isBefore(toldAt.plus(QUIET))) {
                messages++;
                call.onNext(news.map(WatchResponse::toBuilder)
                        .orElseGet(() -> WatchResponse.newBuilder().setAt(timestamp(at)))
                        .setId(id())
                        .build());
                toldAt = at;
            }
            told = now;
            return true;
        } catch (StoreException e) {
            call.onError(Refusal.unavailable(String.valueOf(e.getMessage())).asException());
        } catch (Refusal e) {
            // The segment may have been removed.
            call.onError(e.asException());
        }
        return false;
    }

    /** A call that was closed is never ready either. */
    private boolean waits(Instant now) {
        if (unreadSince == null) {
            unreadSince = now;
        }
        if (now.isBefore(unreadSince.plus(UNREAD))) {
            return true;
        }
        call.onError(Refusal.exhausted("nothing was read of this watch for " + UNREAD.toSeconds() + " s; begin it anew")
                .asException());
        return false;
    }

    synchronized void end(Refusal why) {
        if (!call.isCancelled()) {
            call.onError(why.asException());
        }
    }
}
