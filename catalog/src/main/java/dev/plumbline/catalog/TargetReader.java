package dev.plumbline.catalog;

import dev.plumbline.config.Durations;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a file of targets: a line of column names, then one target a line; {@code -} or nothing means the standard value. */
final class TargetReader {
    static final List<String> COLUMNS = List.of(
            "id",
            "host",
            "port",
            "transport",
            "probe",
            "identity",
            "services",
            "roles",
            "platforms",
            "obligation",
            "retired-on",
            "interval",
            "path",
            "server-name",
            "pool",
            "alpn",
            "stands-for");

    private final Tsv tsv;
    private final Map<TargetId, Integer> seen = new HashMap<>();

    private TargetReader(Tsv tsv) {
        this.tsv = tsv;
    }

    static List<TargetRow> read(String file, String text, List<String> problems) {
        return new TargetReader(new Tsv(file, problems)).read(text);
    }

    private List<TargetRow> read(String text) {
        List<Tsv.Line> lines = tsv.lines(text);
        List<TargetRow> targets = new ArrayList<>();
        for (Tsv.Line line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (line.fits(10, COLUMNS.size(), String.join(", ", COLUMNS))) {
                target(line).ifPresent(targets::add);
            }
        }
        return targets;
    }

    private Optional<TargetRow> target(Tsv.Line line) {
        try {
            TargetId id = new TargetId(line.cell(0));
            Integer before = seen.put(id, line.number());
            if (before != null) {
                tsv.problem(line.number(), "id", id + " stands twice, first on line " + before);
            }
            String host = line.cell(1);
            Target target = new Target(
                    id,
                    host,
                    standard(line, "pool", 0, Integer::parseInt),
                    standard(line, "port", 1, Integer::parseInt),
                    standard(line, "transport", Transport.TCP, Transport::ofWord),
                    standard(line, "probe", ProbeKind.TCP, ProbeKind::ofWord),
                    standard(line, "server-name", host, s -> s),
                    standard(line, "identity", IdentityClass.NONE, s -> Words.of(IdentityClass.class, s)),
                    standard(line, "alpn", List.of(), TargetReader::ladder),
                    standard(line, "path", "", s -> s),
                    standard(line, "services", Set.of(), s -> set(Service.class, s)),
                    standard(line, "roles", Set.of(), s -> set(Role.class, s)),
                    standard(line, "platforms", Set.of(), s -> set(Platform.class, s)),
                    standard(line, "obligation", Obligation.REQUIRED, s -> Words.of(Obligation.class, s)),
                    standard(line, "retired-on", Optional.empty(), s -> Optional.of(date(s))),
                    ProxyPolicy.UNSTATED,
                    standard(line, "interval", Duration.ZERO, Durations::parse),
                    List.of());
            return Optional.of(
                    new TargetRow(target, standard(line, "stands-for", Set.of(), s -> new HashSet<>(words(s)))));
        } catch (IllegalArgumentException e) {
            tsv.problem(line.number(), "", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static <T> T standard(Tsv.Line line, String column, T standard, Function<String, T> parser) {
        int index = COLUMNS.indexOf(column);
        String cell = line.cell(index);
        return cell.isEmpty() || cell.equals("-") ? standard : line.value(index, column, parser, standard);
    }

    /** Offers in order, separated by blanks; {@code none} is the offer of nothing. */
    static List<String> ladder(String text) {
        return Arrays.stream(text.split(" +"))
                .map(s -> s.equals("none") ? "" : s)
                .toList();
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, String text) {
        Set<E> all = new LinkedHashSet<>();
        words(text).forEach(w -> all.add(Words.of(type, w)));
        return all;
    }

    static List<String> words(String text) {
        return Arrays.asList(text.split(" +"));
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no date; write 2021-03-31", e);
        }
    }
}
