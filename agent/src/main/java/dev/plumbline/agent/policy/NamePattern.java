package dev.plumbline.agent.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that may be asked for.
 *
 * @param name in lower case, without a dot at its end
 * @param below every name below this one, and not the name itself
 */
record NamePattern(String name, boolean below) {
    private static final String WILDCARD = "*.";
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final int LONGEST = 253;

    /**
     * {@code host.example} or {@code *.example}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static NamePattern parse(String text) {
        boolean below = text.startsWith(WILDCARD);
        String name = plain(below ? text.substring(WILDCARD.length()) : text);
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no name; write one such as albert.apple.com, or *.push.apple.com for all below push.apple.com");
        }
        return new NamePattern(name, below);
    }

    boolean matches(String asked) {
        String plain = plain(asked);
        return below ? plain.endsWith("." + name) : plain.equals(name);
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public String toString() {
        return below ? WILDCARD + name : name;
    }
}
