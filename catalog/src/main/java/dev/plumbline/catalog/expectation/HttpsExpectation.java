package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import java.util.Optional;

/**
 * TLS identity, then any HTTP status that is no block page. The identity is the question: a server that hangs up on a
 * bare GET, or answers something else than HTTP, after it has shown the right chain is reached. One that falls silent or
 * is cut off by RST is not, since a filter that acts after the handshake looks like that.
 */
final class HttpsExpectation {
    private HttpsExpectation() {}

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        Optional<Handshake> handshake = identity.succeeded(attempt.handshakes());
        if (handshake.isEmpty()) {
            return Answers.noHandshake(attempt, target.serverName());
        }
        Assessment who = identity.judge(handshake.get());
        if (!who.isMet() || attempt.exchange().isEmpty()) {
            return who;
        }
        Exchange e = attempt.exchange().get();
        FailureKind kind = e.failure().kind();
        if (kind == FailureKind.EXCHANGE_SILENT || kind == FailureKind.EXCHANGE_RESET) {
            return Answers.noExchange(attempt);
        }
        if (!e.failure().isNone()) {
            return Answers.met(who.because() + "; it gave no HTTP answer");
        }
        // A page that speaks of blocking is the real server's own when it comes with success under the right identity.
        Optional<Assessment> page = e.status() >= 400 ? BlockPage.of(e) : Optional.empty();
        return page.orElseGet(() -> Answers.met(who.because() + ", HTTP " + e.status()));
    }
}
