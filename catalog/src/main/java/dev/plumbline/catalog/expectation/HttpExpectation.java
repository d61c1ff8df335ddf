package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import java.util.Optional;

/**
 * Plain HTTP: any answer that is no block page, no portal's redirect and no proxy's excuse. A bare GET often gets 403 or
 * 404 of the real server, so the status alone says nothing.
 */
final class HttpExpectation {
    private HttpExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt).map(e -> answer(target, e)).orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Target target, Exchange e) {
        Optional<Assessment> portal = Portal.of(target.host(), e);
        if (portal.isPresent()) {
            return portal.get();
        }
        return BlockPage.of(e)
                .orElseGet(() -> proxied(e)
                        ? Answers.wrong("HTTP " + e.status() + " is the answer of a proxy, not of " + target.host())
                        : Answers.met("HTTP " + e.status() + " from " + target.host()));
    }

    private static boolean proxied(Exchange e) {
        return e.status() == 407 || e.status() == 502 || e.status() == 504;
    }
}
