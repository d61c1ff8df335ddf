package dev.plumbline.collector.web;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The matrix as it is shown: segments down, services or targets across. Pure.
 *
 * @param columns in order
 * @param blocks the rows, some together: a browser lays out those alone that are seen
 */
public record Grid(boolean isByTarget, List<String> columns, List<List<Row>> blocks) {
    private static final int ROWS_TOGETHER = 25;

    /** For targets of no service. */
    private static final String OTHER = "other";

    public Grid {
        columns = List.copyOf(columns);
        blocks = List.copyOf(blocks);
    }

    /**
     * A segment.
     *
     * @param answer to its house rules; empty where it is held to none
     */
    public record Row(String segment, String name, Optional<Answer> answer, List<Box> boxes) {
        public Row {
            boxes = List.copyOf(boxes);
        }
    }

    /**
     * Where a row and a column meet.
     *
     * @param count targets of that mark
     * @param of all that count
     * @param isRequired false where none is required of the segment
     * @param isSoft whether what is shown was seen once and is not confirmed
     * @param because what is said of the first of them
     * @param target the first of them
     */
    public record Box(Mark mark, int count, int of, boolean isRequired, boolean isSoft, String because, String target) {
        static final Box NONE = new Box(Mark.OPTIONAL_OFF, 0, 0, false, false, "", "");

        /** Whether nothing is asked there. */
        public boolean isEmpty() {
            return of == 0;
        }

        /** Such as {@code 3/12}; a number alone where all are so. */
        public String share() {
            return count == of ? Integer.toString(count) : count + "/" + of;
        }

        /** For whoever does not see the sign. */
        public String words() {
            return " " + mark.word() + (count == of ? "" : " of " + of) + (isSoft ? ", not confirmed" : "")
                    + (isRequired ? "" : ", not required");
        }

        /** What is said when somebody points at it; null where there is nothing to say. */
        public @Nullable String title() {
            return mark == Mark.OK ? null : because;
        }

        public String css() {
            return mark.css() + (isSoft ? " soft" : "") + (isRequired ? "" : " faint");
        }
    }

    /** The worst of each service, as {@code plumbline matrix} tells it. */
    static Grid byService(List<Segment> segments, List<Cell> cells) {
        return of(false, segments, cells, Grid::service);
    }

    /** @param service of this one alone; empty = all */
    static Grid byTarget(List<Segment> segments, List<Cell> cells, String service) {
        return of(
                true,
                segments,
                service.isEmpty()
                        ? cells
                        : cells.stream().filter(c -> service(c).equals(service)).toList(),
                Cell::getTargetId);
    }

    private interface Key {
        String of(Cell cell);
    }

    private static Grid of(boolean isByTarget, List<Segment> segments, List<Cell> cells, Key key) {
        Map<String, Map<String, List<Cell>>> bySegment = new HashMap<>();
        TreeSet<String> columns = new TreeSet<>();
        for (Cell cell : cells) {
            String column = key.of(cell);
            columns.add(column);
            bySegment
                    .computeIfAbsent(cell.getSegment(), s -> new HashMap<>())
                    .computeIfAbsent(column, c -> new ArrayList<>(1))
                    .add(cell);
        }
        List<List<Row>> blocks = new ArrayList<>();
        List<Row> block = new ArrayList<>();
        for (Segment segment : segments) {
            block.add(row(segment, columns, bySegment.getOrDefault(segment.getId(), Map.of())));
            if (block.size() == ROWS_TOGETHER) {
                blocks.add(List.copyOf(block));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            blocks.add(List.copyOf(block));
        }
        return new Grid(isByTarget, List.copyOf(columns), blocks);
    }

    private static Row row(Segment segment, Collection<String> columns, Map<String, List<Cell>> cells) {
        return new Row(
                segment.getId(),
                segment.getDisplayName(),
                Answer.of(segment.getRequirementsList()),
                columns.stream().map(c -> box(cells.getOrDefault(c, List.of()))).toList());
    }

    /** The worst of what is required; of all where nothing is. */
    static Box box(List<Cell> cells) {
        if (cells.isEmpty()) {
            return Box.NONE;
        }
        List<Cell> required = cells.stream().filter(Cell::getRequired).toList();
        List<Cell> counted = required.isEmpty() ? cells : required;
        Map<Mark, List<Cell>> byMark = new TreeMap<>();
        counted.forEach(c -> byMark.computeIfAbsent(Mark.of(c.getState()), m -> new ArrayList<>())
                .add(c));
        Mark worst = byMark.keySet().iterator().next();
        List<Cell> shown = Objects.requireNonNull(byMark.get(worst));
        Cell first = shown.stream().min(Comparator.comparing(Cell::getSoft)).orElseThrow();
        return new Box(
                worst,
                shown.size(),
                counted.size(),
                !required.isEmpty(),
                first.getSoft(),
                first.getBecause(),
                first.getTargetId());
    }

    static String service(Cell cell) {
        return cell.getService().isEmpty() ? OTHER : cell.getService();
    }

    /** Where a box leads. */
    public String path(Row row, int column, String at) {
        return Links.with(
                isByTarget
                        ? Links.target(row.segment(), columns.get(column))
                        : Links.with(Links.segment(row.segment()), "service", columns.get(column)),
                "at",
                at);
    }
}
