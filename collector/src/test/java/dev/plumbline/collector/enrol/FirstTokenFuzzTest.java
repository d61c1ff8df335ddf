package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigException;
import dev.plumbline.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that names the first administrator: a hash and a time, or the collector does not take it in. */
final class FirstTokenFuzzTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void files() {
        Path file = folder.resolve(FirstToken.NAME);
        Fuzz.refusing(
                "files of first tokens",
                Fuzz.texts("0123456789abcdef".repeat(4) + " 2026-11-21T12:00:00Z\n"),
                bytes -> {
                    Files.write(file, bytes);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    FirstToken read =
                            FirstToken.beside(folder.resolve("collector.pem")).orElseThrow();
                    assertThat(Files.readString(file).strip())
                            .startsWithIgnoringCase(read.hash().hex() + " ");
                },
                ConfigException.class);
    }
}
