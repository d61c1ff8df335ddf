package dev.plumbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a configuration file. A getter for a missing or wrong value notes the problem in the file and gives a
 * stand-in, so that reading goes on and all problems come at once; nothing read may be used before
 * {@link ConfigFile#finish()} returned.
 */
public final class Section {
    private final ConfigFile file;
    private final Source source;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Section> children = new ArrayList<>();

    Section(ConfigFile file, Source source) {
        this.file = file;
        this.source = source;
        source.duplicates.forEach((key, line) ->
                file.problem(line, source.path(key), "duplicate key, first on line " + source.lines.get(key)));
    }

    /** True when the key stands in the file. */
    public boolean has(String key) {
        return source.values.containsKey(key);
    }

    /** A required text. */
    public String text(String key) {
        return parsed(key, s -> s, Optional.empty(), "");
    }

    public String text(String key, String standard) {
        return parsed(key, s -> s, Optional.of(standard), standard);
    }

    /**
     * A required value made by a function that throws IllegalArgumentException with a sentence when the text is wrong.
     *
     * @param standIn what to go on with when the value is missing or wrong
     */
    public <T> T value(String key, Function<String, T> parser, T standIn) {
        return parsed(key, parser, Optional.empty(), standIn);
    }

    /** The same, with a default for a missing key. */
    public <T> T valueOr(String key, Function<String, T> parser, T standard) {
        return parsed(key, parser, Optional.of(standard), standard);
    }

    public int integer(String key, int least, int most, int standard) {
        return valueOr(
                key,
                s -> {
                    int n;
                    try {
                        n = Integer.parseInt(s);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("'" + s + "' is no whole number", e);
                    }
                    if (n < least || n > most) {
                        throw new IllegalArgumentException(n + " is not between " + least + " and " + most);
                    }
                    return n;
                },
                standard);
    }

    public boolean flag(String key, boolean standard) {
        return valueOr(
                key,
                s -> switch (s) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("'" + s + "' is neither true nor false");
                },
                standard);
    }

    /** A time span such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}. */
    public Duration duration(String key, Duration standard) {
        return valueOr(key, Durations::parse, standard);
    }

    /** A required path, relative ones from the file's own folder. */
    public Path path(String key) {
        return value(key, s -> file.folder().resolve(s).normalize(), Path.of(""));
    }

    public Path path(String key, Path standard) {
        return valueOr(key, s -> file.folder().resolve(s).normalize(), standard);
    }

    /** A list of paths, relative ones from the file's own folder; a single path counts as a list of one. */
    public List<Path> paths(String key) {
        return values(key, s -> file.folder().resolve(s).normalize());
    }

    /** A list of texts, empty when missing; a single text counts as a list of one. */
    public List<String> texts(String key) {
        return values(key, s -> s);
    }

    /** A list of values, each made by a function as in {@link #value}. */
    public <T> List<T> values(String key, Function<String, T> parser) {
        asked.add(key);
        Node node = source.values.get(key);
        List<T> all = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(n -> parse(key, n, parser).ifPresent(all::add));
        } else if (node != null) {
            parse(key, node, parser).ifPresent(all::add);
        }
        return all;
    }

    /** A mapping inside this one; empty when missing. */
    public Section section(String key) {
        asked.add(key);
        Node node = source.values.get(key);
        if (node instanceof MappingNode mapping) {
            return child(Source.of(mapping, source.path(key)));
        }
        if (node != null) {
            problem(key, "must be a mapping of keys to values");
        }
        return child(new Source(source.path(key), source.line, Map.of(), Map.of(), Map.of()));
    }

    /** A list of mappings; empty when missing. */
    public List<Section> sections(String key) {
        asked.add(key);
        List<Section> all = new ArrayList<>();
        Node node = source.values.get(key);
        if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Node item : sequence.getValue()) {
                String path = source.path(key) + "[" + index++ + "]";
                if (item instanceof MappingNode mapping) {
                    all.add(child(Source.of(mapping, path)));
                } else {
                    file.problem(Source.lineOf(item), path, "must be a mapping of keys to values");
                }
            }
        } else if (node != null) {
            problem(key, "must be a list");
        }
        return all;
    }

    /** Leaves a key to others that read the same file: it is not looked at, and no mistake. */
    public void leave(String key) {
        asked.add(key);
    }

    /** The lines on which the items of a list stand, in their order; empty when there is no list. */
    public List<Integer> itemLines(String key) {
        return source.values.get(key) instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(Source::lineOf).toList()
                : List.of();
    }

    /** Keys in the order of the file, for mappings whose keys are data; each must still be asked for. */
    public List<String> keys() {
        return List.copyOf(source.values.keySet());
    }

    /** File, line and key of this section, as problems begin. */
    public String where() {
        return file.where(source.line, source.path);
    }

    /** Line on which the key stands, the section's own line when it is missing. */
    public int line(String key) {
        return source.lines.getOrDefault(key, source.line);
    }

    /** Notes a problem that the reader of the section found. */
    public void problem(String key, String sentence) {
        file.problem(line(key), source.path(key), sentence);
    }

    private Section child(Source child) {
        Section section = new Section(file, child);
        children.add(section);
        return section;
    }

    private <T> T parsed(String key, Function<String, T> parser, Optional<T> standard, T standIn) {
        asked.add(key);
        Node node = source.values.get(key);
        if (node == null) {
            if (standard.isEmpty()) {
                problem(key, "is missing");
            }
            return standard.orElse(standIn);
        }
        return parse(key, node, parser).orElse(standIn);
    }

    private <T> Optional<T> parse(String key, Node node, Function<String, T> parser) {
        if (!(node instanceof ScalarNode scalar)) {
            file.problem(Source.lineOf(node), source.path(key), "must be a single value");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(scalar.getValue()));
        } catch (IllegalArgumentException e) {
            file.problem(Source.lineOf(node), source.path(key), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void reportUnasked() {
        for (String key : source.values.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "is no key here; known are " + String.join(", ", asked));
            }
        }
        children.forEach(Section::reportUnasked);
    }

    /** Where the values come from. */
    record Source(
            String path,
            int line,
            Map<String, Node> values,
            Map<String, Integer> lines,
            Map<String, Integer> duplicates) {
        static Source empty() {
            return new Source("", 1, Map.of(), Map.of(), Map.of());
        }

        static Source of(MappingNode mapping, String path) {
            Map<String, Node> values = new LinkedHashMap<>();
            Map<String, Integer> lines = new LinkedHashMap<>();
            Map<String, Integer> duplicates = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) == null) {
                        lines.put(key.getValue(), lineOf(key));
                    } else {
                        duplicates.put(key.getValue(), lineOf(key));
                    }
                }
            }
            return new Source(path, lineOf(mapping), values, lines, duplicates);
        }

        static int lineOf(Node node) {
            return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
        }

        String path(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }
    }
}
