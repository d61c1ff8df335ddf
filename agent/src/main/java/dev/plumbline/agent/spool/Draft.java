package dev.plumbline.agent.spool;

import com.google.protobuf.ByteString;
import dev.plumbline.v1.Batch;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Losses;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** A batch that is still being filled; decides when it is full. */
final class Draft {
    static final int MAX_OBSERVATIONS = 64;
    static final int MAX_BYTES = 512 << 10;
    /** As many as a collector takes. */
    static final int MAX_EVIDENCE = 1024;

    private final Batch.Builder message = Batch.newBuilder();
    private final Set<ByteString> evidence = new HashSet<>();
    private final BitSet repeats = new BitSet();
    private int bytes;
    private boolean endsRound;

    /** False when the fact belongs to another plan, or would not fit: the batch is cut before it. */
    boolean takes(Fact fact) {
        return isEmpty()
                || (fact.planHash().equals(message.getPlanHash())
                        && bytes + fact.size() <= MAX_BYTES
                        && evidence.size() + fact.evidence().size() <= MAX_EVIDENCE);
    }

    void add(Fact fact) {
        message.setPlanHash(fact.planHash());
        bytes += fact.size();
        if (fact.isRepeat()) {
            repeats.set(message.getObservationsCount());
        }
        fact.observation().ifPresent(message::addObservations);
        // Two rounds of one batch may bring the same.
        fact.evidence().stream().filter(e -> evidence.add(e.getSha256())).forEach(message::addEvidence);
        fact.summary().ifPresent(message::addSummaries);
        fact.hold().ifPresent(message::addHolds);
        endsRound = fact.summary().isPresent();
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Full, or at the end of a round, for which somebody may wait. */
    boolean isDue() {
        return endsRound
                || message.getObservationsCount() + message.getHoldsCount() >= MAX_OBSERVATIONS
                || bytes >= MAX_BYTES;
    }

    int observations() {
        return message.getObservationsCount();
    }

    /** Which of the observations are successes that say nothing new. */
    BitSet repeats() {
        return repeats;
    }

    int bytes() {
        return bytes;
    }

    byte[] seal(UUID incarnation, long sequence, Losses losses) {
        message.setIncarnation(Fields.uuid(incarnation)).setSequence(sequence);
        if (!losses.isNone()) {
            message.setLosses(BatchCodec.encode(losses));
        }
        return message.build().toByteArray();
    }
}
