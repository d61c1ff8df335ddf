package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.Optional;

/**
 * DNS over HTTPS (RFC 8484): TLS identity, then 200 with {@code application/dns-message}
 * that answers the question. The agent compares id and question with its own and says {@code ours} under {@code dns-answer},
 * or why not.
 */
final class DohExpectation {
    private DohExpectation() {}

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        Optional<Handshake> handshake = identity.succeeded(attempt.handshakes());
        if (handshake.isEmpty()) {
            return Answers.noHandshake(attempt, target.serverName());
        }
        Assessment who = identity.judge(handshake.get());
        if (!who.isMet()) {
            return who;
        }
        return Answers.answered(attempt).map(DohExpectation::answer).orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Exchange e) {
        String type = Answers.header(e, "content-type");
        if (e.status() == 200 && type.startsWith("application/dns-message")) {
            String answer = e.seen().getOrDefault("dns-answer", "not read");
            return answer.equals("ours")
                    ? Answers.met("a DNS answer over HTTPS, rcode " + e.seen().getOrDefault("rcode", "unknown"))
                    : Answers.wrong("HTTP 200 with a DNS message, but " + answer);
        }
        return BlockPage.of(e)
                .orElseGet(() -> Answers.wrong("HTTP " + e.status() + " with '" + type + "' is no DNS message"));
    }
}
