package dev.plumbline.collector.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.collector.finding.Severity;
import java.time.Duration;
import java.time.Instant;

/**
 * What {@code POST /api/v2/alerts} of Alertmanager takes. Labels are the same from the opening of a cause to its end, since they are
 * what Alertmanager knows an alert by; whatever may change is an annotation.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/alerts_api/">Alerts API</a>
 */
public final class AlertmanagerBody {
    /** As Prometheus does it: three messages may be lost before an alert is taken to be over. */
    private static final int RESENDS = 4;

    private AlertmanagerBody() {}

    /**
     * @param now when it is sent: what waited is still there
     * @param resend after how long it is told again
     */
    public static String of(Alert alert, Instant now, Duration resend) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("startsAt", alert.since().toString())
                .put(
                        "endsAt",
                        alert.ended()
                                .orElse(now.plus(resend.multipliedBy(RESENDS)))
                                .toString());
        if (!alert.link().isEmpty()) {
            json.put("generatorURL", alert.link());
        }
        ObjectNode labels = json.putObject("labels");
        labels.put("alertname", alert.kind() == Alert.Kind.TEST ? "PlumblineTest" : "PlumblineFinding")
                .put("site", alert.site())
                .put("place", alert.place())
                .put("cause", alert.cause())
                .put("severity", severity(alert.severity()));
        if (!alert.finding().isEmpty()) {
            labels.put("finding", alert.finding());
        }
        AlertText text = AlertText.of(alert);
        ObjectNode annotations = json.putObject("annotations");
        annotations
                .put("summary", text.title())
                .put("description", text.sentence())
                .put("scope", alert.scope());
        put(annotations, "segments", String.join(", ", alert.segments()));
        put(annotations, "services", String.join(", ", alert.services()));
        put(annotations, "remedy", alert.remedy());
        put(annotations, "remedy_lines", String.join("\n", alert.lines()));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.add(json);
        return all.toString();
    }

    private static void put(ObjectNode to, String name, String value) {
        if (!value.isEmpty()) {
            to.put(name, value);
        }
    }

    /** As routes of Alertmanager are usually written. */
    private static String severity(Severity severity) {
        return switch (severity) {
            case VIOLATION -> "critical";
            case FAULT -> "warning";
            case NOTE -> "info";
        };
    }
}
