package dev.plumbline.agent.hold;

import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Hold;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port of one peer: one quiet connection after another, each of the age that tells most. Runs on the desk. */
final class HeldLine {
    private static final Duration NOBODY_THERE = Duration.ofSeconds(30);
    private static final Duration NO_PLAN_YET = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(HeldLine.class);

    private final Network network;
    private final Supplier<Optional<HoldTarget>> target;
    private final AgeSearch search;
    private final Duration pause;
    private final Consumer<Hold> facts;
    private final EventLoop desk;
    private @Nullable QuietConnection current;
    private boolean closed;
    /** Somebody ended the last one, and nobody knows how far he is. */
    private boolean locate;

    private String said = "";

    HeldLine(
            Network network,
            Supplier<Optional<HoldTarget>> target,
            AgeSearch search,
            Duration pause,
            Consumer<Hold> facts) {
        this.network = network;
        this.target = target;
        this.search = search;
        this.pause = pause;
        this.facts = facts;
        this.desk = network.loops().desk();
    }

    void start() {
        desk.execute(this::next);
    }

    private void next() {
        if (closed) {
            return;
        }
        try {
            begin();
        } catch (RuntimeException bug) {
            LOG.error("no connection could be held by a fault of the agent's own", bug);
            after(NOBODY_THERE);
        }
    }

    private void begin() {
        Optional<HoldTarget> now = target.get();
        if (now.isEmpty()) {
            after(NO_PLAN_YET);
            return;
        }
        QuietConnection begun = QuietConnection.begin(network, now.get(), search.next(), HoldTimes.STANDARD, locate);
        current = begun;
        begun.ended().whenCompleteAsync(this::ended, desk);
    }

    private void ended(@Nullable HoldOutcome outcome, @Nullable Throwable bug) {
        if (closed) {
            return;
        }
        if (outcome == null) {
            LOG.error("a held connection met a fault of the agent's own", bug);
            after(NOBODY_THERE);
            return;
        }
        if (outcome.hold().isEmpty()) {
            say(outcome.why());
            after(NOBODY_THERE);
            return;
        }
        said = "";
        Hold hold = outcome.hold().get();
        LOG.debug(
                "{} at {} quiet for {} s of {} s: {}, {}",
                hold.target(),
                hold.remote(),
                hold.idle().toSeconds(),
                hold.planned().toSeconds(),
                hold.end(),
                hold.detail());
        // First, so that a fault of whoever takes the fact leaves no port unheld.
        after(pause);
        locate = !locate && hold.end().isBySomebody();
        search.learn(hold);
        facts.accept(hold);
    }

    /** Once for each reason, not for each try: a wrong pin, or TLS that is opened on the way, must be seen. */
    private void say(String why) {
        if (!why.equals(said)) {
            said = why;
            LOG.warn("nothing is held: {}", why);
        }
    }

    private void after(Duration wait) {
        desk.schedule(this::next, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Done when nothing more is begun and what is held was told to end. */
    Future<?> close() {
        return desk.submit(() -> {
            closed = true;
            QuietConnection now = current;
            if (now != null) {
                now.giveUp();
            }
        });
    }
}
