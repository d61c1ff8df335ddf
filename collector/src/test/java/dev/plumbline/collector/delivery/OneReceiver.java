package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;

import dev.plumbline.collector.alert.AlertWriter;
import dev.plumbline.collector.alert.Causes;
import dev.plumbline.collector.alert.Notices;
import dev.plumbline.collector.alert.Reception;
import dev.plumbline.collector.finding.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A real outbox with one receiver, into which is written what is due as the alerts do it. */
final class OneReceiver implements AutoCloseable {
    static final String NAME = "noc";

    final Outbox outbox;
    final ReceiverSettings settings;
    private final LiveIncidents incidents = new LiveIncidents();
    private int ids;
    private final AlertWriter writer = Causes.writer(() -> "msg_" + ids++);

    OneReceiver(Path file, Reception reception) throws Exception {
        outbox = Outbox.open(file);
        settings = new ReceiverSettings(
                NAME, reception, new Target.Teams(Settings.at("https://teams.example/"), Optional.empty()));
    }

    OneReceiver(Path file) throws Exception {
        this(file, new Reception(Settings.ALL, List.of(), Optional.empty()));
    }

    static Instant at(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    OneReceiver put(Incident incident) {
        incidents.put(incident);
        return this;
    }

    OneReceiver close(String id, int minutes) {
        incidents.close(id, at(minutes));
        return this;
    }

    /** Looks what is due so many minutes after the beginning, and gives it in words. */
    List<String> look(int minutes) {
        Notices.Decision due = Notices.decide(
                settings.reception(),
                outbox.memory(NAME),
                incidents.open(),
                incidents.closedSince(Instant.EPOCH),
                writer,
                at(minutes),
                Alerts.MOST_WAITING);
        outbox.take(NAME, due.alerts(), due.forgotten(), due.quietSince(), at(minutes));
        return due.alerts().stream().map(a -> a.kind().word()).toList();
    }

    Delivery next() {
        return outbox.next(NAME).orElseThrow();
    }

    /** The message whose turn it is ends so. */
    void end(Delivery.State state, int minutes) {
        outbox.end(next(), state, 1, "as it was answered", at(minutes));
    }

    /** All that is kept, the latest first, in words. */
    List<String> list() {
        return outbox.list(Optional.empty(), 100).stream()
                .map(d -> d.alert().kind().word() + " " + d.state())
                .toList();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
