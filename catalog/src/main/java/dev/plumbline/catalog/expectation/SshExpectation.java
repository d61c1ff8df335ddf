package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;

/** An SSH banner (RFC 4253 §4.2). */
final class SshExpectation {
    private SshExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt)
                .map(e -> {
                    String banner = e.bodyStart().latin1().lines().findFirst().orElse("");
                    return banner.startsWith("SSH-2.0-") || banner.startsWith("SSH-1.99-")
                            ? Answers.met("banner " + banner.strip())
                            : Answers.wrong(
                                    target.host() + " greets with '" + banner.strip() + "', which is no SSH banner");
                })
                .orElseGet(() -> Answers.noExchange(attempt));
    }
}
