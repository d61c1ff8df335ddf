package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;

/** An SSH banner (RFC 4253 §4.2), which the agent keeps as {@code banner}; older ones as the first line of the body. */
final class SshExpectation {
    private SshExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt)
                .map(e -> {
                    String banner = e.seen().getOrDefault("banner", firstLine(e));
                    return banner.startsWith("SSH-2.0-") || banner.startsWith("SSH-1.99-")
                            ? Answers.met("banner " + banner.strip())
                            : Answers.wrong(
                                    target.host() + " greets with '" + banner.strip() + "', which is no SSH banner");
                })
                .orElseGet(() -> Answers.noExchange(attempt));
    }

    private static String firstLine(Exchange e) {
        return e.bodyStart().latin1().lines().findFirst().orElse("");
    }
}
