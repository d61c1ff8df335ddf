package dev.plumbline.collector.projection;

import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a store anew from the journal: judges begin where judges began, and apply what was applied there. */
public final class Rebuild {
    private final JournalHistory journal;
    private final Judges judges;
    private final RoundTiming timing;
    private final Basis basis;
    private final FormerJudges former;

    /** Whatever other judges decided by is not known. */
    public Rebuild(JournalHistory journal, Judges judges, RoundTiming timing, Basis basis) {
        this(journal, judges, timing, basis, FormerJudges.FORGOTTEN);
    }

    /**
     * @param basis what the judges decide by
     * @param former judges that decided by something else
     */
    public Rebuild(JournalHistory journal, Judges judges, RoundTiming timing, Basis basis, FormerJudges former) {
        this.former = former;
        this.journal = journal;
        this.judges = judges;
        this.timing = timing;
        this.basis = basis;
    }

    /** How far it is. */
    public interface Progress {
        /** @param records read so far, some of them more than once */
        void at(long records, long rounds);
    }

    /**
     * How it went.
     *
     * @param otherwise stretches that were judged by another program or under another configuration: their rows may differ
     * @param isWhole false where it began at a closing at which no judge had begun: what that judge remembered is missing
     */
    public record Result(long records, long rounds, List<Stretch> otherwise, boolean isWhole) {
        public Result {
            otherwise = List.copyOf(otherwise);
        }
    }

    /**
     * Brings a store up to a closing.
     *
     * @param store an empty one, or a copy at an earlier closing
     * @throws JournalException when the journal cannot be read, or the records that the store lacks are no longer there
     */
    public Result run(Store store, long upTo, Progress progress) throws JournalException {
        long begun = store.position();
        checkKept(begun);
        long from = store.closing();
        List<Stretch> stretches = Stretch.upTo(upTo, journal.beginnings()).stream()
                .filter(s -> s.last() > from || (s.isEmpty() && s.last() == from))
                .toList();
        List<Stretch> otherwise = new ArrayList<>();
        long rounds = 0;
        long before = 0;
        for (Stretch stretch : stretches) {
            Projection projection = new Projection(journal, judges(stretch, otherwise), store, timing);
            projection.begin(stretch.beginning().begunAt());
            while (projection.replay(stretch.last(), Set.of(), Instant.EPOCH).isPresent()) {
                rounds++;
                progress.at(before + projection.records(), rounds);
            }
            before += projection.records();
        }
        // A collector that runs may have deleted meanwhile what was still to be read.
        checkKept(begun);
        boolean isWhole = stretches.isEmpty() || stretches.get(0).beginning().applied() == from;
        return new Result(before, rounds, otherwise, isWhole);
    }

    private void checkKept(long begun) throws JournalException {
        if (begun < journal.deletedTo()) {
            throw new JournalException(
                    "the journal's records up to position " + journal.deletedTo()
                            + " were deleted by its retention, and the store is to be made from position " + begun
                            + "; try again beside a collector that runs, else put back snapshot.db of a backup, which stands for"
                            + " them",
                    new IllegalStateException());
        }
    }

    private Judges judges(Stretch stretch, List<Stretch> otherwise) {
        if (stretch.beginning().basis().decidesLike(basis)) {
            return judges;
        }
        Optional<FormerJudges.Known> known = former.of(stretch.beginning());
        if (known.filter(FormerJudges.Known::isSame).isEmpty() && !stretch.isEmpty()) {
            otherwise.add(stretch);
        }
        return known.map(FormerJudges.Known::judges).orElse(judges);
    }
}
