package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import java.util.List;
import java.util.Optional;

/**
 * The captive-portal page: 200 and exactly the Success body after trimming. A page that names a web filter is a filter's;
 * every other redirect or page is a portal.
 */
final class CaptiveExpectation {
    private static final String SUCCESS = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";

    private CaptiveExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt).map(e -> answer(target, e)).orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Target target, Exchange e) {
        if (e.status() == 200 && e.bodyStart().latin1().strip().equals(SUCCESS)) {
            return Answers.met("HTTP 200 with the Success page");
        }
        return Portal.of(target.host(), e)
                .or(() -> BlockPage.of(e))
                .orElseGet(() -> new Assessment(
                        Outcome.PORTAL,
                        "HTTP " + e.status() + " with another page than Success: somebody answers in place of "
                                + target.host()));
    }

    /** What an asker that is nobody in particular got decides; what Apple's own detection got beside it is said. */
    static Assessment together(Assessment anybody, List<Assessment> detection) {
        boolean passes = detection.stream().anyMatch(Assessment::isMet);
        Optional<Assessment> page =
                detection.stream().filter(CaptiveExpectation::isAnswered).findFirst();
        if (!anybody.isMet() && isAnswered(anybody) && passes) {
            return new Assessment(
                    anybody.outcome(),
                    anybody.because()
                            + "; the portal lets Apple's detection through and nobody else, so devices see none");
        }
        if (anybody.isMet() && !passes && page.isPresent()) {
            return Answers.met(anybody.because() + ", but to Apple's detection somebody else answers: "
                    + page.get().because());
        }
        return anybody;
    }

    private static boolean isAnswered(Assessment assessment) {
        return assessment.outcome() == Outcome.PORTAL || assessment.outcome() == Outcome.BLOCK_PAGE;
    }
}
