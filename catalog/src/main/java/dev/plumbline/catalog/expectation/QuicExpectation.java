package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;

/**
 * QUIC version negotiation (RFC 9000 §17.2.1): a long header with version 0 in answer to a reserved version. The agent compares
 * the connection ids with its own and says {@code swapped} under {@code connection-ids}; ids of others are a stranger's.
 */
final class QuicExpectation {
    private QuicExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt)
                .map(e -> isVersionNegotiation(e.bodyStart().toArray())
                                && e.seen().getOrDefault("connection-ids", "").equals("swapped")
                        ? Answers.met("QUIC version negotiation from " + target.host())
                        : Answers.wrong("an answer that is no QUIC version negotiation for us"))
                .orElseGet(() -> Answers.noExchange(attempt));
    }

    private static boolean isVersionNegotiation(byte[] packet) {
        return packet.length >= 7
                && packet[0] < 0
                && packet[1] == 0
                && packet[2] == 0
                && packet[3] == 0
                && packet[4] == 0;
    }
}
