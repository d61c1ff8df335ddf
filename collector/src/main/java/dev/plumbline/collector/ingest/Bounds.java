package dev.plumbline.collector.ingest;

import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.RoundSummary;
import java.util.Optional;

/** What one agent may ask of the collector; a sentence when it asks for more. */
final class Bounds {
    /** Longest message, in bytes. */
    static final int MESSAGE_BYTES = 4 << 20;

    /** Batches of one stream that may wait for the disk. */
    static final int WINDOW = 4;

    private static final int OBSERVATIONS = 1024;
    private static final int SUMMARIES = 64;
    private static final int EVIDENCE = 1024;
    private static final int HOLDS = 256;
    private static final int ECHOES = 64;
    private static final int EVIDENCE_BYTES = 64 << 10;

    private Bounds() {}

    static Optional<String> passedBy(Batch batch) {
        if (batch.observations().size() > OBSERVATIONS) {
            return over("observations", batch.observations().size(), OBSERVATIONS);
        }
        if (batch.summaries().size() > SUMMARIES) {
            return over("round summaries", batch.summaries().size(), SUMMARIES);
        }
        if (batch.evidence().size() > EVIDENCE) {
            return over("items of evidence", batch.evidence().size(), EVIDENCE);
        }
        if (batch.holds().size() > HOLDS) {
            return over("holds", batch.holds().size(), HOLDS);
        }
        for (RoundSummary summary : batch.summaries()) {
            int echoes = summary.environment().echoes().size();
            if (echoes > ECHOES) {
                return over("echoes of one round", echoes, ECHOES);
            }
        }
        for (Evidence evidence : batch.evidence()) {
            if (evidence.content().size() > EVIDENCE_BYTES) {
                return over("bytes of one item of evidence", evidence.content().size(), EVIDENCE_BYTES);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> over(String what, int is, int most) {
        return Optional.of("the batch has " + is + " " + what + "; at most " + most + " are taken");
    }
}
