package dev.plumbline.collector.access;

import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The secret by which a person or a tool is known: {@code plumbline-} and 256 random bits as base64url without padding.
 *
 * @param text shown once to whoever it is for; the collector keeps its hash alone
 */
public record BearerToken(String text) {
    private static final String PREFIX = "plumbline-";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
    private static final String JOIN_PREFIX = "plumbline1-";
    private static final int SECRET_BYTES = 32;

    public BearerToken {
        // The text is not repeated: it may be a secret all the same.
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    text.startsWith(JOIN_PREFIX)
                            ? "this is a token for a host that is to join (plumbline invite); people's begin with "
                                    + PREFIX + " and are printed by plumbline token create"
                            : "this is no token; one begins with " + PREFIX
                                    + ", has 43 letters, digits, - or _ after it, and is printed by plumbline token create");
        }
    }

    /** A new one. */
    public static BearerToken random(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new BearerToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    public Sha256 hash() {
        return hash(text);
    }

    /** Of whatever somebody shows. */
    public static Sha256 hash(String shown) {
        return Sha256.of(shown.getBytes(StandardCharsets.UTF_8));
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "a token";
    }
}
