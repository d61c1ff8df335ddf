package dev.plumbline.agent.revocation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * An OCSP response as far as it matters for reach (RFC 6960 §4.2.1). The signature is not checked: whoever forges a response
 * has read the question.
 *
 * @param responseStatus such as {@code successful} or {@code unauthorized}
 * @param certStatus {@code good}, {@code revoked} or {@code unknown}; empty where the response carries none
 * @param producedAt empty where the response carries none
 */
public record OcspAnswer(String responseStatus, String certStatus, Optional<Instant> producedAt) {
    /** id-pkix-ocsp-basic, 1.3.6.1.5.5.7.48.1.1. */
    private static final byte[] BASIC = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01};

    private static final int EXPLICIT_0 = 0xa0;
    private static final int EXPLICIT_1 = 0xa1;
    private static final int EXPLICIT_2 = 0xa2;
    private static final int GOOD = 0x80;
    private static final int REVOKED = 0xa1;
    private static final int UNKNOWN = 0x82;

    /** Empty when the bytes are no OCSPResponse, or not the whole of one. */
    public static Optional<OcspAnswer> read(byte[] bytes) {
        if (Der.wholeLength(bytes) != bytes.length) {
            return Optional.empty();
        }
        return Der.of(bytes).enter(Der.SEQUENCE).flatMap(OcspAnswer::response);
    }

    private static Optional<OcspAnswer> response(Der response) {
        Optional<byte[]> status = response.value(Der.ENUMERATED).filter(v -> v.length == 1);
        if (status.isEmpty()) {
            return Optional.empty();
        }
        String word = word(status.get()[0]);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (response.tag() != EXPLICIT_0) {
            // Only an error may come without a response inside.
            return word.equals("successful")
                    ? Optional.empty()
                    : Optional.of(new OcspAnswer(word, "", Optional.empty()));
        }
        return response.enter(EXPLICIT_0)
                .flatMap(explicit -> explicit.enter(Der.SEQUENCE))
                .flatMap(OcspAnswer::basic)
                .flatMap(data -> single(word, data));
    }

    private static String word(int status) {
        return switch (status) {
            case 0 -> "successful";
            case 1 -> "malformedRequest";
            case 2 -> "internalError";
            case 3 -> "tryLater";
            case 5 -> "sigRequired";
            case 6 -> "unauthorized";
            default -> "";
        };
    }

    /** From ResponseBytes to ResponseData. */
    private static Optional<Der> basic(Der responseBytes) {
        Optional<byte[]> type = responseBytes.value(Der.OBJECT).filter(oid -> Arrays.equals(oid, BASIC));
        return type.flatMap(t -> responseBytes.value(Der.OCTET_STRING))
                .flatMap(content -> Der.of(content).enter(Der.SEQUENCE))
                .flatMap(basic -> basic.enter(Der.SEQUENCE));
    }

    private static Optional<OcspAnswer> single(String status, Der data) {
        data.skipIf(EXPLICIT_0);
        if (data.tag() != EXPLICIT_1 && data.tag() != EXPLICIT_2) {
            return Optional.empty();
        }
        data.skip();
        Optional<Instant> producedAt = data.time();
        if (producedAt.isEmpty()) {
            return Optional.empty();
        }
        return data.enter(Der.SEQUENCE)
                .flatMap(responses -> responses.enter(Der.SEQUENCE))
                .filter(Der::skip)
                .map(single -> new OcspAnswer(status, certStatus(single.tag()), producedAt));
    }

    private static String certStatus(int tag) {
        return switch (tag) {
            case GOOD -> "good";
            case REVOKED -> "revoked";
            case UNKNOWN -> "unknown";
            default -> "";
        };
    }
}
