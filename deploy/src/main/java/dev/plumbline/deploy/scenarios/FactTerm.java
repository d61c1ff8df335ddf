package dev.plumbline.deploy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.deploy.scenarios.FactPath.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One sentence about what an agent saw: {@code QUANTIFIER SUBJECT PATH OPERATOR VALUE}. The subject is a target ({@code
 * courier:5223}: the direct attempts of its last try; {@code courier:5223#all}: of every try; {@code courier:5223#proxied}:
 * the attempts of every try that went through a proxy), {@code environment}, or {@code hold}.
 */
record FactTerm(Quantifier quantifier, String subject, FactPath path, Operator operator, String value, String text) {
    static final String ENVIRONMENT = "environment";
    static final String HOLD = "hold";
    private static final String ALL_TRIES = "#all";
    private static final String PROXIED = "#proxied";
    private static final String ATTEMPTS = "attempts";
    private static final int SHOWN = 4;
    private static final Pattern FORM = Pattern.compile("(all|any|none) (\\S+) (\\S+?\\]?) (=|!=|<|<=|>|>=) (\\S+)");

    /** Over what a path leads to. Nothing is said of nothing: where it leads nowhere, none of them holds. */
    enum Quantifier {
        ALL,
        ANY,
        NONE
    }

    /** Whether it holds, and what was seen. */
    record Seen(boolean holds, String values) {}

    /**
     * @throws IllegalArgumentException with a sentence
     */
    static FactTerm parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text.trim()
                            + "' is no fact; write all, any or none, a subject, a path, an operator and a value, parted by blanks");
        }
        return new FactTerm(
                Quantifier.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                form.group(2),
                FactPath.parse(form.group(3)),
                Operator.of(form.group(4)),
                form.group(5),
                text.trim());
    }

    boolean isOfTarget() {
        return !subject.equals(ENVIRONMENT) && !subject.equals(HOLD);
    }

    String target() {
        return subject.replace(ALL_TRIES, "").replace(PROXIED, "");
    }

    Seen in(Sighting sighting) {
        JsonNode root = subject.equals(HOLD) ? sighting.holds() : sighting.probe();
        List<JsonNode> found = new ArrayList<>();
        subjects(root).forEach(one -> found.addAll(path.select(one, root)));
        long matching = found.stream().filter(one -> operator.holds(one, value)).count();
        boolean holds = !found.isEmpty()
                && switch (quantifier) {
                    case ALL -> matching == found.size();
                    case ANY -> matching > 0;
                    case NONE -> matching == 0;
                };
        return new Seen(holds, values(found));
    }

    private List<JsonNode> subjects(JsonNode root) {
        if (subject.equals(HOLD)) {
            return List.of(root);
        }
        if (subject.equals(ENVIRONMENT)) {
            return List.of(root.path(ENVIRONMENT));
        }
        List<JsonNode> tries = new ArrayList<>();
        root.path("observations").forEach(one -> {
            if (one.path("target").asText().equals(target())) {
                tries.add(oneWay(one));
            }
        });
        boolean every = subject.endsWith(ALL_TRIES) || subject.endsWith(PROXIED);
        return every || tries.isEmpty() ? tries : tries.subList(tries.size() - 1, tries.size());
    }

    /** What happened through a proxy must not be read as what happened directly. */
    private JsonNode oneWay(JsonNode observation) {
        ObjectNode copy = observation.deepCopy();
        ArrayNode attempts = copy.putArray(ATTEMPTS);
        observation.path(ATTEMPTS).forEach(attempt -> {
            if (attempt.has("proxy") == subject.endsWith(PROXIED)) {
                attempts.add(attempt);
            }
        });
        return copy;
    }

    /** How often each value was seen. */
    private static String values(List<JsonNode> found) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        found.forEach(one -> counts.merge(one.isContainerNode() ? "{}" : one.asText(), 1, Integer::sum));
        String shown = counts.entrySet().stream()
                .limit(SHOWN)
                .map(e -> e.getValue() + "x " + e.getKey())
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "nothing" : shown + (counts.size() > SHOWN ? ", ..." : "");
    }
}
