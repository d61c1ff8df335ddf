package dev.plumbline.agent.hold;

import dev.plumbline.agent.net.Acknowledged;
import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Earshot;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Routes;
import dev.plumbline.agent.net.Tail;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.TtlRange;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The quiet of one connection and what ends it. All of it happens on the connection's loop; only what it shows may be
 * asked from elsewhere.
 *
 * <p>A courier is written TLS's own goodbye (close_notify, RFC 8446 6.1): every peer knows it, it asks for nothing, needs no
 * credentials, and a kernel acknowledges it like any byte. The helper is written random bytes, which it sends back.
 */
public final class Quiet {
    /** What a helper says when it is stopped: as long as an echo, and not to be forged by a box on the way. */
    public static final String HELPER_ENDS = "plumbline: ends\n";

    private static final long TICK_MILLIS = 2000;
    private static final long POLL_MILLIS = 50;
    private static final long ANSWER_MAY_FOLLOW_MILLIS = 1000;
    private static final Duration SENDS_AT_LEAST = Duration.ofSeconds(1);
    private static final int ECHO_BYTES = HELPER_ENDS.length();

    /** A peer that says goodbye right before it closes was quiet until then. */
    private static final long GOODBYE_NANOS = 1_000_000_000L;

    /** How far it is. */
    public enum Phase {
        QUIET,
        ASKING,
        OVER
    }

    private final Network network;
    private final HoldTarget target;
    private final Duration planned;
    private final HoldTimes times;
    private final Channel channel;
    private final Endpoint remote;
    private final Optional<Earshot> earshot;
    private final Duration nearerOnly;
    private final CompletableFuture<HoldOutcome> ended;
    private final Instant openedAt;
    private final Standstill standstill;
    private final long latestAsk;
    private final byte[] question = new byte[ECHO_BYTES];
    private final Future<?> ticks;
    private volatile Phase phase = Phase.QUIET;
    private volatile long lastByte;
    private volatile long askedAt;
    private long burstBegan;
    private long lastBeforeBurst;
    private boolean acknowledged;
    private boolean canTell = true;

    private Quiet(
            Network network,
            HoldTarget target,
            Duration planned,
            HoldTimes times,
            Connection connection,
            Optional<Earshot> earshot,
            CompletableFuture<HoldOutcome> ended) {
        this.network = network;
        this.target = target;
        this.planned = planned;
        this.times = times;
        this.channel = connection.channel().orElseThrow();
        this.remote = Endpoints.of(connection.remote());
        this.earshot = earshot;
        this.nearerOnly = nearerOnly(connection.elapsed(), times.answer());
        this.ended = ended;
        this.openedAt = network.ticker().instant();
        this.lastByte = network.ticker().nanos();
        this.burstBegan = lastByte;
        this.lastBeforeBurst = lastByte;
        this.standstill = new Standstill(network.ticker(), times.standstill());
        // A peer that keeps talking is never quiet; it is asked all the same.
        this.latestAsk = lastByte + 2 * planned.toNanos();
        this.ticks = channel.eventLoop()
                .scheduleWithFixedDelay(guarded(this::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Must be called on the channel's loop, when TLS stands.
     *
     * @param earshot where it shall be told whether a box ended it that is nearer than the peer
     */
    static Quiet begin(
            Network network,
            HoldTarget target,
            Duration planned,
            HoldTimes times,
            Connection connection,
            Optional<Earshot> earshot,
            CompletableFuture<HoldOutcome> ended) {
        Quiet quiet = new Quiet(network, target, planned, times, connection, earshot, ended);
        earshot.ifPresent(Earshot::narrow);
        quiet.channel.pipeline().addFirst(new Watch(quiet));
        Tail.addBefore(quiet.channel, new Echo(quiet::decrypted, ECHO_BYTES));
        quiet.askAfter(planned);
        if (!quiet.channel.isActive()) {
            quiet.closed(Optional.empty());
        }
        return quiet;
    }

    public Phase phase() {
        return phase;
    }

    public Endpoint remote() {
        return remote;
    }

    /** How long no byte has come or gone; stands still once it was written to. */
    public Duration idle() {
        long until = askedAt == 0 ? network.ticker().nanos() : askedAt;
        return Duration.ofNanos(Math.max(0, until - lastByte));
    }

    /** A bug in a scheduled step ends the connection for whoever waits, instead of leaving him waiting. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException bug) {
                phase = Phase.OVER;
                ticks.cancel(false);
                channel.close();
                ended.completeExceptionally(bug);
            }
        };
    }

    /** Long enough for a write that the kernel sends three times, and short enough to hear the peer after it. */
    private static Duration nearerOnly(Duration roundTrip, Duration answer) {
        Duration sends = roundTrip.multipliedBy(8);
        Duration least = sends.compareTo(SENDS_AT_LEAST) > 0 ? sends : SENDS_AT_LEAST;
        Duration most = answer.dividedBy(3);
        return least.compareTo(most) > 0 ? most : least;
    }

    private void askAfter(Duration wait) {
        channel.eventLoop().schedule(guarded(this::ask), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask() {
        if (phase != Phase.QUIET) {
            return;
        }
        long now = network.ticker().nanos();
        long quietUntil = lastByte + planned.toNanos();
        if (now < quietUntil && now < latestAsk) {
            askAfter(Duration.ofNanos(quietUntil - now));
            return;
        }
        tick();
        if (phase == Phase.QUIET) {
            askedAt = now;
            phase = Phase.ASKING;
            write();
            channel.eventLoop()
                    .schedule(
                            guarded(() -> earshot.ifPresent(Earshot::widen)),
                            nearerOnly.toMillis(),
                            TimeUnit.MILLISECONDS);
            poll();
        }
    }

    private void write() {
        if (target.peer() == HoldPeer.HELPER) {
            ThreadLocalRandom.current().nextBytes(question);
            channel.writeAndFlush(Unpooled.copiedBuffer(question));
        } else {
            channel.pipeline().get(SslHandler.class).closeOutbound();
        }
    }

    private void poll() {
        if (phase != Phase.ASKING) {
            return;
        }
        Duration waited = network.ticker().since(askedAt);
        if (!acknowledged) {
            Optional<Boolean> seen = Acknowledged.of(channel, waited);
            canTell = seen.isPresent();
            acknowledged = seen.orElse(false);
            if (acknowledged && target.peer() != HoldPeer.HELPER) {
                channel.eventLoop().schedule(guarded(this::settle), ANSWER_MAY_FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        if (waited.compareTo(times.answer()) >= 0) {
            settle();
        } else {
            channel.eventLoop().schedule(guarded(this::poll), POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Nothing more is waited for. */
    private void settle() {
        if (phase != Phase.ASKING) {
            return;
        }
        tick();
        if (acknowledged) {
            end(HoldEnd.ALIVE, "the write was acknowledged; no answer");
        } else if (canTell) {
            end(
                    HoldEnd.SILENT_AFTER_WRITE,
                    "no acknowledgement and no answer in " + times.answer().toSeconds() + " s");
        } else {
            end(HoldEnd.NOT_MEASURED, "no answer; without epoll nothing tells whether the write was acknowledged");
        }
    }

    /** Ciphered bytes came. */
    void heard() {
        if (phase == Phase.QUIET) {
            long now = network.ticker().nanos();
            if (now - lastByte > GOODBYE_NANOS) {
                lastBeforeBurst = lastByte;
                burstBegan = now;
            }
            lastByte = now;
        } else if (phase == Phase.ASKING && target.peer() != HoldPeer.HELPER) {
            answered("the write was answered");
        }
    }

    private void decrypted(byte[] bytes) {
        if (target.peer() == HoldPeer.HELPER && HELPER_ENDS.equals(new String(bytes, StandardCharsets.US_ASCII))) {
            endWithoutFact("the helper was stopped");
        } else if (phase == Phase.ASKING && target.peer() == HoldPeer.HELPER && Arrays.equals(bytes, question)) {
            answered("the helper sent back what was written");
        }
    }

    /** The socket is about to close: by a RST with its error, by a FIN without one. */
    void closed(Optional<String> reset) {
        switch (phase) {
            case QUIET -> {
                long now = network.ticker().nanos();
                lastByte = now - burstBegan <= GOODBYE_NANOS ? lastBeforeBurst : lastByte;
                askedAt = now;
                tick();
                end(reset.isPresent() ? HoldEnd.RESET : HoldEnd.CLOSED, reset.orElse("the peer closed"));
            }
            case ASKING -> closedAfterWrite(reset);
            case OVER -> {}
        }
    }

    /** The socket broke by another error than a RST. */
    void broke(Failure failure) {
        boolean silence = phase == Phase.ASKING && failure.kind().isSilence();
        end(silence ? HoldEnd.SILENT_AFTER_WRITE : HoldEnd.LOCAL, failure.detail());
    }

    private void closedAfterWrite(Optional<String> reset) {
        boolean courier = target.peer() != HoldPeer.HELPER;
        boolean taken = acknowledged
                || (reset.isPresent()
                        && Acknowledged.beforeItsReset(channel, network.ticker().since(askedAt)));
        if (reset.isEmpty() && courier && earshot.isPresent()) {
            end(HoldEnd.NOT_MEASURED, "the peer closed, in answer to the write or before, when it was not listened to");
        } else if (reset.isEmpty() && courier) {
            answered("the peer closed in answer to the write");
        } else if (reset.isEmpty()) {
            end(HoldEnd.CLOSED, "the peer closed in answer to the write, which the helper never does");
        } else if (taken && courier) {
            end(HoldEnd.ALIVE, "the write was acknowledged, then the peer reset: " + reset.get());
        } else {
            end(HoldEnd.RESET_AFTER_WRITE, reset.get());
        }
    }

    /** A host that slept, stood still or moved says nothing of the network. */
    private void tick() {
        if (phase == Phase.OVER) {
            return;
        }
        Optional<String> stood = standstill.check();
        if (stood.isPresent()) {
            end(HoldEnd.LOCAL, stood.get());
        } else if (channel.localAddress() instanceof InetSocketAddress local && !Routes.isOurs(local.getAddress())) {
            end(HoldEnd.LOCAL, "this host lost its address " + Endpoints.text(local.getAddress()));
        }
    }

    private void answered(String detail) {
        end(HoldEnd.ALIVE, true, detail);
    }

    private void end(HoldEnd end, String detail) {
        end(end, false, detail);
    }

    private void end(HoldEnd end, boolean answered, String detail) {
        if (phase == Phase.OVER) {
            return;
        }
        Duration idle = idle();
        phase = Phase.OVER;
        ticks.cancel(false);
        Hold hold = new Hold(
                target.id(),
                target.peer(),
                target.host(),
                Endpoints.of(channel.localAddress()),
                remote,
                openedAt,
                planned,
                idle,
                end,
                end.number(),
                answered,
                end.isBySomebody() ? earshot.map(Earshot::heard).orElse(TtlRange.ANY) : TtlRange.ANY,
                detail);
        channel.close();
        ended.complete(HoldOutcome.of(hold));
    }

    void giveUp() {
        endWithoutFact("given up after " + idle().toSeconds() + " s of quiet, still open");
    }

    private void endWithoutFact(String why) {
        if (phase != Phase.OVER) {
            askedAt = askedAt == 0 ? network.ticker().nanos() : askedAt;
            phase = Phase.OVER;
            ticks.cancel(false);
            channel.close();
            ended.complete(HoldOutcome.none(why));
        }
    }
}
