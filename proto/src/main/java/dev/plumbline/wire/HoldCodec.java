package dev.plumbline.wire;

import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.TtlRange;

/** One quiet connection. */
public final class HoldCodec {
    private HoldCodec() {}

    public static dev.plumbline.v1.Hold encode(Hold hold) {
        dev.plumbline.v1.Hold.Builder message = dev.plumbline.v1.Hold.newBuilder()
                .setTargetId(hold.target().value())
                .setPeerValue(hold.peer().number())
                .setHost(hold.host())
                .setLocal(PartCodec.endpoint(hold.local()))
                .setRemote(PartCodec.endpoint(hold.remote()))
                .setOpenedAt(Fields.timestamp(hold.openedAt()))
                .setPlannedIdleMicros(Fields.micros(hold.planned()))
                .setIdleMicros(Fields.micros(hold.idle()))
                .setEndValue(hold.endNumber())
                .setAnswered(hold.answered())
                .setDetail(hold.detail());
        if (hold.endTtl().isMeasured()) {
            message.setEndTtlLeast(hold.endTtl().least());
            message.setEndTtlMost(hold.endTtl().most());
        }
        return message.build();
    }

    /**
     * @throws WireException naming the field that is wrong
     */
    public static Hold decode(dev.plumbline.v1.Hold message) throws WireException {
        int number = message.getEndValue();
        if (number == dev.plumbline.v1.HoldEnd.HOLD_END_UNSPECIFIED_VALUE) {
            throw new WireException("end", "is missing");
        }
        try {
            return new Hold(
                    Fields.targetId(message.getTargetId(), "target_id"),
                    HoldPeer.ofNumber(message.getPeerValue()),
                    message.getHost(),
                    PartCodec.endpoint(message.getLocal(), "local"),
                    PartCodec.endpoint(message.getRemote(), "remote"),
                    Fields.instant(message.hasOpenedAt(), message.getOpenedAt(), "opened_at"),
                    Fields.span(message.getPlannedIdleMicros(), "planned_idle_micros"),
                    Fields.span(message.getIdleMicros(), "idle_micros"),
                    HoldEnd.ofNumber(number),
                    number,
                    message.getAnswered(),
                    endTtl(message),
                    message.getDetail());
        } catch (IllegalArgumentException e) {
            throw Fields.problem("end", e);
        }
    }

    private static TtlRange endTtl(dev.plumbline.v1.Hold message) {
        boolean measured = message.getEndTtlLeast() != 0 || message.getEndTtlMost() != 0;
        return measured ? new TtlRange(message.getEndTtlLeast(), message.getEndTtlMost()) : TtlRange.ANY;
    }
}
