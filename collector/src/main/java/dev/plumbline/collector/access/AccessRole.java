package dev.plumbline.collector.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a person or a tool may do; each may do what those before it may. The names are kept in files: a new one is added, none
 * is changed.
 */
public enum AccessRole {
    /** Reads verdicts. */
    VIEWER,
    /** Reads who is enrolled, who was invited, and the audit log. */
    AUDITOR,
    /** Asks for rounds, invites and revokes agents. */
    OPERATOR,
    /** Gives and takes back tokens. */
    ADMINISTRATOR;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException with a sentence that names them all
     */
    public static AccessRole of(String word) {
        return Arrays.stream(values())
                .filter(r -> r.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no role; there are "
                        + Arrays.stream(values()).map(AccessRole::word).collect(Collectors.joining(", "))));
    }

    /** Whether it may do what this one may. */
    boolean includes(AccessRole least) {
        return compareTo(least) >= 0;
    }
}
