package dev.plumbline.deploy.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.cli.Wrapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The table, printed row by row. */
final class Table {
    private static final int ID = 18;
    private static final int SENT = 40;
    private static final int HAPPENED = 54;
    private static final int LOST = 22;

    private record Line(String id, Outcome outcome, double seconds) {}

    private final Consumer<String> out;
    private final List<Line> lines = new ArrayList<>();

    Table(Consumer<String> out) {
        this.out = out;
    }

    void head() {
        print(List.of("ROW"), List.of("SENT"), List.of("WHAT HAPPENED"), List.of("LOST"), "SECONDS", "");
    }

    void add(String id, Outcome outcome, Duration took) {
        double seconds = took.toMillis() / 1000.0;
        lines.add(new Line(id, outcome, seconds));
        print(
                Wrapping.wrap(id, ID),
                Wrapping.wrap(outcome.sent(), SENT),
                Wrapping.wrap(outcome.happened(), HAPPENED),
                Wrapping.wrap(outcome.lost(), LOST),
                String.format(Locale.ROOT, "%7.1f", seconds),
                outcome.state().word());
    }

    void foot(Duration took) {
        long green = lines.stream()
                .filter(line -> line.outcome().state() == Outcome.State.OK)
                .count();
        long skipped = lines.stream()
                .filter(line -> line.outcome().state() == Outcome.State.SKIPPED)
                .count();
        out.accept(green + " of " + lines.size() + " rows are green"
                + (skipped == 0 ? "" : ", " + skipped + " could not be tried here") + ", in " + took.toSeconds()
                + " s.");
    }

    /** A row that was skipped proves nothing, and does not fail the rest: it says why it could not be tried here. */
    boolean isGreen() {
        return lines.stream().noneMatch(line -> line.outcome().state() == Outcome.State.FAILED)
                && lines.stream().anyMatch(line -> line.outcome().state() == Outcome.State.OK);
    }

    String json() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", line.id());
            row.put("state", line.outcome().state().word());
            row.put("sent", line.outcome().sent());
            row.put("happened", line.outcome().happened());
            row.put("lost", line.outcome().lost());
            row.put("seconds", line.seconds());
            rows.add(row);
        }
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers make JSON", e);
        }
    }

    private void print(
            List<String> id,
            List<String> sent,
            List<String> happened,
            List<String> lost,
            String seconds,
            String state) {
        int height = Math.max(Math.max(id.size(), sent.size()), Math.max(happened.size(), lost.size()));
        for (int i = 0; i < height; i++) {
            String line = column(id, i, ID)
                    + column(sent, i, SENT)
                    + column(happened, i, HAPPENED)
                    + column(lost, i, LOST)
                    + (i == 0 ? seconds + "  " + state : "");
            out.accept(line.stripTrailing());
        }
    }

    private static String column(List<String> lines, int at, int width) {
        String text = at < lines.size() ? lines.get(at) : "";
        return text + " ".repeat(Math.max(0, width - text.length())) + "  ";
    }
}
