package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The push configuration bag: 200 and a property list with the keys of the outer bag. Where the whole of it was kept, its
 * signature counts: Apple's, or it is no bag of Apple's. Where only the beginning was kept, the order of the keys varies, so
 * one of {@code bag}, {@code certs}, {@code signature} is enough.
 */
final class BagExpectation {
    private static final List<String> KEYS = List.of("<key>bag</key>", "<key>certs</key>", "<key>signature</key>");

    /** More than any agent keeps, and many times what the push configuration has. */
    private static final long LONGEST = 64 << 10;

    private BagExpectation() {}

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        return Answers.answered(attempt)
                .map(e -> answer(target, e, identity))
                .orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Target target, Exchange e, Identity identity) {
        String body = e.bodyStart().latin1();
        if (e.status() == 200 && body.contains("<plist")) {
            Optional<Bytes> whole = whole(e, identity.certificates());
            if (whole.isPresent()) {
                return whole(whole.get(), identity);
            }
            if (e.bodyBytes() >= LONGEST) {
                return Answers.wrong("HTTP 200 with a property list of " + e.bodyBytes()
                        + " bytes or more, of which nobody can tell who signed it");
            }
            if (KEYS.stream().anyMatch(body::contains)) {
                return Answers.met("HTTP 200 with the push configuration"
                        + (e.evidence().isEmpty()
                                ? ""
                                : "; the whole of it is not kept, so its signature cannot be judged"));
            }
        }
        return Portal.of(target.host(), e)
                .or(() -> BlockPage.of(e))
                .orElseGet(() -> Answers.wrong("HTTP " + e.status() + " without the push configuration"));
    }

    private static Optional<Bytes> whole(Exchange e, Certificates kept) {
        for (Sha256 hash : e.evidence()) {
            Optional<Bytes> body = kept.body(hash);
            if (body.isPresent()) {
                return body;
            }
        }
        return Optional.empty();
    }

    private static Assessment whole(Bytes body, Identity identity) {
        Optional<SignedBag> bag = SignedBag.read(body.toArray());
        if (bag.isEmpty()) {
            return Answers.wrong("HTTP 200 with a property list that lacks the bag, its signature or its certificates");
        }
        if (bag.get().certificates().isEmpty()) {
            return Answers.wrong("the push configuration names no certificate that its signature could be of");
        }
        List<X509Certificate> signers = bag.get().signers();
        return signers.isEmpty()
                ? Answers.wrong("the push configuration is not signed with any of the certificates that it names: "
                        + "somebody changed it")
                : identity.signed(signers);
    }
}
