package dev.plumbline.agent.probe;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks through a JSON object as it comes, however long it is, for some of its own keys (RFC 8259 §4); those of objects within are
 * other keys. It keeps no more of the text than the longest key has. Pure but for what it has seen.
 */
final class TopKeys {
    private final Set<String> wanted;
    private final int longest;
    private final Set<String> found = new TreeSet<>();
    private final StringBuilder last = new StringBuilder();
    private int depth;
    private boolean begun;
    private boolean inText;
    private boolean escaped;
    private boolean broken;

    TopKeys(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
        this.longest = wanted.stream().mapToInt(String::length).max().orElse(0);
    }

    void see(byte[] bytes) {
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (!broken) {
                see(c);
            }
        }
    }

    private void see(char c) {
        if (inText) {
            text(c);
        } else if (!begun) {
            begin(c);
        } else {
            outside(c);
        }
    }

    private void begin(char c) {
        if (c == '{') {
            begun = true;
            depth = 1;
        } else if (!isBlank(c)) {
            broken = true;
        }
    }

    private void text(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inText = false;
            return;
        }
        if (depth == 1 && last.length() <= longest) {
            last.append(c);
        }
    }

    private void outside(char c) {
        if (depth == 0) {
            broken = !isBlank(c);
            return;
        }
        switch (c) {
            case '"' -> {
                inText = true;
                last.setLength(0);
            }
            case ':' -> key();
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {
                // Numbers, words and commas are no keys.
            }
        }
    }

    private void key() {
        if (depth == 1 && wanted.contains(last.toString())) {
            found.add(last.toString());
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** Those of the wanted keys that the object has so far; none of what is no JSON object. */
    Set<String> found() {
        return broken ? Set.of() : Set.copyOf(found);
    }

    /** What came so far can be the beginning of an object. */
    boolean isObject() {
        return begun && !broken;
    }

    /** The object has come to its end. */
    boolean isWhole() {
        return isObject() && depth == 0;
    }
}
