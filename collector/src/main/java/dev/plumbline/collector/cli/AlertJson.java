package dev.plumbline.collector.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import dev.plumbline.v1.AlertDelivery;
import dev.plumbline.v1.AlertReceiver;
import dev.plumbline.v1.ListAlertsResponse;
import dev.plumbline.v1.ReceiverTest;
import java.io.PrintWriter;
import java.util.List;

/** Receivers of alerts and what goes to them, for programs; times that are not known are left out. */
final class AlertJson {
    private AlertJson() {}

    static void list(PrintWriter out, ListAlertsResponse response) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode receivers = json.putArray("receivers");
        response.getReceiversList().forEach(r -> receiver(receivers.addObject(), r));
        ArrayNode deliveries = json.putArray("deliveries");
        response.getDeliveriesList().forEach(d -> delivery(deliveries.addObject(), d));
        out.println(json.toPrettyString());
        out.flush();
    }

    static void tests(PrintWriter out, List<ReceiverTest> tests) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        tests.forEach(t -> json.addObject()
                .put("receiver", t.getReceiver())
                .put("delivered", t.getDelivered())
                .put("said", t.getSaid())
                .put("elapsedMillis", t.getElapsedMillis()));
        out.println(json.toPrettyString());
        out.flush();
    }

    private static void receiver(ObjectNode json, AlertReceiver receiver) {
        json.put("name", receiver.getName())
                .put("type", receiver.getType())
                .put("to", receiver.getTo())
                .put("waiting", receiver.getWaiting())
                .put("open", receiver.getOpen());
        time(json, "quietSince", receiver.hasQuietSince(), receiver.getQuietSince());
    }

    private static void delivery(ObjectNode json, AlertDelivery delivery) {
        json.put("receiver", delivery.getReceiver())
                .put("id", delivery.getId())
                .put("kind", delivery.getKind())
                .put("findingId", delivery.getFindingId())
                .put("sentence", delivery.getSentence())
                .put("state", delivery.getState())
                .put("tries", delivery.getTries())
                .put("said", delivery.getSaid());
        time(json, "madeAt", delivery.hasMadeAt(), delivery.getMadeAt());
        time(json, "nextTryAt", delivery.hasNextTryAt(), delivery.getNextTryAt());
        time(json, "endedAt", delivery.hasEndedAt(), delivery.getEndedAt());
    }

    private static void time(ObjectNode json, String name, boolean isKnown, Timestamp at) {
        if (isKnown) {
            json.put(name, Times.instant(at).toString());
        }
    }
}
