package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A push courier. It shows another chain for each ALPN offer: with {@code apns-security-v3} one of Apple's private PKI with
 * marker extensions, with any other offer or none a public one. So each handshake is judged by its own offer.
 */
final class CourierExpectation {
    private static final String SECURITY_V3 = "apns-security-v3";
    private static final String PACK = "apns-pack-v1";
    /** Marks a leaf that may speak for a courier. */
    private static final String LEAF_MARKER = "1.2.840.113635.100.6.27.5.2";
    /** Marks the CA that issues such leaves. */
    private static final String ISSUER_MARKER = "1.2.840.113635.100.6.2.12";

    private CourierExpectation() {}

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        Optional<Handshake> handshake = identity.succeeded(attempt.handshakes());
        if (handshake.isEmpty()) {
            return Answers.noHandshake(attempt, target.serverName());
        }
        Handshake h = handshake.get();
        boolean privately = h.alpnOffered().contains(SECURITY_V3) && target.identity() == IdentityClass.APPLE_PRIVATE;
        Assessment who = identity.judge(h, privately ? IdentityClass.APPLE_PRIVATE : publicClass(target));
        if (!who.isMet()) {
            return who;
        }
        if (h.alpnOffered().isEmpty()) {
            // The offer without ALPN only tells who is there: devices speak none but the push protocols.
            Optional<Assessment> refused = refused(target, attempt);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return privately ? marked(h, identity).orElseGet(() -> agreed(h, who)) : agreed(h, who);
    }

    /** The courier itself is there, and what devices offer it does not get through. */
    private static Optional<Assessment> refused(Target target, Attempt attempt) {
        return Handshakes.of(attempt.handshakes()).usual().stream()
                .filter(h -> h.serverName().equals(target.serverName()))
                .filter(h -> !h.alpnOffered().isEmpty() && !h.failure().isNone())
                .findFirst()
                .map(h -> Answers.notReached(
                        "the courier answers, but not with " + String.join(", ", h.alpnOffered()), h.failure()));
    }

    /** A catalog that expects no private PKI of the courier (an overlay) means what it says for every offer. */
    private static IdentityClass publicClass(Target target) {
        return target.identity() == IdentityClass.APPLE_PRIVATE ? IdentityClass.PUBLIC : target.identity();
    }

    private static Optional<Assessment> marked(Handshake h, Identity identity) {
        List<X509Certificate> chain = h.certificates().stream()
                .flatMap(c -> identity.certificates().byHash(c).stream())
                .toList();
        X509Certificate leaf = chain.get(0);
        if (leaf.getExtensionValue(LEAF_MARKER) == null) {
            return Optional.of(unmarked("the certificate", leaf, LEAF_MARKER));
        }
        boolean issuerMarked = chain.stream().skip(1).anyMatch(c -> c.getExtensionValue(ISSUER_MARKER) != null);
        return issuerMarked
                ? Optional.empty()
                : Optional.of(unmarked("the issuer of the certificate", leaf, ISSUER_MARKER));
    }

    private static Assessment unmarked(String what, X509Certificate leaf, String marker) {
        return new Assessment(
                Outcome.UNKNOWN_CHAIN,
                what + " of " + Names.subject(leaf) + " lacks Apple's courier marker " + marker
                        + ", which devices demand: review");
    }

    private static Assessment agreed(Handshake h, Assessment who) {
        List<String> offered =
                h.alpnOffered().stream().filter(o -> !o.isEmpty()).toList();
        String selected = h.alpnSelected();
        boolean right = offered.isEmpty()
                ? selected.isEmpty()
                : offered.contains(selected)
                        || (selected.startsWith(PACK) && offered.stream().anyMatch(o -> o.startsWith(PACK)));
        if (right) {
            return Answers.met(who.because() + (selected.isEmpty() ? "" : ", protocol " + selected));
        }
        return new Assessment(
                Outcome.WRONG_PROTOCOL,
                who.because() + ", but of " + String.join(", ", offered) + " it took "
                        + (selected.isEmpty() ? "none" : "'" + selected + "'"));
    }
}
