package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lab stands in for everything that the catalog names. */
final class LabZoneTest {
    private static final Path LAB = Path.of("lab");

    private static Set<String> names() throws IOException {
        Process zone = new ProcessBuilder(
                        "bash",
                        LAB.resolve("lib/zone.sh").toString(),
                        LAB.resolve("hosts.tsv").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(zone.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return text.lines()
                .map(line -> line.split(" ", 2)[0])
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .collect(Collectors.toSet());
    }

    private static List<Target> alive() {
        return Catalog.builtIn().targets().stream()
                .filter(t ->
                        t.obligation() != Obligation.RETIRED && t.retiredOn().isEmpty())
                .toList();
    }

    @Test
    void everyNameThatTheCatalogProbesIsInTheZoneAndThoseThatMustBeGoneAreNot() throws IOException {
        Set<String> names = names();
        List<Target> targets = alive();
        assertThat(targets).hasSizeGreaterThan(100);
        assertThat(targets.stream()
                        .filter(t -> t.probe() != ProbeKind.NAME_ABSENT)
                        .flatMap(t -> t.hosts().stream())
                        .filter(host -> !names.contains(host)))
                .as("names that the lab's zone lacks: add them to deploy/lab/hosts.tsv")
                .isEmpty();
        assertThat(targets.stream()
                        .filter(t -> t.probe() == ProbeKind.NAME_ABSENT)
                        .flatMap(t -> t.hosts().stream())
                        .filter(names::contains))
                .as("names that Apple took away")
                .isEmpty();
    }

    @Test
    void everyHostOfTheLabsListServesThePortsThatTheCatalogProbesThere() throws IOException {
        Map<String, List<String>> ports = new HashMap<>();
        for (String line : Files.readAllLines(LAB.resolve("hosts.tsv"))) {
            if (!line.startsWith("#") && line.contains("\t")) {
                String[] cells = line.split("\t", -1);
                ports.put(cells[0], Arrays.asList(cells[1].split(",", -1)));
            }
        }
        assertThat(alive().stream()
                        .filter(t -> t.transport().equals(Transport.TCP))
                        .filter(t -> ports.containsKey(t.host()))
                        .filter(t -> !ports.getOrDefault(t.host(), List.of()).contains(Integer.toString(t.port())))
                        .map(Target::id))
                .as("ports that the lab's hosts lack: add them to deploy/lab/hosts.tsv")
                .isEmpty();
    }
}
