package dev.plumbline.collector.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The second half of a restore, when all copies lie whole beside what they replace. A file in the folder tells of it from
 * before its first step until after its last, and each step finds out whether it was taken: so it is brought to its end
 * wherever it was interrupted.
 *
 * @param aside folder in the data folder for what is there; empty where nothing is
 * @param present names of what is there, logs beside databases included
 * @param files names of what comes
 */
record Replacement(String aside, List<String> present, List<String> files) {
    private static final String MARKER = "restore.json";
    private static final String UNFINISHED = ".restoring";
    private static final String FORMAT = "plumbline-restore 1";
    private static final ObjectMapper JSON = new ObjectMapper();

    Replacement {
        present = List.copyOf(present);
        files = List.copyOf(files);
        if (!aside.matches("|replaced-[0-9TZ.]+") || aside.isEmpty() != present.isEmpty()) {
            throw new IllegalArgumentException("'" + aside + "' is no folder for what is replaced");
        }
        for (String name : present) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.db(-wal|-shm|-journal)?")) {
                throw new IllegalArgumentException("'" + name + "' is no name of a database in a data folder");
            }
        }
    }

    /** Something that is done wholly or not at all. */
    interface Step {
        void take() throws IOException, BackupException;
    }

    static Path marker(Path data) {
        return data.resolve(MARKER);
    }

    /** Where a copy lies until it takes its place. */
    static Path copy(Path data, String name) {
        return data.resolve(name + UNFINISHED);
    }

    /** All of them, the one that makes the marker first. */
    List<Step> steps(Path data) {
        List<Step> steps = new ArrayList<>();
        steps.add(() -> mark(data));
        if (!aside.isEmpty()) {
            Path folder = data.resolve(aside);
            steps.add(() -> Files.createDirectories(folder));
            present.forEach(name -> steps.add(() -> setAside(data, folder, name)));
            steps.add(() -> {
                DatabaseCopy.flush(folder);
                DatabaseCopy.flush(data);
            });
        }
        files.forEach(name -> steps.add(() -> putIn(data, name)));
        steps.add(() -> DatabaseCopy.flush(data));
        steps.add(() -> {
            Files.deleteIfExists(marker(data));
            DatabaseCopy.flush(data);
        });
        return steps;
    }

    private void mark(Path data) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("aside", aside);
        present.forEach(root.putArray("present")::add);
        files.forEach(root.putArray("files")::add);
        Path written = data.resolve(MARKER + UNFINISHED);
        Files.writeString(written, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        DatabaseCopy.flush(written);
        Files.move(written, marker(data), StandardCopyOption.ATOMIC_MOVE);
        DatabaseCopy.flush(data);
    }

    /** @throws BackupException when it cannot be read */
    static Replacement read(Path data) throws BackupException {
        Path marker = marker(data);
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(marker));
            if (!root.path("format").asText().equals(FORMAT)) {
                throw new IllegalArgumentException("its format is not '" + FORMAT + "'");
            }
            List<String> present = new ArrayList<>();
            root.path("present").forEach(name -> present.add(name.asText()));
            List<String> files = new ArrayList<>();
            root.path("files").forEach(name -> files.add(Manifest.checkedName(name.asText())));
            return new Replacement(root.path("aside").asText(), present, files);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new BackupException(
                    marker + ": tells of a restore that was interrupted and is damaged (" + e.getMessage()
                            + "); what was replaced lies in replaced-TIME beside it: move it away and restore once more",
                    e);
        } catch (IOException e) {
            throw new BackupException(marker + ": cannot be read (" + e + ")", e);
        }
    }

    /** What has its place in the folder aside was moved there before, and another has its name here now. */
    private static void setAside(Path data, Path folder, String name) throws IOException {
        if (!Files.exists(folder.resolve(name)) && Files.exists(data.resolve(name))) {
            Files.move(data.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void putIn(Path data, String name) throws IOException {
        if (Files.exists(copy(data, name))) {
            Files.move(copy(data, name), data.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
