package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.QuicHandshake;
import java.util.Optional;

/**
 * QUIC to a host that speaks HTTP/3 (RFC 9114). A handshake that stands decides by its chain, and one that the server refused
 * with CONNECTION_CLOSE shows that QUIC gets there and back, though not who refused. One without an answer is stopped,
 * whatever version negotiation said before: boxes that look for QUIC let a reserved version pass. Where no
 * handshake was made, because the agent's platform has no QUIC, version negotiation decides.
 */
final class Http3Expectation {
    /** Why the agent made no handshake: kept by it where it asked for the versions. */
    private static final String NOT_MEASURED = "handshake";

    private Http3Expectation() {}

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        Optional<Handshake> handshake = attempt.handshakes().stream()
                .filter(h -> h.quic().isPresent() && h.serverName().equals(target.serverName()))
                .findFirst();
        return handshake
                .map(h -> h.failure().isNone() ? stands(h, identity) : failed(target, attempt, h))
                .orElseGet(() -> negotiated(target, attempt));
    }

    private static Assessment stands(Handshake handshake, Identity identity) {
        if (handshake.certificates().isEmpty()) {
            return Answers.met("QUIC reaches the host; a session was resumed, so that no certificate was shown");
        }
        Assessment who = identity.judge(handshake);
        return who.isMet()
                ? Answers.met(who.because() + ", QUIC version "
                        + handshake.quic().map(QuicHandshake::versionText).orElse("unknown") + ", protocol "
                        + handshake.alpnSelected())
                : who;
    }

    private static Assessment failed(Target target, Attempt attempt, Handshake handshake) {
        Optional<QuicHandshake.Close> refused = handshake.quic().flatMap(QuicHandshake::close);
        if (refused.isPresent()) {
            return Answers.met("QUIC reaches " + target.host() + ", which refuses the handshake: "
                    + refused.get().text());
        }
        String passed = QuicExpectation.assess(target, attempt).isMet() ? "QUIC version negotiation passes, but " : "";
        return handshake.failure().kind().isSilence()
                ? new Assessment(
                        Outcome.NOT_REACHED,
                        passed + "a QUIC handshake with " + target.serverName() + " at " + attempt.remote()
                                + " gets no answer")
                : Answers.notReached(
                        passed + "no QUIC handshake with " + target.serverName() + " at " + attempt.remote(),
                        handshake.failure());
    }

    private static Assessment negotiated(Target target, Attempt attempt) {
        Assessment versions = QuicExpectation.assess(target, attempt);
        String lacking = attempt.exchange()
                .map(e -> e.seen().getOrDefault(NOT_MEASURED, ""))
                .orElse("");
        return lacking.isEmpty()
                ? versions
                : new Assessment(versions.outcome(), versions.because() + "; handshake " + lacking);
    }
}
