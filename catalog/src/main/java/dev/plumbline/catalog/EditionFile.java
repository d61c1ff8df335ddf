package dev.plumbline.catalog;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one edition file holds: the edition and its rows in the order of print. */
public record EditionFile(Edition edition, List<Row> rows) {
    /** No edition of Apple's list comes near; what is larger is something else. */
    private static final long MOST_BYTES = 8L << 20;

    public EditionFile {
        rows = List.copyOf(rows);
    }

    /**
     * @throws ConfigException with every problem of the file, each with file and line
     */
    public static EditionFile read(Path file) throws ConfigException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                throw new ConfigException(List.of(file + ": has " + Files.size(file)
                        + " bytes, and no edition has more than " + MOST_BYTES + "; name an edition file"));
            }
            return parse(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            throw new ConfigException(List.of(file + ": is no text in UTF-8; name an edition file"));
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be read ("
                    + e.getClass().getSimpleName() + "); name an existing, readable edition file"));
        }
    }

    /** Reads text as if it stood in the file of this name. */
    public static EditionFile parse(String name, String text) throws ConfigException {
        List<String> problems = new ArrayList<>();
        EditionReader.Content content = EditionReader.read(name, text, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new EditionFile(content.edition(), content.rows());
    }

    /**
     * The file's text, which {@link #parse} reads back to the same.
     *
     * @param remarks comment lines that the file begins with
     */
    public String text(List<String> remarks) {
        return Stream.of(
                        remarks.stream().map(r -> "# " + cell(r)),
                        head(),
                        edition.conditions().isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of("", "# condition\tline\tname\tin our words"),
                        edition.conditions().stream().map(c -> line("condition", c.line(), c.name(), c.text())),
                        Stream.of("", "# row\tline\tsection\thost\tport\tprotocol\tos\tproxy\tdescription\tconfidence"),
                        rows.stream().map(EditionFile::row))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> head() {
        return Stream.of(
                line("id", edition.id()),
                line("title", edition.title()),
                line("date", edition.date()),
                line("derived", edition.derived() ? "yes" : "no"),
                line("source", edition.source()));
    }

    /** Cells that are as usual are left out where nothing follows. */
    private static String row(Row row) {
        return line(
                "row",
                row.line(),
                row.section(),
                row.host(),
                row.port(),
                row.protocol(),
                row.os(),
                row.proxy() == ProxyPolicy.UNSTATED ? "" : Words.of(row.proxy()),
                row.description(),
                row.confidence() == Confidence.PRINTED ? "" : Words.of(row.confidence()));
    }

    private static String line(Object... cells) {
        return Stream.of(cells)
                .map(c -> cell(String.valueOf(c)))
                .collect(Collectors.joining("\t"))
                .stripTrailing();
    }

    private static String cell(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
