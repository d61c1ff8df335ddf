package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate or revocation list in DER. The agent says by {@code form} which it is, by {@code issuer}, {@code next-update}
 * or {@code not-after}, {@code length} what it says of itself, and by {@code read} that it left off at the beginning of a long one. Healthy is a whole file that is not expired; a server that
 * refuses the path is reached, which is weak evidence and said so.
 */
final class CertFileExpectation {
    private CertFileExpectation() {}

    static Assessment assess(Target target, Attempt attempt, Instant at) {
        return Answers.answered(attempt)
                .map(e -> HttpExpectation.disturbed(target, e).orElseGet(() -> file(target, e, at)))
                .orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment file(Target target, Exchange e, Instant at) {
        Map<String, String> seen = e.seen();
        String form = seen.getOrDefault("form", "");
        if (e.status() != 200) {
            return HttpExpectation.refusesThePath(e)
                    ? Answers.met("HTTP " + e.status() + " from " + target.host()
                            + ": reached, but weak evidence, since it gave no file")
                    : Answers.wrong("HTTP " + e.status() + " in place of a certificate or revocation list");
        }
        if (form.isEmpty()) {
            return Answers.wrong("HTTP 200 with '" + Answers.header(e, "content-type")
                    + "' that is no certificate and no revocation list");
        }
        String what = (form.equals("crl") ? "the revocation list of " : "a certificate by ")
                + seen.getOrDefault("issuer", "nobody");
        boolean whole = seen.getOrDefault("length", "").equals(Long.toString(e.bodyBytes()));
        if (!whole && !seen.getOrDefault("read", "").equals("beginning")) {
            return Answers.wrong(
                    what + " came cut: " + e.bodyBytes() + " of its " + seen.getOrDefault("length", "?") + " bytes");
        }
        Optional<Instant> until = instant(seen.getOrDefault(form.equals("crl") ? "next-update" : "not-after", ""));
        if (until.isPresent() && at.isAfter(until.get())) {
            return new Assessment(Outcome.NOT_IN_VALIDITY, what + " was valid only until " + until.get());
        }
        return Answers.met(what + until.map(u -> ", valid until " + u).orElse(""));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
