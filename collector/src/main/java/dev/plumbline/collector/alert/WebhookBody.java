package dev.plumbline.collector.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook gets, signed so that the receiver knows who wrote it and when.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public final class WebhookBody {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    private static final String BASE64_SECRET = "whsec_";

    private WebhookBody() {}

    public static String of(Alert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(
                        "type",
                        alert.kind() == Alert.Kind.SUMMARY || alert.kind() == Alert.Kind.TEST
                                ? "alert." + alert.kind().word()
                                : "finding." + alert.kind().word())
                .put("timestamp", AlertText.happened(alert).toString());
        json.set("data", AlertJson.object(alert));
        return json.toString();
    }

    /**
     * The value of {@link #SIGNATURE}: HMAC-SHA256 over {@code id.timestamp.body}.
     *
     * @param secret as it stands in its file: {@code whsec_} and Base64, else the bytes of the text itself
     * @param at as {@link #TIMESTAMP} says it, in seconds since 1970: a receiver refuses what is older or newer than five minutes
     */
    public static String signature(String secret, String id, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            byte[] signed = mac.doFinal((id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * The key of a secret.
     *
     * @throws IllegalArgumentException with a sentence when it is none
     */
    public static byte[] key(String secret) {
        byte[] key;
        try {
            key = secret.startsWith(BASE64_SECRET)
                    ? Base64.getDecoder().decode(secret.substring(BASE64_SECRET.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what follows " + BASE64_SECRET + " is no Base64", e);
        }
        if (key.length < 16) {
            throw new IllegalArgumentException("a secret of " + key.length
                    + " bytes can be guessed; write at least 24, such as by openssl rand -base64 32");
        }
        return key;
    }
}
