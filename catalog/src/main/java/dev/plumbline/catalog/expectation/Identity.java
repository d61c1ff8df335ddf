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
        for (Handshake handshake : Handshakes.of(handshakes).usual()) {
            if (handshake.failure().isNone() && handshake.serverName().equals(target.serverName())) {
                return Optional.of(handshake);
            }
        }
        return Optional.empty();
    }

    /** MET when the chain leads to an anchor of the target's class at the time asked and names the target. */
    Assessment judge(Handshake handshake) {
        return judge(handshake, target.identity());
    }

    Assessment judge(Handshake handshake, IdentityClass identity) {
        List<Sha256> shown = handshake.certificates();
        return anchors.memo()
                .met(shown, identity, target.serverName(), at)
                .filter(met -> areKept(shown))
                .orElseGet(() -> judgeAnew(handshake, identity));
    }

    private boolean areKept(List<Sha256> shown) {
        for (Sha256 hash : shown) {
            if (certificates.byHash(hash).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Assessment judgeAnew(Handshake handshake, IdentityClass identity) {
        List<X509Certificate> chain = new ArrayList<>();
        List<Sha256> kept = new ArrayList<>();
        Optional<Sha256> lost = Optional.empty();
        for (Sha256 hash : handshake.certificates()) {
            Optional<X509Certificate> certificate = certificates.byHash(hash);
            if (certificate.isEmpty() && chain.isEmpty()) {
                return notKept(hash);
            }
            if (certificate.isEmpty() && lost.isEmpty()) {
                lost = Optional.of(hash);
            }
            certificate.ifPresent(c -> {
                chain.add(c);
                kept.add(hash);
            });
        }
        if (chain.isEmpty()) {
            return new Assessment(Outcome.FOREIGN_CHAIN, "the server showed no certificate");
        }
        Assessment seen = judge(chain, kept, identity);
        if (seen.isMet() && lost.isEmpty()) {
            anchors.memo().keepMet(kept, identity, target.serverName(), chain, seen);
        }
        // What leads nowhere may have led somewhere by the certificate that was lost.
        return seen.isMet() ? seen : lost.map(Identity::notKept).orElse(seen);
    }

    private static Assessment notKept(Sha256 hash) {
        return new Assessment(
                Outcome.UNKNOWN_CHAIN, "the certificate " + hash + " is not kept, so the chain cannot be judged");
    }

    private Assessment judge(List<X509Certificate> chain, List<Sha256> kept, IdentityClass identity) {
        X509Certificate leaf = chain.get(0);
        ChainVerdict verdict = verdict(chain, kept, identity);
        String issuer = anchors.memo().issuer(kept.get(0), leaf);
        return switch (verdict.kind()) {
            case TRUSTED ->
                Usage.permitsServers(leaf)
                        ? named(leaf, "the certificate of " + issuer)
                        : new Assessment(
                                Outcome.UNKNOWN_CHAIN,
                                "the certificate of " + issuer + " is right, but not meant for servers: review");
            case EXPIRED ->
                new Assessment(
                        Outcome.NOT_IN_VALIDITY, "the chain of " + issuer + " is right, but " + verdict.detail());
            case REFUSED ->
                new Assessment(
                        Outcome.UNKNOWN_CHAIN,
                        "the chain of " + issuer + " leads to a known anchor, but " + verdict.detail());
            case NO_ANCHOR -> stranger(chain, kept, identity, issuer);
        };
    }

    private ChainVerdict verdict(List<X509Certificate> chain, List<Sha256> kept, IdentityClass identity) {
        return anchors.memo()
                .verdict(
                        kept,
                        identity,
                        chain,
                        at,
                        () -> Chain.judge(chain, anchorsOf(identity), anchors.pinsOf(identity), at));
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

    private Assessment stranger(List<X509Certificate> chain, List<Sha256> kept, IdentityClass identity, String issuer) {
        X509Certificate leaf = chain.get(0);
        if (identity != IdentityClass.PUBLIC) {
            ChainVerdict open = verdict(chain, kept, IdentityClass.PUBLIC);
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
        if (anchors.memo()
                .claimed(
                        kept.get(0),
                        identity,
                        () -> Issuers.claimed(leaf, anchorsOf(identity), anchors.of(IdentityClass.PUBLIC)))) {
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
