package dev.plumbline.deploy.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the product's JSON answers say. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_WITNESSES = 6;

    private Answers() {}

    /**
     * An open finding that counts: a violation or a fault.
     *
     * @param witnesses some of what it rests on
     */
    record Found(Claim claim, String sentence, List<String> witnesses) {
        Found {
            witnesses = List.copyOf(witnesses);
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(claim.place() + ": " + sentence);
            lines.addAll(witnesses);
            return lines;
        }
    }

    /**
     * Of {@code plumbline findings --json}: those that are open and no mere note. A line after the other makes causes come and
     * go: what the collector keeps open for that reason alone, it does not say of this round.
     *
     * @param round in which the fault was looked at
     */
    static List<Found> findings(String json, long round) throws Trouble {
        List<Found> found = new ArrayList<>();
        for (JsonNode finding : array("findings", json)) {
            String severity = text("findings", finding, "severity").toLowerCase(Locale.ROOT);
            boolean open = finding.path("closedAt").asText("").isEmpty()
                    || finding.path("closedAt").isNull();
            boolean earlier = finding.path("flapping").asBoolean()
                    && finding.path("round").asLong() < round;
            if (open && !earlier && !severity.equals("note")) {
                found.add(new Found(claim(finding), sentence(finding), witnesses(finding)));
            }
        }
        return found;
    }

    /** Of {@code plumbline matrix --json}: the required cells by segment. */
    static RequiredTargets required(String json) throws Trouble {
        Map<String, Map<String, List<Point>>> bySegment = new LinkedHashMap<>();
        for (JsonNode cell : array("matrix", json)) {
            if (cell.path("required").asBoolean()) {
                bySegment
                        .computeIfAbsent(text("matrix", cell, "segment"), k -> new LinkedHashMap<>())
                        .put(text("matrix", cell, "targetId"), points(cell));
            }
        }
        return new RequiredTargets(bySegment);
    }

    /**
     * Of {@code plumbline matrix --json}: the round up to which every segment was judged, 0 when there is none. A segment that
     * was not heard in a round must not pass for one that was found clean in it.
     */
    static long judgedRound(String json) throws Trouble {
        Map<String, Long> bySegment = new LinkedHashMap<>();
        for (JsonNode cell : array("matrix", json)) {
            if (cell.path("required").asBoolean()) {
                bySegment.merge(
                        text("matrix", cell, "segment"), cell.path("round").asLong(), Math::max);
            }
        }
        return bySegment.values().stream().mapToLong(round -> round).min().orElse(0);
    }

    /** Of {@code plumbline verify-now --wait --json}: the number of the round that it asked for. */
    static long verifiedRound(String json) throws Trouble {
        JsonNode verdict = tree("verify-now", json);
        if (!verdict.path("round").canConvertToLong()) {
            throw new Trouble("plumbline verify-now --json gave no round: " + first(json));
        }
        return verdict.path("round").asLong();
    }

    /** Of {@code plumbline segments --json}: names of the agents that are connected. */
    static Set<String> connectedAgents(String json) throws Trouble {
        Set<String> connected = new LinkedHashSet<>();
        for (JsonNode segment : array("segments", json)) {
            for (JsonNode agent : segment.path("agents")) {
                if (agent.path("connected").asBoolean()) {
                    connected.add(text("segments", segment, "id") + "/" + text("segments", agent, "name"));
                }
            }
        }
        return connected;
    }

    private static Claim claim(JsonNode finding) throws Trouble {
        String scope = text("findings", finding, "scope");
        try {
            return new Claim(
                    text("findings", finding, "place"), text("findings", finding, "mechanism"), Scope.parse(scope));
        } catch (IllegalArgumentException e) {
            throw new Trouble("plumbline findings gave the scope '" + scope + "': " + e.getMessage());
        }
    }

    private static String sentence(JsonNode finding) {
        return finding.path("sentence").asText(finding.path("remedy").asText(""));
    }

    private static List<String> witnesses(JsonNode finding) {
        List<String> witnesses = new ArrayList<>();
        for (JsonNode witness : finding.path("witnesses")) {
            if (witnesses.size() < MOST_WITNESSES) {
                witnesses.add("  at "
                        + String.join(
                                " ",
                                witness.path("at").asText(),
                                witness.path("segment").asText(),
                                witness.path("targetId").asText(),
                                witness.path("remote").asText(),
                                witness.path("saw").asText()));
            }
        }
        return witnesses;
    }

    private static List<Point> points(JsonNode cell) throws Trouble {
        Set<String> names = new LinkedHashSet<>();
        for (String key : List.of("serverName", "host")) {
            if (!cell.path(key).asText("").isEmpty()) {
                names.add(cell.path(key).asText());
            }
        }
        Transport transport = transport(text("matrix", cell, "transport"));
        int port = cell.path("port").asInt();
        List<Point> points = new ArrayList<>();
        cell.path("addresses").forEach(a -> points.add(new Point(names, transport, port, Optional.of(a.asText()))));
        if (points.isEmpty()) {
            points.add(new Point(names, transport, port, Optional.empty()));
        }
        return points;
    }

    private static Transport transport(String word) throws Trouble {
        try {
            return Transport.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw new Trouble("plumbline matrix gave the transport '" + word + "'; tcp or udp was expected");
        }
    }

    private static JsonNode array(String command, String json) throws Trouble {
        JsonNode root = tree(command, json);
        if (!root.isArray()) {
            throw new Trouble("plumbline " + command + " --json gave no array: " + first(json));
        }
        return root;
    }

    private static JsonNode tree(String command, String json) throws Trouble {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new Trouble("plumbline " + command + " --json gave no JSON: " + e.getOriginalMessage());
        }
    }

    private static String first(String text) {
        return text.lines().findFirst().orElse("nothing");
    }

    private static String text(String command, JsonNode node, String key) throws Trouble {
        if (node.path(key).asText("").isEmpty()) {
            throw new Trouble("plumbline " + command + " --json gave an object without " + key + ": " + node);
        }
        return node.path(key).asText();
    }
}
