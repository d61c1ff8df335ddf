package dev.plumbline.collector.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A manifest as JSON, beside the files that it speaks of. */
final class ManifestFile {
    static final String NAME = "manifest.json";
    private static final String FORMAT = "plumbline-backup 1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestFile() {}

    static void write(Path folder, Manifest manifest) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT)
                .put("program", manifest.program())
                .put("madeAt", manifest.madeAt().toString())
                .put("position", manifest.position())
                .put("closing", manifest.closing())
                .put("storeClosing", manifest.storeClosing());
        ArrayNode files = root.putArray("files");
        for (Manifest.Content file : manifest.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256().hex())
                    .put("schema", file.schema());
        }
        ArrayNode damaged = root.putArray("damaged");
        manifest.damaged().forEach(damaged::add);
        Files.writeString(
                folder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    static Manifest read(Path folder) throws BackupException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new BackupException(folder + ": is no backup, for there is no " + NAME
                    + "; name a folder that plumbline-collector backup made");
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (!root.path("format").asText().equals(FORMAT)) {
                throw new BackupException(file + ": is of format '"
                        + root.path("format").asText() + "', and this program reads '" + FORMAT + "'");
            }
            List<Manifest.Content> files = new ArrayList<>();
            for (JsonNode content : root.path("files")) {
                files.add(new Manifest.Content(
                        content.path("name").asText(),
                        content.path("bytes").asLong(),
                        new Sha256(content.path("sha256").asText()),
                        content.path("schema").asInt()));
            }
            List<String> damaged = new ArrayList<>();
            root.path("damaged").forEach(sentence -> damaged.add(sentence.asText()));
            return new Manifest(
                    root.path("program").asText(),
                    Instant.parse(root.path("madeAt").asText()),
                    root.path("position").asLong(),
                    root.path("closing").asLong(),
                    root.path("storeClosing").asLong(),
                    files,
                    damaged);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new BackupException(file + ": is damaged (" + e.getMessage() + "); take another backup", e);
        } catch (IOException e) {
            throw new BackupException(file + ": cannot be read (" + e + ")", e);
        }
    }
}
