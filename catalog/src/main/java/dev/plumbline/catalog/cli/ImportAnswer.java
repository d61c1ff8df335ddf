package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.EditionFile;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.article.Imported;
import dev.plumbline.catalog.article.Remark;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of an import.
 *
 * @param file the document
 * @param to where the edition goes; empty = printed
 * @param written whether it went there
 */
record ImportAnswer(Path file, Imported imported, Optional<Path> to, boolean written) {
    /** What nobody but a reader of the document can do, in sentences. */
    static List<String> forMaintainers(Imported imported) {
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

    /**
     * For people.
     *
     * @param err gets what could not be read
     */
    void tell(PrintWriter console, PrintWriter err) {
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

    /** For programs. */
    Map<String, Object> facts() {
        EditionFile edition = imported.edition();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("edition", edition.edition().id());
        facts.put("date", edition.edition().date());
        facts.put("title", edition.edition().title());
        facts.put("source", edition.edition().source());
        facts.put("written", written);
        facts.put("file", to.map(Path::toString).orElse("-"));
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
        facts.put("unread", imported.unread().stream().map(ImportAnswer::fact).toList());
        facts.put("notes", imported.notes().stream().map(ImportAnswer::fact).toList());
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
