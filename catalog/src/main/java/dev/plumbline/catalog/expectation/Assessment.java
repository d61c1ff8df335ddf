package dev.plumbline.catalog.expectation;

/**
 * Met or not met, because.
 *
 * @param because a sentence for an administrator; never empty
 */
public record Assessment(Outcome outcome, String because) {
    public boolean isMet() {
        return outcome == Outcome.MET;
    }
}
