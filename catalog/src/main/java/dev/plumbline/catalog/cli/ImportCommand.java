package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.EditionFile;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.article.Given;
import dev.plumbline.catalog.article.Imported;
import dev.plumbline.catalog.article.Importer;
import dev.plumbline.catalog.article.Remark;
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
            PrintWriter console = to.isEmpty()
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            if (json) {
                console.println(Json.of(facts(imported, to, written)));
            } else {
                tell(imported, to, written, console);
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
        forMaintainers(imported).forEach(remarks::add);
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

    private static List<String> forMaintainers(Imported imported) {
        List<String> left = new ArrayList<>();
        left.add("Title and source were made up unless they were given; see that they say what the document is.");
        left.add(
                "Conditions, what the text asks for beyond hosts, are left to be written in words of one's own: condition, line, name, text."
                        + (imported.conditionLines().isEmpty()
                                ? ""
                                : " Lines that speak of proxies, interception or firewalls: "
                                        + imported.conditionLines()));
        return left;
    }

    private void tell(Imported imported, Optional<Path> to, boolean written, PrintWriter console) {
        PrintWriter err = spec.commandLine().getErr();
        imported.unread().forEach(r -> err.println(placed(r)));
        if (!written) {
            err.println(imported.unread().size()
                    + " of its lines could not be read, and nothing is written; mend them in a copy, or"
                    + " leave them out with --leave-out");
        }
        err.flush();
        EditionFile edition = imported.edition();
        console.println((written ? to.map(Path::toString).orElse("standard output") : "Read") + ": edition "
                + edition.edition().id() + " of " + edition.edition().date() + ", "
                + edition.rows().size() + " pairs of "
                + hosts(edition) + " hosts in " + imported.tables().size() + " tables");
        Listing tables = new Listing("line", "pairs", "section", "named by");
        imported.tables().forEach(t -> tables.add(t.line(), t.pairs(), t.section(), t.namedBy()));
        tables.print(Listing.Format.TABLE, console);
        if (!imported.notes().isEmpty()) {
            console.println("Put right, or to be looked at:");
            imported.notes().forEach(r -> console.println("  " + placed(r)));
        }
        console.println("Left to you:");
        forMaintainers(imported).forEach(sentence -> console.println("  " + sentence));
    }

    private static long hosts(EditionFile edition) {
        return edition.rows().stream().map(Row::host).distinct().count();
    }

    private Map<String, Object> facts(Imported imported, Optional<Path> to, boolean written) {
        EditionFile edition = imported.edition();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("edition", edition.edition().id());
        facts.put("date", edition.edition().date());
        facts.put("title", edition.edition().title());
        facts.put("source", edition.edition().source());
        facts.put("written", written);
        facts.put("file", to.map(Path::toString).orElse(STDOUT));
        facts.put("pairs", edition.rows().size());
        facts.put("hosts", hosts(edition));
        facts.put(
                "tables",
                imported.tables().stream()
                        .map(t -> {
                            Map<String, Object> table = new LinkedHashMap<>();
                            table.put("line", t.line());
                            table.put("section", t.section());
                            table.put("named-by", t.namedBy());
                            table.put("pairs", t.pairs());
                            return table;
                        })
                        .toList());
        facts.put("unread", imported.unread().stream().map(ImportCommand::fact).toList());
        facts.put("notes", imported.notes().stream().map(ImportCommand::fact).toList());
        facts.put("condition-lines", imported.conditionLines());
        facts.put("left-to-you", forMaintainers(imported));
        return facts;
    }

    private static Map<String, Object> fact(Remark remark) {
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("line", remark.line());
        fact.put("said", remark.said());
        return fact;
    }

    private String placed(Remark remark) {
        return file + ":" + remark.line() + ": " + remark.said();
    }
}
