package dev.plumbline.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.EditionFile;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is written, and that nothing is where something is wrong. */
final class ImportCommandTest {
    private static final String ARTICLE = """
            Things
            Hosts | Ports | Protocol | OS | Description | Supports proxies |
            a.example.com | 443, 80 | TCP | iOS | D | Yes |
            b.example.com | 443 | TCP | iOS | E | — |
            """;

    private static final String BROKEN = ARTICLE + "c.example.com | https | TCP | iOS | F | — |\n";

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path article = Path.of("");
    private Path edition = Path.of("");

    @BeforeEach
    void write() throws Exception {
        article = Files.writeString(folder.resolve("article.txt"), ARTICLE);
        edition = folder.resolve("new.tsv");
    }

    private int run(Object... args) {
        CommandLine line = CatalogCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("import"));
        Stream.of(args).map(String::valueOf).forEach(all::add);
        return line.execute(all.toArray(String[]::new));
    }

    private List<String> files() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anEditionIsWrittenAndWhatIsLeftToDoIsSaid() throws Exception {
        assertThat(run(article, "--out", edition, "--id", "new-1", "--date", "2026-03"))
                .isZero();
        EditionFile file = EditionFile.read(edition);
        assertThat(file.edition().id()).isEqualTo("new-1");
        assertThat(file.edition().date()).isEqualTo("2026-03");
        assertThat(file.rows()).hasSize(3).allMatch(r -> r.section().equals("Things"));
        assertThat(files()).containsExactly("article.txt", "new.tsv");
        assertThat(out.toString())
                .startsWith(edition + ": edition new-1 of 2026-03, 3 pairs of 2 hosts in 1 tables")
                .contains("2     3      Things   the heading on line 1", "Left to you:", "Conditions, ");
        assertThat(err.toString()).isEmpty();
        assertThat(Files.readString(edition))
                .startsWith("# Imported from article.txt, ")
                .doesNotContain(folder.toString());
    }

    @Test
    void aFileThatIsThereStaysUnlessItIsForced() throws Exception {
        Files.writeString(edition, "mine");
        assertThat(run(article, "--out", edition, "--date", "2026")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("--out: " + edition + " exists; name another file, or write over it with --force");
        assertThat(Files.readString(edition)).isEqualTo("mine");
        assertThat(run(article, "--out", edition, "--date", "2026", "--force")).isZero();
        assertThat(EditionFile.read(edition).rows()).hasSize(3);
        assertThat(files()).containsExactly("article.txt", "new.tsv");
    }

    @Test
    void theDocumentItselfIsNeverWrittenOver() throws Exception {
        assertThat(run(article, "--out", folder.resolve("./article.txt"), "--date", "2026", "--force"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is the document itself; name another file");
        assertThat(Files.readString(article)).isEqualTo(ARTICLE);
    }

    @Test
    void aLineThatCannotBeReadKeepsEverythingBackUnlessItIsLeftOut() throws Exception {
        Files.writeString(article, BROKEN);
        assertThat(run(article, "--out", edition, "--date", "2026")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        article
                                + ":5: 'c.example.com | https | TCP | iOS | F | —': 'https' is no port; right would be 443 or"
                                + " 443, 80 or 2195-2196",
                        "1 of its lines could not be read, and nothing is written; mend them in a copy, or leave them out with"
                                + " --leave-out");
        assertThat(files()).containsExactly("article.txt");
        assertThat(run(article, "--out", edition, "--date", "2026", "--leave-out"))
                .isEqualTo(1);
        assertThat(EditionFile.read(edition).rows()).hasSize(3);
        assertThat(Files.readString(edition)).contains("# Left out: line 5: 'c.example.com | https");
    }

    @Test
    void programsAreToldTheSame() throws Exception {
        Files.writeString(article, BROKEN);
        assertThat(run(article, "--out", edition, "--date", "2026", "--json")).isEqualTo(2);
        assertThat(out.toString())
                .startsWith("{\"edition\": \"enterprise-networks-2026\", ")
                .contains(
                        "\"written\": false",
                        "\"pairs\": 3",
                        "\"tables\": [{\"line\": 2, \"section\": \"Things\", \"named-by\": \"the heading on line 1\", \"pairs\":"
                                + " 3}]",
                        "\"unread\": [{\"line\": 5, \"said\": \"");
        assertThat(files()).containsExactly("article.txt");
    }

    @Test
    void aDashPrintsTheEditionAndTellsTheRestOnTheErrorStream() throws Exception {
        assertThat(run(article, "--out", "-", "--date", "2026")).isZero();
        assertThat(EditionFile.parse("printed", out.toString()).rows()).hasSize(3);
        assertThat(err.toString()).contains("standard output: edition enterprise-networks-2026");
        assertThat(files()).containsExactly("article.txt");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what the file is | what is said of it
            missing            | does not exist; name the article as a saved page (HTML) or as plain text
            folder             | is a folder; name the article
            empty              | is empty; right would be Apple's article
            zeros              | is no text (byte 3 is zero); name the article
            pdf                | is a PDF; name the article
            utf-16             | is text in UTF-16; save it in UTF-8
            latin-1            | is not in UTF-8; save it in UTF-8, or name the article
            huge               | has more than 8388608 bytes; name the article
            another            | has no table with the columns Hosts, Ports and Protocol; right would be Apple's article
            """)
    void whatIsNoArticleIsRefusedAndNothingIsWritten(String kind, String sentence) throws Exception {
        Path file = folder.resolve("given");
        switch (kind) {
            case "missing" -> {}
            case "folder" -> Files.createDirectory(file);
            case "empty" -> Files.createFile(file);
            case "zeros" -> Files.write(file, new byte[] {'a', 'b', 0, 'c'});
            case "pdf" -> Files.writeString(file, "%PDF-1.7 ...");
            case "utf-16" -> Files.write(file, ("\ufeff" + ARTICLE).getBytes(StandardCharsets.UTF_16LE));
            case "latin-1" ->
                Files.write(file, (ARTICLE.replace("—", "-") + "caf\u00e9\n").getBytes(Charset.forName("ISO-8859-1")));
            case "huge" -> {
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.setLength(1L << 33);
                }
            }
            case "another" -> Files.writeString(file, "All about lamps.\nLamp | Watt |\nA | 3 |\n");
            default -> throw new AssertionError(kind);
        }
        assertThat(run(file, "--out", edition, "--date", "2026")).isEqualTo(2);
        assertThat(err.toString()).startsWith(file.toString()).contains(sentence);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
        assertThat(files())
                .doesNotContain("new.tsv")
                .allMatch(name -> List.of("article.txt", "given").contains(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --date 2026-13-1          | date '2026-13-1' is not YYYY, YYYY-MM or YYYY-MM-DD
            --date 2026 --id Ä        | edition id 'Ä' must be lower-case letters, digits and hyphens
            --date 2026 --section 1=X | article.txt:1: no table begins here; tables begin on lines [2]
            --date 2026 --out .       | --out: . is a folder; name a file
            """)
    void wrongUseIsOneSentence(String options, String sentence) throws Exception {
        assertThat(run(Stream.concat(Stream.of(article), Stream.of(options.split(" ")))
                        .toArray()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(files()).containsExactly("article.txt");
    }

    @Test
    void aFolderThatIsNotThereIsTold() throws Exception {
        Path lost = folder.resolve("no/new.tsv");
        assertThat(run(article, "--out", lost, "--date", "2026")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("--out: " + lost
                        + " cannot be written (NoSuchFileException); name a file in a folder that can be");
    }
}
