package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    private static final Path FILE = Path.of("/etc/plumbline/x.yaml");

    @Test
    void reportsAllProblemsAtOnceWithFileLineAndKey() throws Exception {
        ConfigFile file = ConfigFile.parse(FILE, """
                port: many
                colour: red
                segments:
                  - id: a
                    kindd: wifi
                """);
        file.root().integer("port", 1, 65535, 1);
        file.root().text("name");
        for (Section s : file.root().sections("segments")) {
            s.text("id");
            s.text("kind", "wired");
        }
        ConfigException e = catchThrowableOfType(ConfigException.class, file::finish);
        assertThat(e.problems())
                .containsExactly(
                        FILE + ":1: port: 'many' is no whole number",
                        FILE + ":1: name: is missing",
                        FILE + ":2: colour: is no key here; known are port, name, segments",
                        FILE + ":5: segments[0].kindd: is no key here; known are id, kind");
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(FILE, "a: 1\nb: [1, 2\nc: 3\n"));
        assertThat(e.problems()).singleElement().asString().startsWith(FILE + ":3: is not YAML");
    }

    @Test
    void refusesAKeyWrittenTwice() throws Exception {
        ConfigFile file = ConfigFile.parse(FILE, "a: 1\na: 2\n");
        file.root().text("a");
        ConfigException e = catchThrowableOfType(ConfigException.class, file::finish);
        assertThat(e.problems()).containsExactly(FILE + ":2: a: duplicate key, first on line 1");
    }

    @Test
    void readsListsPathsAndDefaults() throws Exception {
        ConfigFile file = ConfigFile.parse(FILE, "data: var/lib\nroles: [device, mdm-server]\nevery: 5m\n");
        assertThat(file.root().path("data")).isEqualTo(Path.of("/etc/plumbline/var/lib"));
        assertThat(file.root().texts("roles")).isEqualTo(List.of("device", "mdm-server"));
        assertThat(file.root().duration("every", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
        assertThat(file.root().text("none", "standard")).isEqualTo("standard");
        file.finish();
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "1h,PT1H", "7d,PT168H"})
    void readsTimeSpansAsPeopleWriteThem(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }
}
