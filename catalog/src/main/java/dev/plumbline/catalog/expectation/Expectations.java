package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Lookup;
import java.time.Instant;
import java.util.List;

/** The one door to the expectations: from captured facts to met or not met, because. Pure. */
public final class Expectations {
    private Expectations() {}

    /**
     * What one attempt means for its target.
     *
     * @param at the time for which certificates must be valid: when the attempt was made, by a clock that is right
     * @throws IllegalArgumentException for a target of a kind that makes no attempts
     */
    public static Assessment assess(
            Target target, Attempt attempt, Certificates certificates, TrustAnchors anchors, Instant at) {
        if (!attempt.connect().isNone()) {
            return Answers.notReached("no connection to " + attempt.remote(), attempt.connect());
        }
        Identity identity = new Identity(target, certificates, anchors, at);
        return switch (target.probe()) {
            case COURIER -> CourierExpectation.assess(target, attempt, identity);
            case PROVIDER_API -> ProviderApiExpectation.assess(target, attempt, identity);
            case HTTPS -> HttpsExpectation.assess(target, attempt, identity);
            case DOH -> DohExpectation.assess(target, attempt, identity);
            case HTTP -> HttpExpectation.assess(target, attempt);
            case CAPTIVE -> CaptiveExpectation.assess(target, attempt);
            case BAG -> BagExpectation.assess(target, attempt, identity);
            case OCSP -> OcspExpectation.assess(target, attempt);
            case CERT_FILE -> CertFileExpectation.assess(target, attempt, at);
            case PMV, PLIST -> DocumentExpectation.assess(target, attempt, identity);
            case PLIST_PLAIN -> DocumentExpectation.assess(target, attempt);
            case NTP -> NtpExpectation.assess(target, attempt);
            case SSH -> SshExpectation.assess(target, attempt);
            case QUIC -> QuicExpectation.assess(target, attempt);
            case HTTP3 -> Http3Expectation.assess(target, attempt, identity);
            case TCP -> new Assessment(Outcome.MET, "a TCP connection to " + attempt.remote() + " was accepted");
            case NAME_ABSENT ->
                throw new IllegalArgumentException(
                        "target " + target.id() + " is a name that must not resolve: assess its lookups");
            case NAME_TEXT ->
                throw new IllegalArgumentException(
                        "target " + target.id() + " is a record of a name: assess its lookups");
        };
    }

    /**
     * What attempts at one address that asked in several ways mean together. The first one's question is the target's own and
     * decides; what the others add is said.
     *
     * @param attempts at least one
     */
    public static Assessment assessTogether(
            Target target, List<Attempt> attempts, Certificates certificates, TrustAnchors anchors, Instant at) {
        Assessment own = assess(target, attempts.get(0), certificates, anchors, at);
        if (target.probe() != ProbeKind.CAPTIVE || attempts.size() < 2) {
            return own;
        }
        List<Assessment> others = attempts.stream()
                .skip(1)
                .filter(a -> a.exchange().isPresent())
                .map(a -> assess(target, a, certificates, anchors, at))
                .toList();
        return CaptiveExpectation.together(own, others);
    }

    /** What the lookups mean of a name that must not resolve, or of a record. */
    public static Assessment assessNames(Target target, List<Lookup> lookups) {
        return target.probe() == ProbeKind.NAME_TEXT
                ? NameTextExpectation.assess(target, lookups)
                : NameAbsentExpectation.assess(target, lookups);
    }
}
