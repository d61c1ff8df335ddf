package dev.plumbline.collector.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of all streams from their arrival until they are handled, those of batches until they are durable. Every stream may begin a
 * message at any time, so nobody can be asked beforehand: who brings more than there is room for is not read from until there is
 * room again. One message is kept room for beside all others, so that the one that was begun first always comes to its end, and
 * with it, one after the other, all of them. Time is an argument. Any thread.
 */
final class Room {
    /** What Netty reads at once before it looks whether it shall read on. */
    private static final long READ_BYTES = 64 << 10;

    private final long most;
    private final long limit;
    /** Whose message is not whole yet, in the order in which these were begun. */
    private final Set<Share> receiving = new LinkedHashSet<>();

    private final Set<Share> paused = new LinkedHashSet<>();
    /** Two streams may have one connection: it is read from again when neither waits. */
    private final Tally<Line> pausedOn = new Tally<>();

    private long taken;
    /** Of what is taken, what belongs to messages that are not whole. */
    private long unfinished;

    private long highest;
    private long pauses;

    /** One stream's part: the message that it receives, and the one before it until it is handed on. Guarded by its room. */
    static final class Share {
        private final Line line;
        private long held;
        private long whole;
        private boolean hasLeft;
        private boolean isInTheWay;
        private boolean isFirstInTheWay;
        private long inTheWaySince;
        private long heldSince;

        private Share(Line line) {
            this.line = line;
        }
    }

    /**
     * @param most bytes at once
     * @param longest a message
     */
    Room(long most, long longest) {
        if (longest > most) {
            throw new IllegalArgumentException("a room of " + most + " bytes has none for a message of " + longest);
        }
        this.most = most;
        this.limit = most - longest;
    }

    /** For a stream that begins. */
    Share share(Line line) {
        return new Share(line);
    }

    /** Whether there is no room for one more message. */
    synchronized boolean isFull() {
        return taken > limit;
    }

    /** A part of a message came. */
    synchronized void arrived(Share share, long bytes) {
        if (share.hasLeft) {
            return;
        }
        receiving.add(share);
        share.held += bytes;
        unfinished += bytes;
        taken += bytes;
        highest = Math.max(highest, taken);
        if (!mayGoOn(share)) {
            if (paused.add(share)) {
                pausedOn.enter(share.line);
            }
            share.line.pause();
        }
    }

    /** Who is eldest waits for what others hold only where that comes free without him. */
    private boolean mayGoOn(Share share) {
        return taken <= limit || (share == eldest() && (taken - share.held <= limit || taken == unfinished));
    }

    private @Nullable Share eldest() {
        Iterator<Share> first = receiving.iterator();
        return first.hasNext() ? first.next() : null;
    }

    /** The message has come whole. */
    synchronized void whole(Share share) {
        if (receiving.remove(share)) {
            unfinished -= share.held;
        }
        share.whole += share.held;
        share.held = 0;
        share.isInTheWay = false;
        resume();
    }

    /** How many bytes the message has that is handled from now on; whoever does gives them back. */
    synchronized long handed(Share share) {
        long bytes = share.whole;
        share.whole = 0;
        return bytes;
    }

    synchronized void giveBack(long bytes) {
        taken -= bytes;
        resume();
    }

    /** The stream has ended. */
    synchronized void leave(Share share) {
        share.hasLeft = true;
        if (receiving.remove(share)) {
            unfinished -= share.held;
        }
        taken -= share.held + share.whole;
        share.held = 0;
        share.whole = 0;
        resume(share);
        resume();
    }

    private void resume(Share share) {
        if (!paused.remove(share)) {
            return;
        }
        pausedOn.leave(share.line);
        if (pausedOn.of(share.line) == 0) {
            share.line.resume();
        }
    }

    /** As many as may read once each, and the eldest. */
    private void resume() {
        List<Share> next = new ArrayList<>();
        long free = limit - taken;
        for (Share share : paused) {
            if (free < READ_BYTES) {
                break;
            }
            next.add(share);
            free -= READ_BYTES;
        }
        Share eldest = eldest();
        if (eldest != null && paused.contains(eldest) && mayGoOn(eldest) && !next.contains(eldest)) {
            next.add(eldest);
        }
        next.forEach(this::resume);
    }

    /** Whether nothing is read from this stream until there is room. */
    synchronized boolean isPaused(Share share) {
        return paused.contains(share);
    }

    /**
     * Whether others have waited for longer than that for the message that was begun first, and is not whole, or for another
     * that was begun and of which nothing more came meanwhile.
     */
    synchronized boolean isInTheWay(Share share, long nowNanos, Duration longerThan) {
        boolean isFirst = share == eldest();
        if (!receiving.contains(share) || paused.isEmpty() || paused.contains(share)) {
            share.isInTheWay = false;
        } else if (!share.isInTheWay
                || isFirst != share.isFirstInTheWay
                || (!isFirst && share.held != share.heldSince)) {
            share.isInTheWay = true;
            share.isFirstInTheWay = isFirst;
            share.inTheWaySince = nowNanos;
            share.heldSince = share.held;
        }
        return share.isInTheWay && nowNanos - share.inTheWaySince > longerThan.toNanos();
    }

    /**
     * How full it is.
     *
     * @param most bytes at once
     * @param receiving streams whose message is not whole
     * @param waiting streams that are not read from
     * @param pauses how often an agent was asked to pause
     */
    record Level(long taken, long highest, long most, int receiving, int waiting, long pauses) {}

    synchronized Level level() {
        return new Level(taken, highest, most, receiving.size(), paused.size(), pauses);
    }

    /** An agent was asked to send nothing for a moment. */
    synchronized void askedToPause() {
        pauses++;
    }

    synchronized long taken() {
        return taken;
    }

    /** The most that was taken at once since the beginning. */
    synchronized long highest() {
        return highest;
    }
}
