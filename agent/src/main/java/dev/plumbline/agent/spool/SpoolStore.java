package dev.plumbline.agent.spool;

import dev.plumbline.words.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool's file through what happens to it: a damaged one is set aside and begun anew under another incarnation, one that
 * cannot be opened is tried again, and a full disk costs what comes and not what is there. Nothing of it is thrown. May be
 * used from any thread.
 */
final class SpoolStore implements AutoCloseable {
    static final String NAME = "spool.db";

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final int SPARE_BYTES = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(SpoolStore.class);

    private final Path path;
    private final Path tallyPath;
    private final SpoolBounds bounds;
    private final Clock clock;
    private final Quarantine quarantine;
    private final Trouble trouble = new Trouble();

    private @Nullable SpoolFile file;
    private @Nullable Tally tally;
    /** What is known without a file. */
    private Ledger latest;

    private long nextTry;
    private boolean roomHelps = true;
    private boolean startedOver;

    private SpoolStore(Path folder, SpoolBounds bounds, Clock clock) {
        this.path = folder.resolve(NAME).toAbsolutePath();
        this.tallyPath = folder.resolve("spool.tally");
        this.bounds = bounds;
        this.clock = clock;
        this.quarantine = new Quarantine(path);
        this.latest = Ledger.begin(UUID.randomUUID(), Losses.NONE, clock.millis());
        this.nextTry = System.nanoTime();
    }

    /** Opens what is in the folder as far as it can be; what cannot be now is tried again with each write. */
    static SpoolStore open(Path folder, SpoolBounds bounds, Clock clock) {
        SpoolStore store = new SpoolStore(folder, bounds, clock);
        synchronized (store) {
            store.tryToOpen();
        }
        return store;
    }

    /** Changes when a damaged file is begun anew. */
    synchronized UUID incarnation() {
        return latest.incarnation();
    }

    synchronized boolean startedOver() {
        return startedOver;
    }

    synchronized SpoolCounts counts(long notYetCounted) {
        return latest.counts(notYetCounted);
    }

    /** These never came so far as to be written. */
    synchronized void unwritten(long observations) {
        if (observations > 0) {
            trouble.lost(observations);
            say(observations);
        }
    }

    private void say(long unwritten) {
        SpoolFile now = file;
        if (now == null) {
            latest = latest.unwritten(unwritten);
        } else {
            now.say(ledger -> ledger.unwritten(unwritten));
            latest = now.ledger();
        }
        tell();
    }

    /** False when the batch could not be written; it is counted then. */
    synchronized boolean write(Draft draft) {
        if (file == null || !Files.exists(path)) {
            tryToOpen();
        }
        SpoolFile before = file;
        boolean written = written(draft);
        // A file that was begun anew because of this batch takes it.
        if (written || (file != before && written(draft))) {
            trouble.ends();
            roomHelps = true;
            return true;
        }
        unwritten(draft.observations());
        return false;
    }

    private boolean written(Draft draft) {
        SpoolFile now = file;
        if (now == null) {
            return false;
        }
        try {
            writeOrMakeRoom(now, draft);
            known(now);
            return true;
        } catch (SQLException e) {
            met(e);
            return false;
        }
    }

    private void writeOrMakeRoom(SpoolFile now, Draft draft) throws SQLException {
        try {
            now.write(draft, clock.millis());
        } catch (SQLException e) {
            if (!Damage.isFull(e) || !roomHelps) {
                throw e;
            }
            // What is in the file must not go for nothing, batch after batch, while the disk is full for hours.
            roomHelps = false;
            now.checkpoint();
            now.makeRoom(2L * draft.bytes() + SPARE_BYTES);
            now.checkpoint();
            now.write(draft, clock.millis());
        }
    }

    synchronized List<StoredBatch> after(long sequence, int max) {
        return trying(now -> now.after(sequence, max), List.of());
    }

    synchronized long newestPending() {
        return trying(SpoolFile::newestPending, 0L);
    }

    /** @param queued what waits before it */
    synchronized SpoolFill fill(int queued) {
        Duration oldest = trying(now -> now.oldest(clock.millis()), Duration.ZERO);
        SpoolFile now = file;
        return new SpoolFill(now == null ? 0 : now.bytes(), oldest, bounds, queued, Gathering.MAX_WAITING);
    }

    synchronized void acked(UUID incarnation, long sequence) {
        if (incarnation.equals(latest.incarnation())) {
            trying(
                    now -> {
                        now.acked(sequence);
                        return true;
                    },
                    false);
        }
    }

    synchronized void refused(UUID incarnation, long sequence) {
        if (incarnation.equals(latest.incarnation())) {
            trying(
                    now -> {
                        now.refused(sequence);
                        return true;
                    },
                    false);
        }
    }

    private <T> T trying(Operation<T> operation, T otherwise) {
        SpoolFile now = file;
        if (now == null) {
            return otherwise;
        }
        try {
            T result = operation.on(now);
            known(now);
            return result;
        } catch (SQLException e) {
            met(e);
            return otherwise;
        }
    }

    private void known(SpoolFile now) {
        boolean changed = !latest.equals(now.ledger());
        latest = now.ledger();
        if (changed) {
            tell();
        }
    }

    private void tell() {
        Tally open = tally;
        if (open != null) {
            open.write(latest);
        }
    }

    private void met(SQLException problem) {
        if (Damage.is(problem) || isSpoiledHead(problem)) {
            startOver(problem);
        } else {
            leaveReadOnly(problem);
            trouble.begins(String.valueOf(problem.getMessage()));
        }
    }

    /** What was opened for reading alone stays so: only another opening shows that it may be written again. */
    private void leaveReadOnly(SQLException problem) {
        if (Damage.isReadOnly(problem)) {
            leave();
        }
    }

    /** SQLite reads, and does not write, a file whose head names a later format: a flipped bit, where the disk takes writes. */
    private boolean isSpoiledHead(SQLException problem) {
        return Damage.isReadOnly(problem)
                && Files.isWritable(path)
                && Files.isWritable(path.getParent())
                && SpoolOpening.namesLaterFormat(path);
    }

    private void startOver(SQLException why) {
        LOG.error(
                "{} is damaged, {} observations that waited in it are lost: {}",
                path,
                latest.pending(),
                why.getMessage());
        leave();
        begin(latest.withoutFile());
    }

    /** Once every little while: each try may look through a large file. */
    private void tryToOpen() {
        long now = System.nanoTime();
        if (now - nextTry < 0) {
            return;
        }
        nextTry = now + BETWEEN_TRIES.toNanos();
        leave();
        openTally();
        Optional<Ledger> copy = Optional.ofNullable(tally).flatMap(Tally::read);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            open(copy);
        } else {
            Ledger known = copy.orElse(latest);
            boolean gone = known.lastSequence() > 0;
            if (gone) {
                LOG.error("{} is gone, and with it {} observations", path, known.pending());
            }
            begin(gone ? known.withoutFile() : known.losses());
        }
    }

    private void open(Optional<Ledger> copy) {
        try {
            SpoolFile opened = SpoolOpening.open(path, bounds);
            file = opened;
            reconcile(opened, copy);
        } catch (SQLException e) {
            if (Damage.isAtOpening(e) || isSpoiledHead(e)) {
                Ledger known = copy.orElse(latest);
                // What was known of it already is not counted twice.
                boolean isKnown = copy.isPresent() || latest.lastSequence() > 0;
                long untold = isKnown ? 0 : SpoolOpening.waitingIn(path);
                LOG.error(
                        "{} is damaged, {} observations that waited in it are lost: {}",
                        path,
                        known.pending() + untold,
                        e.getMessage());
                leave();
                begin(known.withoutFile(untold));
            } else {
                // Until it can be opened, what is known of it goes on.
                latest = copy.orElse(latest);
                leaveReadOnly(e);
                trouble.begins(String.valueOf(e.getMessage()));
            }
        }
    }

    private void reconcile(SpoolFile opened, Optional<Ledger> copy) throws SQLException {
        Ledger before = opened.ledger();
        boolean isOwn = copy.map(Ledger::incarnation)
                .filter(before.incarnation()::equals)
                .isPresent();
        // Without its copy, what was counted while the file could not be opened is known here alone.
        long counted = isOwn ? 0 : latest.unwritten();
        opened.say(own -> own.reconciled(copy).unwritten(counted));
        latest = opened.ledger();
        if (latest.damagedFiles() > before.damagedFiles()) {
            LOG.error("the log of {} is damaged, {} observations in it are lost", path, latest.lost() - before.lost());
            try {
                quarantine.copy(SpoolOpening.logOf(path), clock.instant());
            } catch (IOException e) {
                LOG.warn("the damaged log of {} cannot be kept: {}", path, e.toString());
            }
        }
        opened.settle();
        tell();
    }

    private void begin(Losses before) {
        Ledger first = Ledger.begin(UUID.randomUUID(), before, clock.millis());
        boolean anew = !before.isNone();
        try {
            quarantine.setAside(clock.instant());
            SpoolOpening.make(path, first);
            file = SpoolOpening.open(path, bounds);
            startedOver |= anew;
        } catch (SQLException | IOException e) {
            trouble.begins(path + ": " + e.getMessage());
        }
        // With or without a file: whoever asks is not told the incarnation of one that is gone.
        latest = first;
        tell();
    }

    private void openTally() {
        if (tally == null) {
            try {
                tally = Tally.open(tallyPath);
            } catch (IOException e) {
                LOG.warn(
                        "{} cannot be used ({}); what a damaged spool loses is not counted", tallyPath, e.getMessage());
            }
        }
    }

    private void leave() {
        SpoolFile now = file;
        file = null;
        if (now != null) {
            try {
                now.close();
            } catch (SQLException e) {
                LOG.debug("the spool's file would not close", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        SpoolFile now = file;
        if (now != null) {
            trying(
                    open -> {
                        open.settle();
                        return true;
                    },
                    false);
        }
        leave();
        Tally open = tally;
        if (open != null) {
            open.close();
        }
    }

    private interface Operation<T> {
        T on(SpoolFile file) throws SQLException;
    }
}
