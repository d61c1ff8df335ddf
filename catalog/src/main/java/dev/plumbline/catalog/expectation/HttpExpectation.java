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
        return disturbed(target, e).orElseGet(() -> Answers.met("HTTP " + e.status() + " from " + target.host()));
    }

    /** What answers in place of the host: a portal, a filter or a proxy; empty when nothing shows that somebody does. */
    static Optional<Assessment> disturbed(Target target, Exchange e) {
        return Portal.of(target.host(), e)
                .or(() -> BlockPage.of(e))
                .or(() -> proxied(e)
                        ? Optional.of(Answers.wrong(
                                "HTTP " + e.status() + " is the answer of a proxy, not of " + target.host()))
                        : Optional.empty());
    }

    /** The real server may refuse a path that has moved; that proves little, but it is no failure. */
    static boolean refusesThePath(Exchange e) {
        return e.status() == 400 || e.status() == 403 || e.status() == 404 || e.status() == 410;
    }

    private static boolean proxied(Exchange e) {
        return e.status() == 407 || e.status() == 502 || e.status() == 504;
    }
}
