package dev.plumbline.collector.projection;

import dev.plumbline.collector.journal.Beginning;
import java.util.Optional;

/** The judges that began earlier, as far as it is known what they decided by. */
public interface FormerJudges {
    /** Nothing is known of them. */
    FormerJudges FORGOTTEN = beginning -> Optional.empty();

    /**
     * Those of a beginning.
     *
     * @param isSame false where only the site is known that was declared then, and something else was another one
     */
    record Known(Judges judges, boolean isSame) {}

    Optional<Known> of(Beginning beginning);
}
