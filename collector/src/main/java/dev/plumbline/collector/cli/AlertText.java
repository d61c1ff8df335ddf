package dev.plumbline.collector.cli;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.AlertDelivery;
import dev.plumbline.v1.AlertReceiver;
import dev.plumbline.v1.ListAlertsResponse;
import dev.plumbline.v1.ReceiverTest;
import java.util.ArrayList;
import java.util.List;

/** Receivers of alerts and what goes to them, for people. Pure. */
final class AlertText {
    private AlertText() {}

    static List<String> list(ListAlertsResponse response, Terminal terminal) {
        TextTable receivers = new TextTable("RECEIVER", "TYPE", "WAITING", "TOLD OPEN", "QUIET SINCE", "TO");
        for (AlertReceiver receiver : response.getReceiversList()) {
            receivers.row(List.of(
                    Entry.of(receiver.getName()),
                    Entry.of(receiver.getType()),
                    new Entry(
                            String.valueOf(receiver.getWaiting()), receiver.getWaiting() == 0 ? Ink.PLAIN : Ink.UNSURE),
                    Entry.of(String.valueOf(receiver.getOpen())),
                    Entry.of(receiver.hasQuietSince() ? Times.forPeople(receiver.getQuietSince()) : "-"),
                    Entry.of(receiver.getTo())));
        }
        List<String> lines = new ArrayList<>(receivers.lines(terminal));
        lines.add("");
        if (response.getDeliveriesCount() == 0) {
            lines.add("Nothing waits, and nothing was sent lately.");
            return lines;
        }
        TextTable deliveries = new TextTable("AT", "RECEIVER", "STATE", "WHAT", "TRIES", "ABOUT");
        for (AlertDelivery delivery : response.getDeliveriesList()) {
            deliveries.row(List.of(
                    Entry.of(Times.forPeople(delivery.getMadeAt())),
                    Entry.of(delivery.getReceiver()),
                    new Entry(delivery.getState(), ink(delivery)),
                    Entry.of(delivery.getKind()),
                    Entry.of(String.valueOf(delivery.getTries())),
                    Entry.of(delivery.getSentence() + met(delivery))));
        }
        lines.addAll(deliveries.lines(terminal));
        return lines;
    }

    private static Ink ink(AlertDelivery delivery) {
        return switch (delivery.getState()) {
            case "DELIVERED" -> Ink.GOOD;
            case "WAITING" -> Ink.UNSURE;
            case "WITHDRAWN" -> Ink.PLAIN;
            default -> Ink.BAD;
        };
    }

    private static String met(AlertDelivery delivery) {
        if (delivery.getSaid().isEmpty()) {
            return "";
        }
        return " (" + delivery.getSaid()
                + (delivery.hasNextTryAt() ? "; tried again at " + Times.forPeople(delivery.getNextTryAt()) : "") + ")";
    }

    static List<String> tests(List<ReceiverTest> tests) {
        return tests.stream()
                .map(t -> t.getReceiver() + (t.getDelivered() ? " took the test" : " did not take the test") + " after "
                        + t.getElapsedMillis() / 1000.0 + " s: " + t.getSaid() + ".")
                .toList();
    }
}
