package dev.plumbline.collector.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of a backup that somebody hands over: its names stay in their folder, and what was read can be written again. */
final class ManifestFuzzTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void manifests() throws Exception {
        ManifestFile.write(
                folder,
                new Manifest(
                        "0.1.0",
                        Instant.parse("2026-11-21T12:00:00Z"),
                        7,
                        3,
                        2,
                        List.of(new Manifest.Content("journal.db", 4096, Sha256.of(new byte[0]), 5)),
                        List.of("entry 4 is not as it was written")));
        byte[] right = Files.readAllBytes(folder.resolve(ManifestFile.NAME));
        Fuzz.refusing(
                "manifests of backups",
                List.of(right),
                bytes -> {
                    Files.write(folder.resolve(ManifestFile.NAME), bytes);
                    Manifest read = ManifestFile.read(folder);
                    for (Manifest.Content file : read.files()) {
                        assertThat(folder.resolve(file.name()).normalize().getParent())
                                .isEqualTo(folder);
                    }
                    // What no file can hold as text was never written by the program.
                    if (read.toString().chars().noneMatch(c -> Character.isSurrogate((char) c))) {
                        ManifestFile.write(folder, read);
                        assertThat(ManifestFile.read(folder)).isEqualTo(read);
                    }
                },
                BackupException.class);
    }
}
