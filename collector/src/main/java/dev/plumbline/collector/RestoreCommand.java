package dev.plumbline.collector;

import dev.plumbline.collector.backup.BackupException;
import dev.plumbline.collector.backup.Manifest;
import dev.plumbline.collector.backup.Restore;
import dev.plumbline.collector.cli.BackupJson;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts a backup into the data folder of a collector that does not run.")
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "collector.yaml")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--from", required = true, paramLabel = "FOLDER", description = "what backup made")
    @SuppressWarnings("NullAway.Init")
    private Path from;

    @Option(names = "--replace", description = "set aside the data that is there; without it, it is refused")
    private boolean replace;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try {
            Path folder = CollectorConfig.read(file).data();
            Restore restore = Restore.of(from);
            Optional<Path> aside;
            try (DataFolder data = DataFolder.take(folder)) {
                aside = restore.into(data.folder(), replace, Instant.now());
            }
            PrintWriter out = spec.commandLine().getOut();
            Manifest manifest = restore.manifest();
            if (json) {
                out.println(BackupJson.restored(folder, manifest, aside));
            } else {
                aside.ifPresent(a -> out.println("what was there lies in " + a));
                out.println(folder + ": as of " + manifest.madeAt() + ", journal to position " + manifest.position());
                manifest.damaged().forEach(sentence -> out.println("journal: " + sentence));
            }
            return 0;
        } catch (ConfigException | BackupException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CollectorMain.USAGE;
        }
    }
}
