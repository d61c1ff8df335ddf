package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;

/**
 * An OCSP responder (RFC 6960): 200, {@code application/ocsp-response} and a response that is well formed, which the agent
 * says by {@code response-status}. Which status it has is said and does not count: {@code unauthorized} is the responder's own
 * word, too. A server that says of the question's path that it is wrong or gone is reached, which is weak evidence and said so; a
 * page that forbids is what filters show, so that it proves nothing.
 */
final class OcspExpectation {
    private static final String TYPE = "application/ocsp-response";

    private OcspExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt).map(e -> answer(target, e)).orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Target target, Exchange e) {
        return HttpExpectation.disturbed(target, e).orElseGet(() -> response(target, e));
    }

    private static Assessment response(Target target, Exchange e) {
        String status = e.seen().getOrDefault("response-status", "");
        String type = Answers.header(e, "content-type");
        if (e.status() == 200 && type.startsWith(TYPE) && !status.isEmpty()) {
            return Answers.met("an OCSP response from " + target.host() + ": " + spoken(e, status));
        }
        if (e.asked().startsWith("GET") && (e.status() < 500 && !type.contains("html"))) {
            return Answers.met("HTTP " + e.status() + " from " + target.host()
                    + ", weak evidence: there was no certificate to ask about");
        }
        if (HttpExpectation.refusesThePath(e) && !(e.status() == 403 && type.contains("html"))) {
            return Answers.met("HTTP " + e.status() + " from " + target.host()
                    + ": reached, but weak evidence, since it gave no OCSP response");
        }
        if (e.status() == 200 && type.startsWith(TYPE)) {
            return Answers.wrong(e.bodyBytes() + " bytes that call themselves an OCSP response and are none");
        }
        return Answers.wrong("HTTP " + e.status() + " with '" + type + "' is no OCSP response");
    }

    private static String spoken(Exchange e, String status) {
        String cert = e.seen().getOrDefault("cert-status", "");
        String at = e.seen().getOrDefault("produced-at", "");
        return status
                + (cert.isEmpty() ? "" : ", the certificate is " + cert)
                + (at.isEmpty() ? "" : ", produced " + at);
    }
}
