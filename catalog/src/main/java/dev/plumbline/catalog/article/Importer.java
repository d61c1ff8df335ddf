package dev.plumbline.catalog.article;

import dev.plumbline.catalog.Condition;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.EditionFile;
import dev.plumbline.catalog.Row;
import dev.plumbline.config.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a document into an edition of which every row is as printed. */
public final class Importer {
    /** What the article's text has beside its tables that an edition keeps as conditions, in our words. */
    private static final Pattern CONDITION = Pattern.compile(
            "(?i)\\bprox(y|ies)\\b|intercept|inspect|\\bfirewall|17\\.0\\.0\\.0|\\bCNAME|\\binitiated by");

    private final String file;
    private final Collected told = new Collected();
    private final Map<String, Integer> seen = new HashMap<>();

    private Importer(String file) {
        this.file = file;
    }

    /**
     * @param file the document's name, for sentences
     * @throws ConfigException when it is not the article, or when what the edition needs is neither in it nor given
     */
    public static Imported read(String file, String document, Given given) throws ConfigException {
        return new Importer(file).read(document, given);
    }

    private Imported read(String document, Given given) throws ConfigException {
        if (document.isBlank()) {
            throw new ConfigException(List.of(file + ": is empty; " + RIGHT));
        }
        Article article = Article.read(document);
        List<String> faults =
                new ArrayList<>(article.faults().stream().map(this::placed).toList());
        if (article.tables().findAny().isEmpty()) {
            faults.add(file + ": has no table with the columns Hosts, Ports and Protocol; " + RIGHT);
            article.notes().stream().sorted().map(this::placed).forEach(faults::add);
        }
        TreeSet<Integer> heads = new TreeSet<>(article.tables().map(Piece::line).toList());
        given.sections().keySet().stream()
                .filter(line -> !heads.contains(line))
                .forEach(line ->
                        faults.add(file + ":" + line + ": no table begins here; tables begin on lines " + heads));
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        Edition edition = edition(given, Imprint.of(article));
        return imported(article, edition, given);
    }

    private static final String RIGHT =
            "right would be Apple's article on Apple products in enterprise networks, as a saved page (HTML) or as plain text";

    private Imported imported(Article article, Edition edition, Given given) throws ConfigException {
        EntryReader reader = new EntryReader(edition.id(), told);
        Sections sections = new Sections(given.sections());
        List<Row> rows = new ArrayList<>();
        List<Imported.Table> tables = new ArrayList<>();
        for (Piece piece : article.pieces()) {
            if (piece instanceof Piece.Heading heading) {
                sections.passes(heading);
            } else if (piece instanceof Piece.Prose prose) {
                sections.passes(prose);
            } else if (piece instanceof Piece.Table table) {
                Sections.Named named = sections.of(table);
                int before = rows.size();
                table.entries().stream()
                        .flatMap(e -> reader.rows(table.columns(), e, named.name()).stream())
                        .filter(this::isFirst)
                        .forEach(rows::add);
                tables.add(new Imported.Table(table.line(), named.name(), named.by(), rows.size() - before));
            }
        }
        if (rows.isEmpty()) {
            throw new ConfigException(Stream.concat(
                            Stream.of(file + ": none of its tables has a row that can be read; " + RIGHT),
                            told.finish().unread().stream().map(this::placed))
                    .toList());
        }
        Article said = told.finish();
        return new Imported(
                new EditionFile(edition, rows),
                tables,
                Stream.concat(article.unread().stream(), said.unread().stream())
                        .sorted()
                        .toList(),
                Stream.concat(article.notes().stream(), said.notes().stream())
                        .sorted()
                        .toList(),
                article.pieces().stream()
                        .filter(p -> p instanceof Piece.Prose prose
                                && CONDITION.matcher(prose.text()).find())
                        .map(Piece::line)
                        .distinct()
                        .toList());
    }

    /** A pair that the section has already is no row of its own. */
    private boolean isFirst(Row row) {
        String pair = row.host() + " " + row.port() + " " + row.protocol();
        Integer before = seen.putIfAbsent(row.section() + "|" + pair, row.line());
        if (before != null) {
            told.unread(row.line(), pair, "stands twice in section '" + row.section() + "', first on line " + before);
        }
        return before == null;
    }

    private Edition edition(Given given, Imprint imprint) throws ConfigException {
        Optional<String> date = given.date().or(imprint::date);
        if (date.isEmpty()) {
            throw new ConfigException(List.of(file
                    + ": does not say when it was published; give --date, such as --date 2026 or --date 2026-03-31"));
        }
        String number = imprint.number();
        try {
            return new Edition(
                    given.id().orElse(number + "-" + date.get()),
                    given.title()
                            .orElse("Use Apple products on enterprise networks (" + number.toUpperCase(Locale.ROOT)
                                    + "), " + date.get()),
                    date.get(),
                    false,
                    given.source()
                            .orElse("Apple's article " + number.toUpperCase(Locale.ROOT) + ", imported from "
                                    + file.substring(file.lastIndexOf('/') + 1)),
                    List.<Condition>of());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private String placed(Remark remark) {
        return file + ":" + remark.line() + ": " + remark.said();
    }
}
