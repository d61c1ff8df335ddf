package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The provider API without credentials. Healthy is any reason that Apple documents, with an {@code apns-id}, over HTTP/2:
 * never one exact status. A proxy shows itself by HTTP/1.1, HTML, 407 or 502, or a missing {@code apns-id}.
 */
final class ProviderApiExpectation {
    private static final Pattern APNS_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern REASON = Pattern.compile("\\{[^<]*\"reason\"\\s*:\\s*\"([A-Za-z]+)\"");
    private static final Set<String> DOCUMENTED = Set.of(
            "BadCollapseId",
            "BadDeviceToken",
            "BadExpirationDate",
            "BadMessageId",
            "BadPriority",
            "BadTopic",
            "DeviceTokenNotForTopic",
            "DuplicateHeaders",
            "IdleTimeout",
            "InvalidPushType",
            "MissingDeviceToken",
            "MissingTopic",
            "PayloadEmpty",
            "TopicDisallowed",
            "BadCertificate",
            "BadCertificateEnvironment",
            "ExpiredProviderToken",
            "Forbidden",
            "InvalidProviderToken",
            "MissingProviderToken",
            "UnrelatedKeyIdInToken",
            "BadEnvironmentKeyIdInToken",
            "BadPath",
            "MethodNotAllowed",
            "ExpiredToken",
            "Unregistered",
            "PayloadTooLarge",
            "TooManyProviderTokenUpdates",
            "TooManyRequests",
            "InternalServerError",
            "ServiceUnavailable",
            "Shutdown");

    private ProviderApiExpectation() {}

    static Assessment assess(Target target, Attempt attempt, Identity identity) {
        Optional<Handshake> handshake = identity.succeeded(attempt.handshakes());
        if (handshake.isEmpty()) {
            return Answers.noHandshake(attempt, target.serverName());
        }
        Assessment who = identity.judge(handshake.get());
        if (!who.isMet()) {
            return who;
        }
        if (!handshake.get().alpnSelected().equals("h2")) {
            return new Assessment(Outcome.WRONG_PROTOCOL, who.because() + ", but the server did not agree to HTTP/2");
        }
        return Answers.answered(attempt)
                .map(ProviderApiExpectation::answer)
                .orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Exchange e) {
        if (!e.protocol().equals("h2")) {
            return new Assessment(
                    Outcome.WRONG_PROTOCOL, "the answer came over " + e.protocol() + " in place of HTTP/2");
        }
        Optional<Assessment> page = BlockPage.of(e);
        if (page.isPresent()) {
            return page.get();
        }
        if (e.status() == 407 || e.status() == 502 || e.status() == 504) {
            return Answers.wrong("HTTP " + e.status() + " is the answer of a proxy, not of the provider API");
        }
        Matcher reason = REASON.matcher(e.bodyStart().latin1());
        if (!reason.find()) {
            return Answers.wrong("HTTP " + e.status() + " without a reason in JSON is no answer of the provider API");
        }
        if (!APNS_ID.matcher(Answers.header(e, "apns-id")).matches()) {
            return Answers.wrong("the answer " + reason.group(1) + " carries no apns-id");
        }
        if (!DOCUMENTED.contains(reason.group(1))) {
            return Answers.wrong("the reason '" + reason.group(1) + "' is none that Apple documents");
        }
        return Answers.met("the provider API answered HTTP " + e.status() + " " + reason.group(1) + " with an apns-id");
    }
}
