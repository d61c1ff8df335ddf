package dev.plumbline.identity;

import dev.plumbline.words.Sha256;
import java.util.Locale;

/**
 * A public key as two people compare it, each on a screen of their own: the first half of the SHA-256 of its SubjectPublicKeyInfo
 * (RFC 5280 section 4.1.2.7). To make another key with the same 128 bits is beyond anybody's means.
 */
public record KeyFingerprint(Sha256 key) {
    private static final int DIGITS = 32;
    private static final int GROUP = 4;
    private static final int LEAST = 16;

    /** Groups of four hex digits. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DIGITS; i += GROUP) {
            text.append(i == 0 ? "" : " ").append(key.hex(), i, i + GROUP);
        }
        return text.toString();
    }

    /**
     * Whether somebody means this key, by its fingerprint or the begin of it, with whatever between the digits.
     *
     * @throws IllegalArgumentException with a sentence when that says too little
     */
    public boolean isMeantBy(String typed) {
        String digits = typed.toLowerCase(Locale.ROOT).replaceAll("[\\s:.-]", "");
        if (!digits.matches("[0-9a-f]{" + LEAST + ",64}")) {
            throw new IllegalArgumentException("'" + typed + "' is no fingerprint of a key; write at least its first "
                    + LEAST + " hex digits, as plumbline agents --pending and the host show them");
        }
        return key.hex().startsWith(digits);
    }
}
