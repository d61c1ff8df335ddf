package dev.plumbline.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Losses;
import dev.plumbline.words.Sha256;

/** What travels at once, and the evidence in it. */
public final class BatchCodec {
    private BatchCodec() {}

    public static dev.plumbline.v1.Batch encode(Batch batch) {
        dev.plumbline.v1.Batch.Builder message = dev.plumbline.v1.Batch.newBuilder()
                .setIncarnation(Fields.uuid(batch.incarnation()))
                .setSequence(batch.sequence())
                .setPlanHash(batch.planHash());
        batch.observations().forEach(o -> message.addObservations(ObservationCodec.encode(o)));
        batch.summaries().forEach(s -> message.addSummaries(SummaryCodec.encode(s)));
        batch.evidence().forEach(e -> message.addEvidence(encode(e)));
        batch.holds().forEach(h -> message.addHolds(HoldCodec.encode(h)));
        if (!batch.losses().isNone()) {
            message.setLosses(encode(batch.losses()));
        }
        return message.build();
    }

    /**
     * @throws WireException naming the field that is wrong
     */
    public static Batch decode(dev.plumbline.v1.Batch message) throws WireException {
        if (message.getSequence() < 1) {
            throw new WireException("sequence", "sequences start at 1 and end at " + Long.MAX_VALUE);
        }
        return new Batch(
                Fields.uuid(message.getIncarnation(), "incarnation"),
                message.getSequence(),
                message.getPlanHash(),
                Fields.each(message.getObservationsList(), "observations", ObservationCodec::decode),
                Fields.each(message.getSummariesList(), "summaries", SummaryCodec::decode),
                Fields.each(message.getEvidenceList(), "evidence", BatchCodec::decode),
                Fields.each(message.getHoldsList(), "holds", HoldCodec::decode),
                decode(message.getLosses()));
    }

    /**
     * A batch from the bytes of its message, as the journal keeps them.
     *
     * @throws InvalidProtocolBufferException when the bytes are no message at all
     * @throws WireException naming the field that is wrong
     */
    public static Batch parse(byte[] bytes) throws InvalidProtocolBufferException, WireException {
        return decode(dev.plumbline.v1.Batch.parseFrom(bytes));
    }

    public static dev.plumbline.v1.Losses encode(Losses losses) {
        return dev.plumbline.v1.Losses.newBuilder()
                .setDropped(losses.dropped())
                .setRefused(losses.refused())
                .setUnwritten(losses.unwritten())
                .setDamaged(losses.damaged())
                .setDamagedFiles(losses.damagedFiles())
                .build();
    }

    private static Losses decode(dev.plumbline.v1.Losses message) throws WireException {
        try {
            return new Losses(
                    message.getDropped(),
                    message.getRefused(),
                    message.getUnwritten(),
                    message.getDamaged(),
                    message.getDamagedFiles());
        } catch (IllegalArgumentException e) {
            throw Fields.problem("losses", e);
        }
    }

    public static dev.plumbline.v1.Evidence encode(Evidence evidence) {
        return dev.plumbline.v1.Evidence.newBuilder()
                .setSha256(Fields.sha256(evidence.hash()))
                .setKind(evidence.kind())
                .setContent(ByteString.copyFrom(evidence.content().toArray()))
                .build();
    }

    /**
     * @throws WireException naming the field that is wrong
     */
    public static Evidence decode(dev.plumbline.v1.Evidence message) throws WireException {
        Sha256 hash = Fields.sha256(message.getSha256(), "sha256");
        try {
            return new Evidence(
                    hash, message.getKind(), Bytes.of(message.getContent().toByteArray()));
        } catch (IllegalArgumentException e) {
            throw Fields.problem("content", e);
        }
    }
}
