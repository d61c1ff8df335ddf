package dev.plumbline.collector;

import dev.plumbline.collector.backup.Backup;
import dev.plumbline.collector.backup.BackupException;
import dev.plumbline.collector.backup.Manifest;
import dev.plumbline.collector.cli.BackupJson;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector backup}: may run beside the collector. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Copies journal, store and whatever other database lies in the data folder. May run beside the collector.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The backup was made",
            "1:It was made, and the journal is damaged: keep older backups",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error"
        })
final class BackupCommand implements Callable<Integer> {
    private static final int DAMAGED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "collector.yaml")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "a folder that is not there yet")
    @SuppressWarnings("NullAway.Init")
    private Path to;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Path data = CollectorConfig.read(file).data();
            Manifest made = Backup.make(data, to, Judging.version(), Instant.now());
            spec.commandLine().getOut().println(json ? BackupJson.made(to, made) : sentence(made));
            if (made.damaged().isEmpty()) {
                return 0;
            }
            made.damaged()
                    .forEach(
                            sentence -> spec.commandLine()
                                    .getErr()
                                    .println(
                                            "journal: " + sentence
                                                    + ", neither there nor in the backup; keep older backups: one of them may have it"));
            return DAMAGED;
        } catch (ConfigException | BackupException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CollectorMain.USAGE;
        }
    }

    private String sentence(Manifest made) {
        return to + ": " + made.files().size() + " databases, " + made.bytes()
                + " bytes; the journal ends at position " + made.position() + " and closing " + made.closing()
                + ", the store contains closing " + made.storeClosing();
    }
}
