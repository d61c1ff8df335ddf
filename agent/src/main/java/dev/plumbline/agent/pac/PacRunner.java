package dev.plumbline.agent.pac;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs scripts, one at a time, each on a thread of its own that ends with it. One that outlives its time blocks the next:
 * a network may waste one thread of the agent's, not more.
 */
public final class PacRunner {
    private static final int STACK_BYTES = 1 << 20;

    private final PacLimits limits;
    private final AtomicBoolean busy = new AtomicBoolean();

    public PacRunner(PacLimits limits) {
        this.limits = limits;
    }

    /** Always completes normally, at the latest when the limit of time has passed. */
    public CompletableFuture<PacOutcome> run(String script, List<PacQuestion> questions, PacHost host) {
        if (!busy.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(PacOutcome.failed("an earlier script has not ended yet"));
        }
        CompletableFuture<PacOutcome> outcome = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                outcome.complete(new PacEngine(limits, host).evaluate(script, questions));
            } catch (OutOfMemoryError hoarder) {
                outcome.complete(PacOutcome.failed("the script wants more memory than there is"));
            } catch (Throwable bug) {
                outcome.complete(PacOutcome.failed("the script could not be run: " + bug));
            } finally {
                busy.set(false);
            }
        };
        Thread thread = new Thread(null, work, "pac", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        return outcome.completeOnTimeout(
                PacOutcome.failed(
                        "the script did not end within " + limits.time().toMillis() + " ms"),
                // The script's own clock is looked at first; this is for what it does not count.
                limits.time().toMillis() * 5 / 4,
                TimeUnit.MILLISECONDS);
    }
}
