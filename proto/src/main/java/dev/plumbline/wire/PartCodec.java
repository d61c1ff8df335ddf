package dev.plumbline.wire;

import dev.plumbline.v1.FailureKind;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Transport;

/** The parts that observations are made of: failures, endpoints, transports. */
final class PartCodec {
    private PartCodec() {}

    static dev.plumbline.v1.Failure failure(Failure failure) {
        return dev.plumbline.v1.Failure.newBuilder()
                .setKindValue(failure.number())
                .setDetail(failure.detail())
                .build();
    }

    static Failure failure(boolean present, dev.plumbline.v1.Failure message, String field) throws WireException {
        if (!present) {
            throw new WireException(field, "is missing");
        }
        int number = message.getKindValue();
        if (number == FailureKind.FAILURE_KIND_UNSPECIFIED_VALUE) {
            throw new WireException(field + ".kind", "is missing");
        }
        // A number that this version does not know stays what it is.
        return new Failure(dev.plumbline.words.FailureKind.ofNumber(number), number, message.getDetail());
    }

    static dev.plumbline.v1.Endpoint endpoint(Endpoint endpoint) {
        return dev.plumbline.v1.Endpoint.newBuilder()
                .setAddress(endpoint.address())
                .setPort(endpoint.port())
                .build();
    }

    /** An absent endpoint is one that is not known. */
    static Endpoint endpoint(dev.plumbline.v1.Endpoint message, String field) throws WireException {
        return new Endpoint(message.getAddress(), Fields.port(message.getPort(), field + ".port"));
    }

    /** A number that this version does not know stays what it is. */
    static Transport transport(int number) throws WireException {
        if (number == dev.plumbline.v1.Transport.TRANSPORT_UNSPECIFIED_VALUE) {
            throw new WireException("transport", "is missing");
        }
        return new Transport(number);
    }
}
