package dev.plumbline.deploy.scenarios;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The faults to play, one a line: id, settings and expectation, parted by tabs; {@code #} begins a comment line. */
record Table(List<TableLine> lines) {
    Table {
        lines = List.copyOf(lines);
    }

    /**
     * @throws ConfigException with every problem of the file
     */
    static Table read(Path file) throws ConfigException {
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new ConfigException(List.of(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + "); name a table with --table"));
        }
    }

    static Table parse(String file, List<String> texts) throws ConfigException {
        Map<String, TableLine> lines = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            String where = file + ":" + (i + 1);
            String[] columns = text.split("\t", -1);
            if (columns.length != 3 || columns[0].isBlank() || columns[2].isBlank()) {
                problems.add(where + ": must be id, settings and expectation, parted by tabs");
                continue;
            }
            try {
                TableLine line = new TableLine(columns[0], Setting.parseAll(columns[1]), columns[2], where);
                TableLine earlier = lines.putIfAbsent(line.id(), line);
                if (earlier != null) {
                    problems.add(where + ": id " + line.id() + " stands already at " + earlier.where());
                }
            } catch (IllegalArgumentException e) {
                problems.add(where + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Table(List.copyOf(lines.values()));
    }

    /**
     * The named lines in the table's order; all when no name is given.
     *
     * @throws ConfigException when a name is in no line
     */
    Table only(List<String> ids) throws ConfigException {
        List<String> problems = ids.stream()
                .filter(id -> lines.stream().noneMatch(l -> l.id().equals(id)))
                .map(id -> "--only: the table has no line " + id + "; it has "
                        + String.join(", ", lines.stream().map(TableLine::id).toList()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return ids.isEmpty()
                ? this
                : new Table(lines.stream().filter(l -> ids.contains(l.id())).toList());
    }
}
