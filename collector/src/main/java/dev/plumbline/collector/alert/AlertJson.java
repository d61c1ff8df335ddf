package dev.plumbline.collector.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.collector.finding.Severity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An alert as JSON: what a webhook gets, and how it is kept until it is delivered. Fields are added, none is changed. */
public final class AlertJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AlertJson() {}

    public static String text(Alert alert) {
        return object(alert).toString();
    }

    static ObjectNode object(Alert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", alert.kind().word())
                .put("id", alert.id())
                .put("key", alert.key())
                .put("finding", alert.finding())
                .put("site", alert.site())
                .put("place", alert.place())
                .put("cause", alert.cause())
                .put("scope", alert.scope())
                .put("severity", word(alert.severity()))
                .put("sentence", alert.sentence())
                .put("said", alert.said())
                .put("since", alert.since().toString())
                .put("ended", alert.ended().map(Instant::toString).orElse(null))
                .put("at", alert.at().toString())
                .put("remedy", alert.remedy())
                .put("dialect", alert.dialect())
                .put("link", alert.link());
        json.set("segments", texts(alert.segments()));
        json.set("services", texts(alert.services()));
        json.set("lines", texts(alert.lines()));
        return json;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Alert read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return new Alert(
                    kind(of(json, "kind")),
                    of(json, "id"),
                    of(json, "key"),
                    of(json, "finding"),
                    of(json, "site"),
                    of(json, "place"),
                    all(json, "segments"),
                    of(json, "cause"),
                    of(json, "scope"),
                    Severity.valueOf(of(json, "severity").toUpperCase(Locale.ROOT)),
                    of(json, "sentence"),
                    of(json, "said"),
                    Instant.parse(of(json, "since")),
                    json.path("ended").isTextual() ? Optional.of(Instant.parse(of(json, "ended"))) : Optional.empty(),
                    Instant.parse(of(json, "at")),
                    all(json, "services"),
                    of(json, "remedy"),
                    of(json, "dialect"),
                    all(json, "lines"),
                    of(json, "link"));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("this is no alert: " + e.getMessage(), e);
        }
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static Alert.Kind kind(String word) {
        return Arrays.stream(Alert.Kind.values())
                .filter(k -> k.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this is no kind of alert: '" + word + "'"));
    }

    private static String of(JsonNode json, String field) {
        return json.path(field).asText();
    }

    private static List<String> all(JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        json.path(field).forEach(t -> texts.add(t.asText()));
        return texts;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
