package dev.plumbline.wire;

import dev.plumbline.words.QuicHandshake;
import java.util.Optional;

/** What only a handshake in QUIC tells. */
final class QuicCodec {
    private QuicCodec() {}

    static dev.plumbline.v1.QuicHandshake encode(QuicHandshake quic) {
        dev.plumbline.v1.QuicHandshake.Builder message =
                dev.plumbline.v1.QuicHandshake.newBuilder().setVersion(quic.version());
        quic.close()
                .ifPresent(close -> message.setClose(dev.plumbline.v1.QuicClose.newBuilder()
                        .setCode(close.code())
                        .setByApplication(close.byApplication())
                        .setReason(close.reason())));
        return message.build();
    }

    static QuicHandshake decode(dev.plumbline.v1.QuicHandshake message) throws WireException {
        return new QuicHandshake(
                message.getVersion(),
                message.hasClose()
                        ? Optional.of(Fields.required(true, message.getClose(), "close", QuicCodec::close))
                        : Optional.empty());
    }

    private static QuicHandshake.Close close(dev.plumbline.v1.QuicClose message) throws WireException {
        return new QuicHandshake.Close(
                Fields.count(message.getCode(), "code"), message.getByApplication(), message.getReason());
    }
}
