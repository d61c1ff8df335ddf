package dev.plumbline.deploy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way into the agent's JSON: keys parted by dots, each with conditions in brackets, as in {@code
 * attempts[family=4].handshakes[serverName!=*push.apple.com].failure}. A list stands for all of its elements. {@code @} turns
 * the hash of a certificate into the certificate. Conditions are parted by {@code ;} and compare a key of the same object with
 * a text ({@code *} for anything), a number, or another key of it ({@code $key}).
 */
record FactPath(List<Step> steps) {
    private static final String CERTIFICATE = "@";

    FactPath {
        steps = List.copyOf(steps);
    }

    record Step(String key, List<Condition> conditions) {
        Step {
            conditions = List.copyOf(conditions);
        }
    }

    /** A comparison with one value. */
    record Condition(String key, Operator operator, String value) {
        private static final Pattern FORM = Pattern.compile("([A-Za-z]+)(!=|<=|>=|=|<|>)(.*)");

        static Condition parse(String text) {
            Matcher form = FORM.matcher(text.trim());
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no condition; write key=value, with one of = != < <= > >=");
            }
            return new Condition(form.group(1), Operator.of(form.group(2)), form.group(3));
        }

        boolean holds(JsonNode object) {
            JsonNode at = object.path(key);
            String against =
                    value.startsWith("$") ? object.path(value.substring(1)).asText() : value;
            return !at.isMissingNode() && operator.holds(at, against);
        }
    }

    /** How a value of the JSON is compared with one of the table. */
    enum Operator {
        EQUAL("="),
        OTHER("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Operator of(String sign) {
            for (Operator one : values()) {
                if (one.sign.equals(sign)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("'" + sign + "' is none of = != < <= > >=");
        }

        String sign() {
            return sign;
        }

        boolean holds(JsonNode seen, String value) {
            return switch (this) {
                case EQUAL -> matches(seen.asText(), value);
                case OTHER -> !matches(seen.asText(), value);
                case LESS -> number(seen) < Double.parseDouble(value);
                case AT_MOST -> number(seen) <= Double.parseDouble(value);
                case MORE -> number(seen) > Double.parseDouble(value);
                case AT_LEAST -> number(seen) >= Double.parseDouble(value);
            };
        }

        /** What is no number is neither more nor less than one. */
        private static double number(JsonNode seen) {
            return seen.isNumber() ? seen.asDouble() : Double.NaN;
        }

        private static boolean matches(String seen, String glob) {
            StringBuilder pattern = new StringBuilder();
            for (String part : glob.split("\\*", -1)) {
                pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
            }
            return seen.matches("(?s)" + pattern);
        }
    }

    /**
     * @throws IllegalArgumentException with a sentence
     */
    static FactPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                end++;
            }
            String key = text.substring(at, end);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' is no path: a key is missing at " + at);
            }
            List<Condition> conditions = new ArrayList<>();
            if (end < text.length() && text.charAt(end) == '[') {
                int close = text.indexOf(']', end);
                if (close < 0) {
                    throw new IllegalArgumentException("'" + text + "' is no path: ] is missing");
                }
                for (String condition : text.substring(end + 1, close).split(";", -1)) {
                    conditions.add(Condition.parse(condition));
                }
                end = close + 1;
            }
            steps.add(new Step(key, conditions));
            at = end + 1;
        }
        return new FactPath(steps);
    }

    /** Everything that the way leads to. */
    List<JsonNode> select(JsonNode from, JsonNode root) {
        List<JsonNode> here = List.of(from);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            here.forEach(node -> each(step(node, step.key(), root)).stream()
                    .filter(one -> step.conditions().stream().allMatch(c -> c.holds(one)))
                    .forEach(next::add));
            here = next;
        }
        return here;
    }

    private static Optional<JsonNode> step(JsonNode node, String key, JsonNode root) {
        JsonNode next = key.equals(CERTIFICATE) ? root.path("certificates").path(node.asText()) : node.path(key);
        return next.isMissingNode() ? Optional.empty() : Optional.of(next);
    }

    private static List<JsonNode> each(Optional<JsonNode> found) {
        List<JsonNode> all = new ArrayList<>();
        found.ifPresent(node -> {
            if (node.isArray()) {
                node.forEach(all::add);
            } else {
                all.add(node);
            }
        });
        return all;
    }
}
