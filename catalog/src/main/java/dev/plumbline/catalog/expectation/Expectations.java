package dev.plumbline.catalog.expectation;

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
     * @throws IllegalArgumentException for a target of kind NAME_ABSENT, which makes no attempts
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
            case BAG -> BagExpectation.assess(target, attempt);
            case NTP -> NtpExpectation.assess(target, attempt);
            case SSH -> SshExpectation.assess(target, attempt);
            case QUIC -> QuicExpectation.assess(target, attempt);
            case TCP -> new Assessment(Outcome.MET, "a TCP connection to " + attempt.remote() + " was accepted");
            case NAME_ABSENT ->
                throw new IllegalArgumentException(
                        "target " + target.id() + " is a name that must not resolve: assess its lookups");
        };
    }

    /** What the lookups of a name that must not resolve mean. */
    public static Assessment assessNames(Target target, List<Lookup> lookups) {
        return NameAbsentExpectation.assess(target, lookups);
    }
}
