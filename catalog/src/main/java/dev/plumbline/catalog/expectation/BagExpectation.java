package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import java.util.List;

/**
 * The push configuration bag: 200 and a property list with the keys of the outer bag. Only the beginning of the body is
 * kept and the order of the keys varies, so one of {@code bag}, {@code certs}, {@code signature} is enough.
 */
final class BagExpectation {
    private static final List<String> KEYS = List.of("<key>bag</key>", "<key>certs</key>", "<key>signature</key>");

    private BagExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt).map(e -> answer(target, e)).orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Target target, Exchange e) {
        String body = e.bodyStart().latin1();
        if (e.status() == 200 && body.contains("<plist") && KEYS.stream().anyMatch(body::contains)) {
            return Answers.met("HTTP 200 with the push configuration");
        }
        return Portal.of(target.host(), e)
                .or(() -> BlockPage.of(e))
                .orElseGet(() -> Answers.wrong("HTTP " + e.status() + " without the push configuration"));
    }
}
