package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.cli.RejudgeJson;
import dev.plumbline.collector.cli.RejudgeText;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.judge.SiteJudge;
import dev.plumbline.collector.rejudge.EditionChanges;
import dev.plumbline.collector.rejudge.Rejudge;
import dev.plumbline.collector.round.JournalCertificates;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.Durations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector rejudge}: may run beside the collector, and writes nothing. */
@Command(
        name = "rejudge",
        mixinStandardHelpOptions = true,
        description = "Judges the journal's rounds under another edition and says what changes. Writes nothing.")
final class RejudgeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "collector.yaml")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--edition", required = true, paramLabel = "ID", description = "see plumbline catalog editions")
    @SuppressWarnings("NullAway.Init")
    private String edition;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "leave out earlier rounds: 2026-11-01T00:00Z, or a span back from now such as 7d")
    private String since = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Override
    public Integer call() throws JournalException {
        PrintWriter err = spec.commandLine().getErr();
        if (!Catalog.editionIds().contains(edition)) {
            err.println("--edition: there is no edition '" + edition + "'; there are "
                    + String.join(", ", Catalog.editionIds()));
            return CollectorMain.USAGE;
        }
        try {
            CollectorConfig written = CollectorConfig.read(file);
            CollectorConfig config = written.under(
                    written.written().after(EnrolmentFile.segmentChanges(DataFolder.enrolments(written.data()))));
            Catalog catalog = config.catalog();
            Terminal terminal = Terminal.ofProcess(System.getenv());
            try (JournalReading journal = JournalReading.open(DataFolder.journal(config.data()))) {
                EditionChanges changes = new Rejudge(
                                config.site(),
                                edition,
                                catalog.targets(),
                                site -> new SiteJudge(
                                        site,
                                        Plans.of(catalog, site, config.settings())::plan,
                                        new JournalCertificates(journal),
                                        catalog.anchors(),
                                        config.agreements()),
                                config.timing(),
                                since(Instant.now()))
                        .run(new JournalReader(journal), progress(err, terminal, journal.end()));
                journal.damaged().forEach(d -> err.println("journal: " + d.sentence() + "; it is passed over"));
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    out.println(RejudgeJson.of(changes));
                } else {
                    RejudgeText.lines(changes, terminal).forEach(out::println);
                }
            }
            return 0;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return CollectorMain.USAGE;
        } catch (JournalException e) {
            err.println(e.getMessage());
            return CollectorMain.INTERNAL;
        }
    }

    private Instant since(Instant now) throws ConfigException {
        if (since.isEmpty()) {
            return Instant.MIN;
        }
        try {
            return OffsetDateTime.parse(since).toInstant();
        } catch (DateTimeParseException noTime) {
            try {
                return now.minus(Durations.parse(since));
            } catch (IllegalArgumentException noSpan) {
                throw new ConfigException(List.of(
                        "--since: '" + since + "' is neither a time nor a span; write 2026-11-01T00:00Z or 7d"));
            }
        }
    }

    private static LongConsumer progress(PrintWriter err, Terminal terminal, long end) {
        return position -> {
            if (terminal.isProgressShown()) {
                err.print("\r\u001b[2K" + (position < end ? position + " of " + end + " batches" : ""));
                err.flush();
            }
        };
    }
}
