package dev.plumbline.deploy.here;

import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.cli.ExitCode;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.deploy.campus.Campus;
import dev.plumbline.deploy.campus.CampusSegment;
import dev.plumbline.deploy.campus.HostEntry;
import dev.plumbline.deploy.campus.HostKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Judges a simulated host once while the distribution is built, so that Java can archive the classes which that takes. */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("plumbline-rehearsal");
        int code;
        try (Campus campus = Campus.start(hosts())) {
            code = here(campus.segment("rehearsal"), overlay(campus, folder));
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        if (code == ExitCode.INTERNAL) {
            System.exit(code);
        }
    }

    private static int here(CampusSegment segment, Path overlay) {
        Surroundings surroundings = new Surroundings(
                new PrintWriter(PrintWriter.nullWriter()),
                new PrintWriter(PrintWriter.nullWriter()),
                Map.of(),
                Path.of("."),
                Terminal.PLAIN,
                Clock.systemUTC());
        Uplink uplink = new Uplink(
                () -> Network.open(segment::translate, List.of(), List.of(segment.resolver())),
                Uplink.ofHost().leadsOut().or(anywhere -> true));
        return new CommandLine(new HereCommand(surroundings, uplink))
                .execute("--role", "device", "--role", "mdm-server", "--overlay", overlay.toString());
    }

    private static List<HostEntry> hosts() {
        return Catalog.builtIn()
                .targets(Catalog.editionIds().get(Catalog.editionIds().size() - 1))
                .stream()
                .map(t -> new HostEntry(
                        t.host(), t.port(), HostKind.ofWord(t.probe().word())))
                .toList();
    }

    private static Path overlay(Campus campus, Path folder) throws IOException {
        Map<String, Path> anchors = campus.anchors().writeTo(folder);
        return Files.writeString(
                folder.resolve("overlay.yaml"),
                "minimum-interval: 0s\nanchors:\n  apple-private: ["
                        + anchors.get("apple-private")
                        + "]\n  public: ["
                        + anchors.get("public")
                        + "]\n");
    }
}
