package dev.plumbline.agent.spool;

import dev.plumbline.v1.Evidence;
import dev.plumbline.v1.Hold;
import dev.plumbline.v1.Observation;
import dev.plumbline.v1.RoundSummary;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.HoldCodec;
import dev.plumbline.wire.ObservationCodec;
import dev.plumbline.wire.SummaryCodec;
import java.util.List;
import java.util.Optional;

/**
 * One thing that goes into a batch, as a message.
 *
 * @param isRepeat an observation that is a success and says nothing new
 */
record Fact(
        String planHash,
        Optional<Observation> observation,
        List<Evidence> evidence,
        Optional<RoundSummary> summary,
        Optional<Hold> hold,
        boolean isRepeat,
        int size) {
    /** After it nothing comes. */
    static final Fact LAST = new Fact("", Optional.empty(), List.of(), Optional.empty(), Optional.empty(), false, 0);

    /** What a field costs beside its content. */
    private static final int FIELD = 8;

    static Fact of(
            String planHash,
            dev.plumbline.words.Observation observation,
            List<dev.plumbline.words.Evidence> evidence,
            boolean isRepeat) {
        Observation message = ObservationCodec.encode(observation);
        List<Evidence> messages = evidence.stream().map(BatchCodec::encode).toList();
        int size = messages.stream()
                .mapToInt(e -> e.getSerializedSize() + FIELD)
                .reduce(message.getSerializedSize() + FIELD, Integer::sum);
        return new Fact(planHash, Optional.of(message), messages, Optional.empty(), Optional.empty(), isRepeat, size);
    }

    static Fact of(String planHash, List<dev.plumbline.words.Evidence> evidence) {
        List<Evidence> messages = evidence.stream().map(BatchCodec::encode).toList();
        int size =
                messages.stream().mapToInt(e -> e.getSerializedSize() + FIELD).sum();
        return new Fact(planHash, Optional.empty(), messages, Optional.empty(), Optional.empty(), false, size);
    }

    static Fact of(dev.plumbline.words.RoundSummary summary) {
        RoundSummary message = SummaryCodec.encode(summary);
        return new Fact(
                summary.planHash(),
                Optional.empty(),
                List.of(),
                Optional.of(message),
                Optional.empty(),
                false,
                message.getSerializedSize() + FIELD);
    }

    static Fact of(String planHash, dev.plumbline.words.Hold hold) {
        Hold message = HoldCodec.encode(hold);
        return new Fact(
                planHash,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(message),
                false,
                message.getSerializedSize() + FIELD);
    }

    boolean isLast() {
        return size == 0;
    }
}
