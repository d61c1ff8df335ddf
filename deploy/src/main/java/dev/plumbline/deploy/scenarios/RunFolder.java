package dev.plumbline.deploy.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of one run: configurations, identities, data and logs of the collector and the agents. */
record RunFolder(Path root) {
    static RunFolder create() {
        try {
            return new RunFolder(Files.createTempDirectory("plumbline-scenarios-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for temporary files could be made", e);
        }
    }

    Path pki() {
        return root.resolve("pki");
    }

    Path collectorConfiguration() {
        return root.resolve("collector.yaml");
    }

    Path clientConfiguration() {
        return root.resolve("client.yaml");
    }

    Path agent(String segment) {
        return root.resolve("agents").resolve(segment);
    }

    Path log(String name) {
        return root.resolve(name + ".log");
    }

    void writeConfigurations(Map<String, Path> anchors) {
        write(collectorConfiguration(), Campus.collectorYaml());
        write(clientConfiguration(), Campus.clientYaml());
        writeOverlay(anchors);
    }

    Path overlay() {
        return root.resolve("overlay.yaml");
    }

    void writeOverlay(Map<String, Path> anchors) {
        write(overlay(), overlay(anchors));
    }

    /** Where the configuration of an agent was written. */
    Path writeAgent(String segment, String configuration) {
        Path file = agent(segment).resolve("agent.yaml");
        write(file, configuration);
        return file;
    }

    /** The lab's own trust anchors instead of the world's, and no pause between two probes of one target. */
    static String overlay(Map<String, Path> anchors) {
        return "anchors:\n"
                + anchors.entrySet().stream()
                        .map(e -> "  " + e.getKey() + ": [\"" + e.getValue() + "\"]\n")
                        .collect(Collectors.joining())
                + "minimum-interval: 0s\n";
    }

    void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
