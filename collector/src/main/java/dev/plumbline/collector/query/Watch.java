package dev.plumbline.collector.query;

import dev.plumbline.collector.store.StoreException;
import dev.plumbline.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One caller who watches. Whoever takes too long to read is told later, and then what became of it meanwhile. */
final class Watch {
    private final Look look;
    private final ServerCallStreamObserver<WatchResponse> call;
    private final Supplier<Instant> clock;
    private @Nullable Watched told;

    /** How it is now, as far as the caller may see it. */
    interface Look {
        Watched now() throws Refusal;
    }

    Watch(Look look, ServerCallStreamObserver<WatchResponse> call, Supplier<Instant> clock) {
        this.look = look;
        this.call = call;
        this.clock = clock;
    }

    void whenLeft(Runnable action) {
        call.setOnCancelHandler(action);
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
        if (!call.isReady() && told != null) {
            return true;
        }
        try {
            Watched now = look.now();
            Watched before = told;
            Optional<WatchResponse> news =
                    before == null ? Optional.of(now.whole(clock.get())) : now.since(before, clock.get());
            news.ifPresent(call::onNext);
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

    synchronized void end(Refusal why) {
        if (!call.isCancelled()) {
            call.onError(why.asException());
        }
    }
}
