package dev.plumbline.agent.environment;

import dev.plumbline.agent.pac.PacOutcome;
import dev.plumbline.agent.pac.PacQuestion;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.ScriptEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a network's script last answered. Asking it takes a process of its own, some half a second of processor time; a script
 * whose text, questions and asker are the same says the same for a while. Any thread.
 */
final class ScriptMemory {
    private final Ticker ticker;
    private final Duration serves;

    // Guarded by this.
    private @Nullable Asked last;
    private @Nullable PacOutcome outcome;
    private long at;

    /** @param serves how long an answer is used again: scripts may go by the hour and by what names lead to */
    ScriptMemory(Ticker ticker, Duration serves) {
        this.ticker = ticker;
        this.serves = serves;
    }

    private record Asked(String script, List<PacQuestion> questions, String ownAddress) {}

    /** The answers of an equal question, or those of a run; a script that failed is run again. */
    CompletableFuture<PacOutcome> answers(
            String script,
            List<PacQuestion> questions,
            String ownAddress,
            Supplier<CompletableFuture<PacOutcome>> run) {
        Asked asked = new Asked(script, List.copyOf(questions), ownAddress);
        synchronized (this) {
            if (outcome != null && asked.equals(last) && ticker.nanos() - at < serves.toNanos()) {
                return CompletableFuture.completedFuture(outcome);
            }
        }
        return run.get().whenComplete((answered, bug) -> {
            if (answered != null && answered.end() == ScriptEnd.ANSWERED) {
                keep(asked, answered);
            }
        });
    }

    private synchronized void keep(Asked asked, PacOutcome answered) {
        last = asked;
        outcome = answered;
        at = ticker.nanos();
    }
}
