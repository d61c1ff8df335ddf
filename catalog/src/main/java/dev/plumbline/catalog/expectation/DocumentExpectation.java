package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.Locale;
import java.util.Optional;

/**
 * A document known by its beginning: JSON with the published asset sets, or a property list, whole or as the range that was
 * asked for. Where TLS proves who answers, the right server may have moved the document: that is said and is no failure.
 */
final class DocumentExpectation {
    private DocumentExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt)
                .map(e -> HttpExpectation.disturbed(target, e).orElseGet(() -> document(target, e)))
                .orElseGet(() -> Answers.noExchange(attempt));
    }

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        // Who answers is judged as for any other host; only what it answers is asked more closely here.
        Assessment reached = HttpsExpectation.assess(target, attempt, identity);
        Optional<Exchange> answered = Answers.answered(attempt);
        Optional<Handshake> handshake = identity.succeeded(attempt.handshakes());
        if (!reached.isMet() || answered.isEmpty() || handshake.isEmpty()) {
            return reached;
        }
        Assessment said = document(target, answered.get());
        return said.isMet() ? Answers.met(identity.judge(handshake.get()).because() + "; " + said.because()) : said;
    }

    private static Assessment document(Target target, Exchange e) {
        String name = target.probe() == ProbeKind.PMV ? "list of published systems" : "property list";
        boolean whole = e.status() == 200 || (e.status() == 206 && target.probe() != ProbeKind.PMV);
        if (!whole) {
            return HttpExpectation.refusesThePath(e)
                    ? Answers.met("HTTP " + e.status() + " from " + target.host()
                            + ": reached, but weak evidence, since it gave no " + name)
                    : Answers.wrong("HTTP " + e.status() + " in place of a " + name);
        }
        if (target.probe() == ProbeKind.PMV && e.seen().getOrDefault("read", "").equals("beginning")) {
            return Answers.met("HTTP " + e.status() + " with JSON, of which the first " + e.bodyBytes()
                    + " bytes name no asset sets: reached, but weak evidence");
        }
        return holds(target, e)
                ? Answers.met("HTTP " + e.status() + " with a " + name)
                : Answers.wrong(
                        "HTTP " + e.status() + " with '" + Answers.header(e, "content-type") + "' that is no " + name);
    }

    private static boolean holds(Target target, Exchange e) {
        if (target.probe() == ProbeKind.PMV) {
            String content = e.seen().getOrDefault("content", "");
            return content.equals("public-asset-sets") || content.equals("asset-sets");
        }
        String start = e.bodyStart().latin1().stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<plist")
                || start.startsWith("<!doctype plist")
                || (start.startsWith("<?xml") && start.contains("plist"));
    }
}
