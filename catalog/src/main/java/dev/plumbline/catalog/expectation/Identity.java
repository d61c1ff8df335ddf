package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges who answered: the chain of a handshake against the anchors of a class and the name of the target. */
record Identity(Target target, Certificates certificates, TrustAnchors anchors, Instant at) {

    /** The handshake to judge: the first that succeeded with the target's own name. A neutral name asks another question. */
    Optional<Handshake> succeeded(List<Handshake> handshakes) {
        return Handshakes.of(handshakes).usual().stream()
                .filter(h -> h.failure().isNone() && h.serverName().equals(target.serverName()))
                .findFirst();
    }

    /** MET when the chain leads to an anchor of the target's class at the time asked and names the target. */
    Assessment judge(Handshake handshake) {
        return judge(handshake, target.identity());
    }

    Assessment judge(Handshake handshake, IdentityClass identity) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<Sha256> lost = Optional.empty();
        for (Sha256 hash : handshake.certificates()) {
            Optional<X509Certificate> certificate = certificates.byHash(hash);
            if (certificate.isEmpty() && chain.isEmpty()) {
                return notKept(hash);
            }
            if (certificate.isEmpty() && lost.isEmpty()) {
                lost = Optional.of(hash);
            }
            certificate.ifPresent(chain::add);
        }
        if (chain.isEmpty()) {
            return new Assessment(Outcome.FOREIGN_CHAIN, "the server showed no certificate");
        }
        Assessment seen = judge(chain, identity);
        // What leads nowhere may have led somewhere by the certificate that was lost.
        return seen.isMet() ? seen : lost.map(Identity::notKept).orElse(seen);
    }

    private static Assessment notKept(Sha256 hash) {
        return new Assessment(
                Outcome.UNKNOWN_CHAIN, "the certificate " + hash + " is not kept, so the chain cannot be judged");
    }

    private Assessment judge(List<X509Certificate> chain, IdentityClass identity) {
        X509Certificate leaf = chain.get(0);
        ChainVerdict verdict = Chain.judge(chain, anchorsOf(identity), anchors.pinsOf(identity), at);
        return switch (verdict.kind()) {
            case TRUSTED ->
                Usage.permitsServers(leaf)
                        ? named(leaf, "the certificate of " + Names.issuer(leaf))
                        : new Assessment(
                                Outcome.UNKNOWN_CHAIN,
                                "the certificate of " + Names.issuer(leaf)
                                        + " is right, but not meant for servers: review");
            case EXPIRED ->
                new Assessment(
                        Outcome.NOT_IN_VALIDITY,
                        "the chain of " + Names.issuer(leaf) + " is right, but " + verdict.detail());
            case REFUSED ->
                new Assessment(
                        Outcome.UNKNOWN_CHAIN,
                        "the chain of " + Names.issuer(leaf) + " leads to a known anchor, but " + verdict.detail());
            case NO_ANCHOR -> stranger(chain, identity);
        };
    }

    private Assessment named(X509Certificate leaf, String what) {
        if (Names.covers(leaf, target.serverName())) {
            return new Assessment(Outcome.MET, what + " names " + target.serverName());
        }
        return new Assessment(
                Outcome.WRONG_NAME, what + " is for " + Names.shown(leaf) + ", not for " + target.serverName());
    }

    /** MET when a signer's chain leads to Apple's private PKI, else at most a case for review: a signature cuts no connection. */
    Assessment signed(List<X509Certificate> chain) {
        String by = "the push configuration is signed by " + Names.subject(chain.get(0)) + " of "
                + Names.issuer(chain.get(0));
        IdentityClass apples = IdentityClass.APPLE_PRIVATE;
        ChainVerdict verdict = Chain.judge(chain, anchors.of(apples), anchors.pinsOf(apples), at);
        return switch (verdict.kind()) {
            case TRUSTED -> new Assessment(Outcome.MET, by);
            case EXPIRED, REFUSED ->
                new Assessment(Outcome.UNKNOWN_CHAIN, by + ", but " + verdict.detail() + ": review");
            case NO_ANCHOR ->
                signedPublicly(chain)
                        ? Answers.met(by + ", a public certificate where one of " + expected(apples) + " is expected")
                        : new Assessment(
                                Outcome.UNKNOWN_CHAIN,
                                by + ", which leads to no anchor known for " + expected(apples) + ": review");
        };
    }

    /** No public CA certifies names of the push service to anybody but Apple. */
    private boolean signedPublicly(List<X509Certificate> chain) {
        ChainVerdict open =
                Chain.judge(chain, anchors.of(IdentityClass.PUBLIC), anchors.pinsOf(IdentityClass.PUBLIC), at);
        return open.kind() == ChainVerdict.Kind.TRUSTED
                && Names.dnsNames(chain.get(0)).stream().anyMatch(n -> n.endsWith("push.apple.com"));
    }

    private Assessment stranger(List<X509Certificate> chain, IdentityClass identity) {
        X509Certificate leaf = chain.get(0);
        String issuer = Names.issuer(leaf);
        if (identity != IdentityClass.PUBLIC) {
            ChainVerdict open =
                    Chain.judge(chain, anchors.of(IdentityClass.PUBLIC), anchors.pinsOf(IdentityClass.PUBLIC), at);
            if (open.kind() == ChainVerdict.Kind.TRUSTED) {
                Assessment named = named(leaf, "the public certificate of " + issuer);
                return named.isMet()
                        ? new Assessment(
                                Outcome.UNKNOWN_CHAIN,
                                named.because() + ", where a certificate of " + expected(identity)
                                        + " is expected: review")
                        : named;
            }
        }
        if (Issuers.claimed(leaf, anchorsOf(identity), anchors.of(IdentityClass.PUBLIC))) {
            return new Assessment(
                    Outcome.UNKNOWN_CHAIN,
                    "the issuer calls itself " + issuer + ", but leads to no anchor known for " + expected(identity)
                            + ": review");
        }
        return new Assessment(
                Outcome.FOREIGN_CHAIN,
                "the certificate shown for " + target.serverName() + " is issued by " + issuer + ", where "
                        + expected(identity) + " is expected");
    }

    /** An organisation that names no CA of its own uses a public one. */
    private List<X509Certificate> anchorsOf(IdentityClass identity) {
        List<X509Certificate> own = anchors.of(identity);
        return identity == IdentityClass.ORGANISATION && own.isEmpty() ? anchors.of(IdentityClass.PUBLIC) : own;
    }

    private static String expected(IdentityClass identity) {
        return switch (identity) {
            case APPLE_PRIVATE -> "Apple's private PKI";
            case PUBLIC -> "a public CA";
            case ORGANISATION -> "the organisation's CA";
            case NONE -> "nothing";
        };
    }
}
