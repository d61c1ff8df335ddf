package dev.plumbline.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One YAML file being read. Ask its {@link #root()} for every key, then call {@link #finish()}: it reports all problems of
 * the file at once, keys that nobody asked for included.
 */
public final class ConfigFile {
    private final Path file;
    private final List<String> problems = new ArrayList<>();
    private final Section root;

    private ConfigFile(Path file, Section.Source source) {
        this.file = file;
        this.root = new Section(this, source);
    }

    /**
     * @throws ConfigException when the file cannot be read or is no YAML mapping
     */
    public static ConfigFile read(Path file) throws ConfigException {
        try {
            return parse(file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigException(List.of(file + ": cannot be read ("
                    + e.getClass().getSimpleName() + "); name an existing, readable YAML file"));
        }
    }

    /** Reads text as if it stood in the file. */
    public static ConfigFile parse(Path file, String text) throws ConfigException {
        Optional<Node> node;
        try {
            node = new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(text);

        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
            throw new ConfigException(List.of(file + ":" + line + ": is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new ConfigException(List.of(file + ":1: is not YAML: " + e.getMessage()));
        } catch (StackOverflowError e) {
            // The library descends by recursion and has no bound of its own.
            throw new ConfigException(List.of(file + ":1: is nested deeper than any configuration is"));
        }
        if (node.isEmpty()) {
            return new ConfigFile(file, Section.Source.empty());
        }
        if (node.get() instanceof MappingNode mapping) {
            return new ConfigFile(file, Section.Source.of(mapping, ""));
        }
        throw new ConfigException(List.of(file + ":1: must be a mapping of keys to values"));
    }

    public Section root() {
        return root;
    }

    /** The file's own folder: relative paths in it are meant from here. */
    public Path folder() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /**
     * Call when everything was asked.
     *
     * @throws ConfigException with every problem found
     */
    public void finish() throws ConfigException {
        root.reportUnasked();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    String where(int line, String key) {
        return file + ":" + line + (key.isEmpty() ? "" : ": " + key);
    }

    void problem(int line, String key, String sentence) {
        problems.add(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + sentence);
    }
}
