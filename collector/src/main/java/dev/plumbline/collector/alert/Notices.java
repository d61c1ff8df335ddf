package dev.plumbline.collector.alert;

import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what a receiver is told now: the difference between the causes as they are and as it was told of them. Pure. */
public final class Notices {
    /** The scope of a cause may move with each round while somebody works at a rule: so often at most it is told. */
    public static final Duration BETWEEN_CHANGES = Duration.ofMinutes(15);

    /** Of what came and went in quiet hours. */
    static final int SUMMED_UP = 20;

    private final Reception reception;
    private final Memory memory;
    private final AlertWriter writer;
    private final Instant now;
    private final int room;
    private final List<Alert> alerts = new ArrayList<>();
    private final Set<String> forgotten = new HashSet<>();
    private int withdrawn;

    private Notices(Reception reception, Memory memory, AlertWriter writer, Instant now, int room) {
        this.reception = reception;
        this.memory = memory;
        this.writer = writer;
        this.now = now;
        this.room = room;
    }

    /**
     * What follows of it.
     *
     * @param alerts in the order in which they are to be sent
     * @param forgotten incidents that ended and of which the receiver never heard
     * @param quietSince when the quiet hours that hold now began
     */
    public record Decision(List<Alert> alerts, Set<String> forgotten, Optional<Instant> quietSince) {
        public Decision {
            alerts = List.copyOf(alerts);
            forgotten = Set.copyOf(forgotten);
        }
    }

    /** True as long as nothing is told, and so nothing needs to be looked at but the clock. */
    public static boolean isQuiet(Reception reception, Instant now) {
        return reception.quiet().stream().anyMatch(q -> q.holds(now));
    }

    /**
     * @param open all incidents that are open
     * @param over those that were closed, as far back as the receiver was told of them as open, or its quiet hours last
     * @param room how many messages may wait in addition; what finds none is told later, as it is then
     */
    public static Decision decide(
            Reception reception,
            Memory memory,
            List<Incident> open,
            List<Incident> over,
            AlertWriter writer,
            Instant now,
            int room) {
        if (isQuiet(reception, now)) {
            return new Decision(
                    List.of(), Set.of(), Optional.of(memory.quietSince().orElse(now)));
        }
        return new Notices(reception, memory, writer, now, room).decide(open, over);
    }

    private Decision decide(List<Incident> open, List<Incident> over) {
        // Of incidents of the same id the open one counts: it was closed and came back.
        Map<String, Incident> byId =
                over.stream().collect(Collectors.toMap(Incident::id, Function.identity(), (one, other) -> one));
        open.forEach(i -> byId.put(i.id(), i));
        memory.told().values().stream()
                .sorted(Comparator.comparing(Told::at).thenComparing(Told::incident))
                .forEach(t -> ended(t, Optional.ofNullable(byId.get(t.incident()))));
        open.stream()
                .filter(i -> reception.selection().takes(i.finding()))
                .sorted(Comparator.comparing((Incident i) -> i.finding().severity())
                        .thenComparing(Incident::openedAt)
                        .thenComparing(Incident::id))
                .forEach(this::goesOn);
        Set<String> back = open.stream().map(Incident::id).collect(Collectors.toSet());
        List<Incident> ended = over.stream().filter(i -> !back.contains(i.id())).toList();
        memory.quietSince().ifPresent(since -> sumUp(since, ended));
        return new Decision(alerts, forgotten, Optional.empty());
    }

    private boolean hasRoom() {
        return alerts.size() < room + withdrawn;
    }

    private void ended(Told told, Optional<Incident> now) {
        Optional<String> why = now.isEmpty()
                ? Optional.of("It is judged otherwise now, and no finding any more.")
                : whyNoMore(now.get());
        if (why.isEmpty()) {
            return;
        }
        if (told.isUnheard()) {
            forgotten.add(told.incident());
            return;
        }
        // What was never sent is not sent at all, nor is its end: that needs no room.
        if (memory.untried().contains(told.incident())) {
            withdrawn++;
        }
        if (hasRoom() && told.mayBeTold(Alert.Kind.RESOLVED, this.now)) {
            Instant end = now.flatMap(Incident::closedAt).orElse(this.now);
            alerts.add(writer.resolved(told.alert(), end, this.now, why.get()));
        }
    }

    /** Empty while it is told as open. */
    private Optional<String> whyNoMore(Incident incident) {
        if (!incident.isOpen()) {
            return Optional.of("");
        }
        Optional<Excuse> excuse = incident.finding().excuse();
        if (excuse.isPresent()) {
            return Optional.of("It is still there, and " + excuse.get().said() + ".");
        }
        return reception.selection().takes(incident.finding())
                ? Optional.empty()
                : Optional.of("It is still there; by its configuration this receiver is not told of it any more.");
    }

    private void goesOn(Incident incident) {
        Told told = memory.told().get(incident.id());
        if (!hasRoom()) {
            return;
        }
        if (told == null || told.isUnheard()) {
            if (told == null || told.mayBeTold(Alert.Kind.OPENED, now)) {
                alerts.add(writer.of(Alert.Kind.OPENED, incident, now, cameBack(incident)));
            }
            return;
        }
        // Behind a message that waits a second one would only grow old: when that is sent, this one says how it is
        // then.
        if (memory.waiting().contains(incident.id())) {
            return;
        }
        String before = told.alert().scope();
        String scope = incident.finding().scope().toString();
        Duration since = Duration.between(told.at(), now);
        if (reception.resend().isPresent()) {
            if (since.compareTo(reception.resend().get()) >= 0 && told.mayBeTold(Alert.Kind.ONGOING, now)) {
                alerts.add(writer.of(Alert.Kind.ONGOING, incident, now, ""));
            }
        } else if (!before.equals(scope)
                && since.compareTo(BETWEEN_CHANGES) >= 0
                && told.mayBeTold(Alert.Kind.CHANGED, now)) {
            alerts.add(writer.of(
                    Alert.Kind.CHANGED, incident, now, "Its scope moved from " + before + " to " + scope + "."));
        }
    }

    private static String cameBack(Incident incident) {
        return incident.reopened() == 0
                ? ""
                : "It came back, " + times(incident.reopened()) + " since " + Times.forPeople(incident.openedAt())
                        + ".";
    }

    private static String times(int n) {
        return n == 1 ? "once" : n + " times";
    }

    /** One message finds room always: what waits is held until this was decided. */
    private void sumUp(Instant since, List<Incident> over) {
        List<Incident> passed = over.stream()
                .filter(i -> !i.isOpen() && reception.selection().takes(i.finding()))
                .filter(i -> memory.untried().contains(i.id())
                        || (hasHeardNothing(i) && !AlertWriter.since(i).isBefore(since)))
                .sorted(Comparator.comparing(AlertWriter::since).thenComparing(Incident::id))
                .toList();
        if (!passed.isEmpty()) {
            String hours = reception.quiet().stream().map(Objects::toString).collect(Collectors.joining(", "));
            alerts.add(writer.summary(passed, hours, since, now));
        }
    }

    private boolean hasHeardNothing(Incident incident) {
        Told told = memory.told().get(incident.id());
        return told == null || told.isUnheard();
    }
}
