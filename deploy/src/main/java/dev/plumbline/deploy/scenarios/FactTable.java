package dev.plumbline.deploy.scenarios;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which facts tell the faults of a table from what looks like them; {@code #} begins a comment line. */
record FactTable(List<FactRow> rows) {
    FactTable {
        rows = List.copyOf(rows);
    }

    /**
     * @throws ConfigException with every problem of the file
     */
    static FactTable read(Path file, Table faults) throws ConfigException {
        try {
            return parse(file.toString(), Files.readAllLines(file), faults);
        } catch (IOException e) {
            throw new ConfigException(List.of(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + "); name a table with --table"));
        }
    }

    static FactTable parse(String file, List<String> lines, Table faults) throws ConfigException {
        Set<String> known = faults.lines().stream().map(TableLine::id).collect(Collectors.toSet());
        List<FactRow> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            String where = file + ":" + (i + 1);
            try {
                FactRow row = FactRow.of(List.of(text.split("\t", -1)), where);
                rows.add(row);
                scenarios(row).stream()
                        .filter(id -> !known.contains(id))
                        .forEach(id -> problems.add(where + ": the table of faults has no line " + id));
            } catch (IllegalArgumentException e) {
                problems.add(where + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new FactTable(rows);
    }

    /**
     * The rows of the named lines; all when no name is given.
     *
     * @throws ConfigException when a name is in no row
     */
    FactTable only(List<String> ids) throws ConfigException {
        List<String> problems = ids.stream()
                .filter(id -> rows.stream().noneMatch(r -> r.line().equals(id)))
                .map(id -> "--only: the table of facts has no row of " + id)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return ids.isEmpty()
                ? this
                : new FactTable(
                        rows.stream().filter(r -> ids.contains(r.line())).toList());
    }

    /** A fault and where it is made and looked at. */
    record Stage(String line, String segment) {}

    /** Everything that must be played, each once, the faults of a segment together. */
    List<Stage> stages() {
        Set<Stage> stages = new LinkedHashSet<>();
        List<String> segments = rows.stream().map(FactRow::segment).distinct().toList();
        for (String segment : segments) {
            rows.stream()
                    .filter(r -> r.segment().equals(segment))
                    .forEach(r -> scenarios(r).forEach(id -> stages.add(new Stage(id, segment))));
        }
        return List.copyOf(stages);
    }

    /** The rows that say something of a stage. */
    List<FactRow> of(Stage stage) {
        return rows.stream()
                .filter(r -> r.segment().equals(stage.segment()) && scenarios(r).contains(stage.line()))
                .toList();
    }

    private static Set<String> scenarios(FactRow row) {
        Set<String> all = new LinkedHashSet<>(row.not());
        all.add(row.line());
        return all;
    }
}
