package dev.plumbline.wire;

import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.TcpState;
import java.util.Optional;

/** What tells a hole in the path's MTU from a filter. */
final class SmallSegmentsCodec {
    private SmallSegmentsCodec() {}

    static dev.plumbline.v1.SmallSegments encode(SmallSegments small) {
        dev.plumbline.v1.SmallSegments.Builder message = dev.plumbline.v1.SmallSegments.newBuilder()
                .setSegmentBytes(small.segmentBytes())
                .setConnectFailure(PartCodec.failure(small.connect()));
        small.handshake().ifPresent(h -> message.setHandshake(AttemptCodec.handshake(h)));
        return message.build();
    }

    static SmallSegments decode(dev.plumbline.v1.SmallSegments message) throws WireException {
        return new SmallSegments(
                Fields.count(message.getSegmentBytes(), "segment_bytes"),
                PartCodec.failure(message.hasConnectFailure(), message.getConnectFailure(), "connect_failure"),
                message.hasHandshake()
                        ? Optional.of(
                                Fields.required(true, message.getHandshake(), "handshake", AttemptCodec::handshake))
                        : Optional.empty());
    }

    static dev.plumbline.v1.TcpState state(TcpState state) {
        return dev.plumbline.v1.TcpState.newBuilder()
                .setUnacknowledged(state.unacknowledged())
                .setRetransmits(state.retransmits())
                .setPathMtuBytes(state.pathMtu())
                .build();
    }

    static TcpState state(dev.plumbline.v1.TcpState message) throws WireException {
        return new TcpState(
                Fields.count(message.getUnacknowledged(), "unacknowledged"),
                Fields.count(message.getRetransmits(), "retransmits"),
                Fields.count(message.getPathMtuBytes(), "path_mtu_bytes"));
    }
}
