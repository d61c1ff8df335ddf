package dev.plumbline.deploy.scenarios;

import dev.plumbline.catalog.scope.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * That something is prevented: what the table expects, or what the collector found.
 *
 * @param place a segment, {@code site} or {@code apple}
 */
record Claim(String place, String mechanism, Scope scope) {
    /**
     * Reads {@code place mechanism scope}; several with {@code ;}; {@code -} is none.
     *
     * @throws IllegalArgumentException with a sentence when it is neither
     */
    static List<Claim> parseAll(String text) {
        return text.trim().equals("-")
                ? List.of()
                : Arrays.stream(text.split(";", -1)).map(s -> parse(s.trim())).toList();
    }

    private static Claim parse(String text) {
        String[] words = text.split("\\s+", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("'" + text
                    + "' is no expectation; write place mechanism scope, as in wifi tcp.drop tcp/5223, or - for none");
        }
        return new Claim(words[0], words[1], Scope.parse(words[2]));
    }

    /** Claims of one mechanism at one place become one, with the scopes united; ordered by place and mechanism. */
    static List<Claim> united(List<Claim> claims) {
        Map<String, Claim> byCause = new TreeMap<>();
        for (Claim claim : claims) {
            byCause.merge(
                    claim.place + " " + claim.mechanism,
                    claim,
                    (a, b) -> new Claim(a.place, a.mechanism, a.scope.union(b.scope)));
        }
        return new ArrayList<>(byCause.values());
    }

    /** It speaks of how old a quiet connection grows. */
    boolean isOfAge() {
        return mechanism.startsWith("hold.");
    }

    Claim at(String otherPlace) {
        return new Claim(otherPlace, mechanism, scope);
    }

    @Override
    public String toString() {
        return place + " " + mechanism + " " + scope;
    }
}
