package dev.plumbline.deploy.scenarios;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run came to, for people and as JSON. */
record Report(List<Outcome> outcomes) {
    Report {
        outcomes = List.copyOf(outcomes);
    }

    boolean agrees() {
        return outcomes.stream().allMatch(Outcome::agrees);
    }

    /** The progress of one line: one line of text, and where it disagrees what was expected, found and said. */
    static List<String> progress(int number, int of, Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "[%2d/%d] %-22s %-9s %5.1f s  %s",
                number,
                of,
                outcome.id(),
                outcome.agrees() ? "agrees" : "DISAGREES",
                outcome.seconds(),
                outcome.agrees() ? claims(outcome.found()) : ""));
        if (!outcome.agrees()) {
            outcome.trouble()
                    .ifPresentOrElse(
                            t -> lines.add("        no verdict: " + t), () -> lines.addAll(difference(outcome)));
            lines.add("        meanwhile " + outcome.strain().words());
        }
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static List<String> difference(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add("        expected: " + claims(outcome.expected()));
        lines.add("        found:    " + claims(Claim.united(outcome.found())));
        outcome.sentences().forEach(s -> lines.add("        " + s));
        outcome.why().forEach(s -> lines.add("        " + s));
        return lines;
    }

    private static String claims(List<Claim> claims) {
        return claims.isEmpty()
                ? "nothing"
                : claims.stream().map(Claim::toString).collect(Collectors.joining("; "));
    }

    /** The confusion matrix and the times. */
    List<String> summary() {
        List<String> lines = new ArrayList<>(matrix().lines());
        long right = outcomes.stream().filter(Outcome::agrees).count();
        long otherScope = outcomes.stream()
                .flatMap(o -> o.comparison().stream())
                .flatMap(c -> c.pairs().stream())
                .filter(p -> !p.scopesAgree())
                .count();
        long silent = outcomes.stream().filter(o -> o.trouble().isPresent()).count();
        lines.add("");
        lines.add(right + " of " + outcomes.size() + " agree"
                + (otherScope > 0 ? "; scope differs in " + otherScope + " findings" : "")
                + (silent > 0 ? "; no verdict in " + silent : ""));
        double[] times = times();
        if (times.length > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "from fault to cause: median %.1f s, most %.1f s, in %d lines with a fault",
                    median(times),
                    times[times.length - 1],
                    times.length));
        }
        long again = outcomes.stream().filter(o -> o.plays() > 1).count();
        lines.add(strain().words() + (again > 0 ? "; lines played more than once: " + again : ""));
        return lines;
    }

    private Strain strain() {
        return outcomes.stream().map(Outcome::strain).reduce(Strain.NONE, Strain::and);
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("agrees", agrees());
        ArrayNode lines = root.putArray("lines");
        for (Outcome outcome : outcomes) {
            ObjectNode line = lines.addObject();
            line.put("id", outcome.id());
            line.put("agrees", outcome.agrees());
            line.put("seconds", Math.round(outcome.seconds() * 10) / 10.0);
            outcome.expected().forEach(c -> line.withArray("expected").add(c.toString()));
            outcome.found().forEach(c -> line.withArray("found").add(c.toString()));
            outcome.sentences().forEach(s -> line.withArray("sentences").add(s));
            outcome.why().forEach(s -> line.withArray("why").add(s));
            outcome.trouble().ifPresent(t -> line.put("trouble", t));
            line.put("plays", outcome.plays());
            line.put("hostStoodStillMillis", outcome.strain().stoodStill().toMillis());
            line.put("hostTakenPercent", Math.round(outcome.strain().taken() * 100));
        }
        double[] times = times();
        if (times.length > 0) {
            root.put("medianSecondsToCause", median(times));
            root.put("mostSecondsToCause", times[times.length - 1]);
        }
        matrix().lines().forEach(l -> root.withArray("confusion").add(l));
        return root.toPrettyString();
    }

    private ConfusionMatrix matrix() {
        ConfusionMatrix matrix = new ConfusionMatrix();
        outcomes.forEach(o -> o.comparison().ifPresent(matrix::add));
        return matrix;
    }

    /** Sorted; only of lines that had a fault and got the right answer: a wrong answer is not quick. */
    private double[] times() {
        double[] times = outcomes.stream()
                .filter(o -> o.hadFault() && o.agrees())
                .mapToDouble(Outcome::seconds)
                .toArray();
        Arrays.sort(times);
        return times;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
