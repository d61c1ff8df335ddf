package dev.plumbline.collector.web;

import dev.plumbline.v1.CellChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a target was over some days, as one band. Pure.
 *
 * @param days where days begin, of {@value #WIDTH}
 */
public record StatePicture(List<Stretch> stretches, List<Day> days) {
    public static final int WIDTH = 1_000;

    public StatePicture {
        stretches = List.copyOf(stretches);
        days = List.copyOf(days);
    }

    /** @param x where it begins, of {@value StatePicture#WIDTH} */
    public record Stretch(Mark mark, int x, int width, String said) {}

    /** @param name such as {@code 11-01} */
    public record Day(int x, String name) {}

    /** @param changes oldest first */
    static StatePicture of(List<CellChange> changes, Instant from, Instant to) {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            CellChange change = changes.get(i);
            Instant end = i + 1 < changes.size() ? instant(changes.get(i + 1)) : to;
            int x = place(instant(change), from, to);
            stretches.add(new Stretch(
                    Mark.of(change.getState()),
                    x,
                    Math.max(1, place(end, from, to) - x),
                    Times.text(change.getAt()) + " "
                            + Mark.of(change.getState()).word()));
        }
        List<Day> days = new ArrayList<>();
        Instant day = from.truncatedTo(java.time.temporal.ChronoUnit.DAYS).plus(Duration.ofDays(1));
        while (day.isBefore(to)) {
            days.add(new Day(place(day, from, to), day.toString().substring(5, 10)));
            day = day.plus(Duration.ofDays(1));
        }
        return new StatePicture(stretches, days);
    }

    private static Instant instant(CellChange change) {
        return Instant.ofEpochSecond(change.getAt().getSeconds(), change.getAt().getNanos());
    }

    private static int place(Instant at, Instant from, Instant to) {
        long all = Duration.between(from, to).toMillis();
        long part = Duration.between(from, at).toMillis();
        return all <= 0 ? 0 : (int) Math.max(0, Math.min(WIDTH, part * WIDTH / all));
    }
}
