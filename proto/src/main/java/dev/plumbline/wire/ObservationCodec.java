package dev.plumbline.wire;

import dev.plumbline.words.Observation;

/** The facts of one probe. */
public final class ObservationCodec {
    private ObservationCodec() {}

    public static dev.plumbline.v1.Observation encode(Observation observation) {
        dev.plumbline.v1.Observation.Builder message = dev.plumbline.v1.Observation.newBuilder()
                .setTargetId(observation.target().value())
                .setRound(observation.round())
                .setTryNumber(observation.tryNumber())
                .setStartedAt(Fields.timestamp(observation.startedAt()))
                .setElapsedMicros(Fields.micros(observation.elapsed()))
                .setLoopLagMicros(Fields.micros(observation.loopLag()))
                .setQueueingMicros(Fields.micros(observation.queueing()));
        observation.lookups().forEach(l -> message.addLookups(LookupCodec.encode(l)));
        observation.attempts().forEach(a -> message.addAttempts(AttemptCodec.encode(a)));
        return message.build();
    }

    /**
     * @throws WireException naming the field that is wrong
     */
    public static Observation decode(dev.plumbline.v1.Observation message) throws WireException {
        if (message.getTryNumber() < 1) {
            throw new WireException("try_number", "tries are counted from 1");
        }
        return new Observation(
                Fields.targetId(message.getTargetId(), "target_id"),
                message.getRound(),
                message.getTryNumber(),
                Fields.instant(message.hasStartedAt(), message.getStartedAt(), "started_at"),
                Fields.span(message.getElapsedMicros(), "elapsed_micros"),
                Fields.each(message.getLookupsList(), "lookups", LookupCodec::decode),
                Fields.each(message.getAttemptsList(), "attempts", AttemptCodec::decode),
                Fields.span(message.getLoopLagMicros(), "loop_lag_micros"),
                Fields.span(message.getQueueingMicros(), "queueing_micros"));
    }
}
