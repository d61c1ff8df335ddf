package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.EditionFile;
import dev.plumbline.catalog.article.Given;
import dev.plumbline.catalog.article.Imported;
import dev.plumbline.catalog.article.Importer;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catalog import}: an edition file out of Apple's article. */
@Command(
        name = "import",
        description = "Reads Apple's article, a saved page or plain text, into a new edition file.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:Everything was read, the edition file is written",
            "1:Written without the lines that could not be read (--leave-out)",
            "2:Nothing is written: wrong usage, another document, or lines that could not be read; each is told with its line",
            "70:An internal error"
        })
final class ImportCommand implements Callable<Integer> {
    private static final String STDOUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The article as a saved page (HTML) or as plain text.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (standard: ID.tsv here; - prints it).")
    @Nullable
    private String out;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The edition's id (standard: the article's number and date).")
    @Nullable
    private String id;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "When it was published: 2026, 2026-03 or 2026-03-31 (standard: what the document says).")
    @Nullable
    private String date;

    @Option(names = "--title", paramLabel = "TEXT", description = "The edition's title.")
    @Nullable
    private String title;

    @Option(names = "--source", paramLabel = "TEXT", description = "What the document is and who published it.")
    @Nullable
    private String source;

    @Option(
            names = "--section",
            paramLabel = "LINE=NAME",
            description = "Names the section of the table whose head is on this line; may be repeated.")
    private Map<Integer, String> sections = new LinkedHashMap<>();

    @Option(names = "--leave-out", description = "Write the edition though lines could not be read, without them.")
    private boolean leaveOut;

    @Option(names = "--force", description = "Write over a file that exists.")
    private boolean force;

    @Option(names = "--json", description = "Say what was read, and what was not, as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Imported imported = Importer.read(
                    file.toString(),
                    GivenText.read(file, "the article as a saved page (HTML) or as plain text"),
                    given());
            boolean written = imported.unread().isEmpty() || leaveOut;
            Optional<Path> to = to(imported);
            if (written) {
                write(imported, to);
            }
            ImportAnswer answer = new ImportAnswer(file, imported, to, written);
            PrintWriter console = to.isEmpty()
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            if (json) {
                console.println(Json.of(answer.facts()));
            } else {
                answer.tell(console, spec.commandLine().getErr());
            }
            console.flush();
            return imported.unread().isEmpty() ? 0 : written ? 1 : 2;
        } catch (ConfigException e) {
            throw new RefusedException(spec.commandLine(), e.problems());
        }
    }

    private Given given() {
        return new Given(
                Optional.ofNullable(id),
                Optional.ofNullable(date),
                Optional.ofNullable(title),
                Optional.ofNullable(source),
                sections);
    }

    private Optional<Path> to(Imported imported) {
        if (STDOUT.equals(out)) {
            return Optional.empty();
        }
        return Optional.of(out == null ? Path.of(imported.edition().edition().id() + ".tsv") : Path.of(out));
    }

    private void write(Imported imported, Optional<Path> to) throws ConfigException {
        List<String> remarks = new ArrayList<>();
        remarks.add("Imported from " + file.getFileName() + ", one host-and-port pair a line, as printed.");
        remarks.addAll(ImportAnswer.forMaintainers(imported));
        imported.unread().forEach(r -> remarks.add("Left out: line " + r.line() + ": " + r.said()));
        String text = imported.edition().text(remarks);
        // What nobody could read back is not written.
        if (!EditionFile.parse("the edition read from " + file, text)
                .rows()
                .equals(imported.edition().rows())) {
            throw new IllegalStateException("the edition read from " + file + " is another when it is read back");
        }
        if (to.isEmpty()) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return;
        }
        if (isTheDocument(to.get())) {
            throw new ConfigException(List.of("--out: " + to.get() + " is the document itself; name another file"));
        }
        NewFile.write(to.get(), text, force);
    }

    private boolean isTheDocument(Path to) {
        try {
            return Files.exists(to) && Files.isSameFile(file, to);
        } catch (IOException e) {
            return false;
        }
    }
}
