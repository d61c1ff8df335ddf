package dev.plumbline.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that dashboard and rules ask for. */
final class NamedMetrics {
    static final Path DASHBOARD = Path.of("grafana/plumbline.json");
    static final Path RULES = Path.of("prometheus/plumbline.rules.yaml");

    /** Of labels and texts no word begins so. */
    private static final Pattern NAME = Pattern.compile("\\b(?:plumbline|jvm|process|system)_[a-z0-9_]+");

    private NamedMetrics() {}

    static Set<String> ofDashboard() throws IOException {
        Set<String> names = new TreeSet<>();
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
        for (String expression : dashboard.findValuesAsText("expr")) {
            names.addAll(in(expression));
        }
        for (JsonNode variable : dashboard.at("/templating/list")) {
            names.addAll(in(variable.path("query").asText()));
        }
        return names;
    }

    static Set<String> ofRules() throws IOException {
        return in(Files.readString(RULES));
    }

    private static Set<String> in(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
