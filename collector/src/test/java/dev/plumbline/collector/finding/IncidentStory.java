package dev.plumbline.collector.finding;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What rounds do to incidents, written as {@code HOUR=SCOPES}: the scopes dropped on one segment in the round of that hour,
 * {@code ok} for none, {@code unseen} where nobody looked. A star marks a round that is judged again, a caret one that is judged
 * after newer ones have spoken.
 */
final class IncidentStory {
    private final Map<String, Incident> incidents = new LinkedHashMap<>();

    static IncidentStory told(String steps) {
        IncidentStory story = new IncidentStory();
        Arrays.stream(steps.trim().split(" +")).forEach(story::step);
        return story;
    }

    private void step(String step) {
        String[] part = step.split("=", 2);
        long round = Duration.ofMinutes((long) (60 * Double.parseDouble(part[0].replaceAll("[*^]", ""))))
                .toMillis();
        RoundVerdict verdict = verdict(round, part[1]);
        boolean again = part[0].contains("*");
        List<Incident> known = List.copyOf(incidents.values());
        List<Incident> changes = part[0].contains("^")
                ? Hindsight.annotate(known, verdict, again)
                : Ledger.update(known, verdict, again);
        changes.forEach(i -> incidents.put(i.id(), i));
    }

    static RoundVerdict verdict(long round, String scopes) {
        boolean looked = !scopes.equals("unseen");
        List<Finding> findings = looked && !scopes.equals("ok")
                ? Arrays.stream(scopes.split(","))
                        .map(s -> finding(Place.of(WIFI), Mechanism.TCP_DROP, s))
                        .toList()
                : List.of();
        return new RoundVerdict(
                round,
                Instant.ofEpochMilli(round).plusSeconds(3),
                Set.of(WIFI),
                looked ? List.of(cell(WIFI, COURIER, findings.isEmpty() ? State.OK : State.BLOCKED, round)) : List.of(),
                findings,
                List.of(),
                List.of());
    }

    List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    /** One line an incident: open or closed, how often it came back, what became of it. */
    @Override
    public String toString() {
        return incidents.values().stream()
                .map(i -> (i.isOpen() ? "open" : "closed") + " " + i.reopened() + " "
                        + i.history().changes().stream()
                                .map(c -> c.kind().name().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" / "));
    }
}
