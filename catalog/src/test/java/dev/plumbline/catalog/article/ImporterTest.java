package dev.plumbline.catalog.article;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.EditionFile;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.Words;
import dev.plumbline.config.ConfigException;
import dev.plumbline.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImporterTest {
    private static final Given GIVEN = Documents.given("x", "2026");

    private static final String PIPES =
            "Hosts | Ports | Protocol | OS | Description | Supports proxies |\n---|---|---|---|---|---|\n";

    private static Imported read(String document) {
        try {
            return Importer.read("d.txt", document, GIVEN);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> refused(String document) {
        return catchThrowableOfType(ConfigException.class, () -> Importer.read("d.txt", document, GIVEN))
                .problems();
    }

    private static List<String> shown(List<Row> rows) {
        return rows.stream()
                .map(r -> r.host() + " " + r.port() + "/" + r.protocol() + " [" + r.os() + "] " + Words.of(r.proxy())
                        + " " + r.description())
                .map(String::strip)
                .toList();
    }

    private static List<String> said(List<Remark> remarks) {
        return remarks.stream().map(r -> r.line() + ": " + r.said()).toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            printed-2019.txt, ht210060-2019, 2019
            printed-2022.txt, ht210060-2022, 2022
            """)
    void theTwoPrintsImportToExactlyTheShippedEditions(String document, String edition, String date) throws Exception {
        Imported imported = Importer.read(document, Documents.named(document), Documents.given(edition, date));
        assertThat(imported.unread()).isEmpty();
        assertThat(imported.edition().rows()).isEqualTo(Catalog.builtIn().rows(edition));
        assertThat(imported.edition().edition().date()).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            printed-2019.txt, ht210060-2019
            printed-2022.txt, ht210060-2022
            """)
    void linesOfWhichShippedConditionsSpeakArePointedOut(String document, String edition) throws Exception {
        List<Integer> lines = Catalog.builtIn().edition(edition).orElseThrow().conditions().stream()
                .map(c -> c.line())
                .toList();
        assertThat(lines).isNotEmpty();
        assertThat(Importer.read(document, Documents.named(document), GIVEN).conditionLines())
                .containsAll(lines);
    }

    @Test
    void brokenLinesAndShiftedCellsArePutRightAndTold() throws Exception {
        Imported imported = Importer.read("d.txt", Documents.named("printed-2022.txt"), GIVEN);
        assertThat(said(imported.notes()))
                .contains(
                        "32: 'Yes' stands where the description of 'gs.apple.com' would be, and was read as Supports proxies",
                        "134: 'fba.apple.com' goes on to line 137; the lines were read as one row, see that the last belongs"
                                + " to it")
                .hasSize(11);
    }

    @Test
    void whatIsWrittenIsReadBackToTheSame() throws Exception {
        EditionFile edition = read(Documents.named("printed-2022.txt")).edition();
        EditionFile again = EditionFile.parse("x.tsv", edition.text(List.of("a remark\nof two lines")));
        assertThat(again).isEqualTo(edition);
        for (String shipped : Catalog.editionIds()) {
            Catalog catalog = Catalog.builtIn();
            EditionFile file = new EditionFile(catalog.edition(shipped).orElseThrow(), catalog.rows(shipped));
            assertThat(EditionFile.parse("x.tsv", file.text(List.of()))).isEqualTo(file);
        }
    }

    @Test
    void aSavedPageIsReadLineByLine() throws Exception {
        Imported imported = Importer.read(
                "saved-page.html",
                Documents.named("saved-page.html"),
                new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
        assertThat(imported.edition().edition().id()).isEqualTo("101555-2026-03-31");
        assertThat(imported.edition().edition().date()).isEqualTo("2026-03-31");
        assertThat(imported.unread()).isEmpty();
        assertThat(shown(imported.edition().rows()))
                .containsExactly(
                        "albert.apple.com 443/TCP [iOS, iPadOS, tvOS, and macOS] yes Device activation",
                        "captive.apple.com 443/TCP [iOS and tvOS only] no Portals & the like",
                        "captive.apple.com 80/TCP [iOS and tvOS only] no Portals & the like",
                        "gs.apple.com 443/TCP [iOS] no",
                        "time.apple.com 123/UDP [iOS, iPadOS, visionOS, and macOS] no Date and time",
                        "zerowidth.apple.com 443/TCP [] yes Read by two protocols",
                        "zerowidth.apple.com 443/UDP [] yes Read by two protocols",
                        "two.apple.com 80/TCP [macOS only] yes Plain",
                        "two.apple.com 2195/TCP [macOS only] no A range",
                        "two.apple.com 2196/TCP [macOS only] no A range",
                        "*.push.apple.com 443/TCP [-] see-apns Push",
                        "*.push.apple.com 5223/TCP [-] see-apns Push",
                        "a.apple.com 443/TCP [-] yes",
                        "b.apple.com 443/TCP [-] yes",
                        "17.248.128.0/18 443/TCP [macOS only] no Tickets",
                        "lcdn-locator.apple.com 443/TCP [] unstated");
        assertThat(imported.edition().rows().stream().map(Row::line))
                .containsExactly(23, 24, 24, 28, 29, 30, 30, 41, 42, 42, 43, 43, 44, 44, 46, 49);
        assertThat(imported.tables())
                .containsExactly(
                        new Imported.Table(20, "Device setup", "the heading on line 15", 7),
                        new Imported.Table(39, "Software updates", "the heading on line 34", 8),
                        new Imported.Table(49, "Content caching clients", "words of line 48", 1));
        assertThat(said(imported.notes()))
                .containsExactly(
                        "29: names visionOS, of which no target speaks yet",
                        "30: the footnote '1' at '4431' was left out; see whether it changes the row",
                        "30: the footnote mark at 'Read by two protocols\u2020' was left out; see whether it changes the row",
                        "40: 'Old and new' heads lines of a table and was passed over",
                        "44: 'Yes' stands where the description of 'a.apple.com B.Apple.com' would be, and was read as Supports"
                                + " proxies",
                        "50: a table headed 'Product, Price' was passed over: it has no columns Hosts and Ports");
        assertThat(imported.conditionLines()).containsExactly(14);
    }

    /** Lines below a table's head; what rows they make, and nothing that could not be read. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            # line, ¶ where it is broken; rows, + between them
            a.example.com | 443 | TCP | iOS | D | Yes |;                    a.example.com 443/TCP [iOS] yes D
            a.example.com | 443 | TCP | iOS | D | Yes;                      a.example.com 443/TCP [iOS] yes D
            '| a.example.com | 443 | TCP | iOS | D | --- |';                a.example.com 443/TCP [iOS] no D
            a.example.com | 443 | TCP | iOS | — | |;                        a.example.com 443/TCP [iOS] no
            a.example.com | 443 | TCP | iOS | — | Yes |;                    a.example.com 443/TCP [iOS] yes
            a.example.com | 443 | TCP | iOS | | |;                          a.example.com 443/TCP [iOS] unstated
            a.example.com | 443, 80 | TCP | iOS | D | No |;                  a.example.com 443/TCP [iOS] no D + a.example.com 80/TCP [iOS] no D
            a.example.com | 80 - 82 | UDP | - | D | No |;                   a.example.com 80/UDP [-] no D + a.example.com 81/UDP [-] no D + a.example.com 82/UDP [-] no D
            a.example.com | 443 | TCP/UDP | iOS | D | No |;                 a.example.com 443/TCP [iOS] no D + a.example.com 443/UDP [iOS] no D
            'a.example.com, *.B.example.com | 443 | tcp | iOS | D | No |';  a.example.com 443/TCP [iOS] no D + *.b.example.com 443/TCP [iOS] no D
            'a.example.com |¶443 |¶TCP | iOS |¶D | No |';                   a.example.com 443/TCP [iOS] no D
            'a.example.com | 443 | TCP | iOS | D one¶two | No |';           a.example.com 443/TCP [iOS] no D one two
            'a.example.com | 443 | TCP | iOS | D one¶two¶three | No |';     a.example.com 443/TCP [iOS] no D one two three
            'a.example.com | 443 | TCP |¶¶iOS | D | No |';                  a.example.com 443/TCP [iOS] no D
            2001:db8::/32 | 443 | TCP | iOS | D | No |;                     2001:db8::/32 443/TCP [iOS] no D
            """)
    void cellsPartedByBars(String lines, String rows) {
        Imported imported = read(PIPES + lines.replace('¶', '\n'));
        assertThat(said(imported.unread())).isEmpty();
        assertThat(String.join(" + ", shown(imported.edition().rows()))).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            a.example.com 443 TCP iOS, tvOS, and macOS  Yes;                a.example.com 443/TCP [iOS, tvOS, and macOS] yes
            a.example.com 443 TCP iOS only iOS updates;                     a.example.com 443/TCP [iOS only] unstated iOS updates
            a.example.com 443, 80 UDP iOS and tvOS only Time of day —;      a.example.com 443/UDP [iOS and tvOS only] no Time of day + a.example.com 80/UDP [iOS and tvOS only] no Time of day
            a.example.com 2195-2196 TCP Two;                                a.example.com 2195/TCP [] unstated Two + a.example.com 2196/TCP [] unstated Two
            *.a.example.com 443 TCP, UDP - Two No;                          *.a.example.com 443/TCP [-] no Two + *.a.example.com 443/UDP [-] no Two
            'a.example.com 443 TCP macOS only The first¶and the second Yes';  a.example.com 443/TCP [macOS only] yes The first and the second
            'a.example.com 443 TCP macOS only D Yes¶A sentence after it.';  a.example.com 443/TCP [macOS only] yes D
            a.example.com 443 TCP iOS D Learn more about APNs and proxies.; a.example.com 443/TCP [iOS] see-apns D
            """)
    void cellsPartedByBlanks(String lines, String rows) {
        Imported imported = read("Hosts Ports Protocol OS Description Supports proxies\n" + lines.replace('¶', '\n'));
        assertThat(said(imported.unread())).isEmpty();
        assertThat(String.join(" + ", shown(imported.edition().rows()))).isEqualTo(rows);
    }

    @Test
    void cellsPartedByTabs() {
        Imported imported = read("""
                Host\tPort\tProtocol\tOS\tDescription\tSupports proxies
                a.example.com\t443\tTCP\tiOS\t\tYes
                b.example.com\t443, 80\tTCP\tmacOS only\tB b\t
                """);
        assertThat(shown(imported.edition().rows()))
                .containsExactly(
                        "a.example.com 443/TCP [iOS] yes",
                        "b.example.com 443/TCP [macOS only] unstated B b",
                        "b.example.com 80/TCP [macOS only] unstated B b");
    }

    /** A line below a table's head that is no row, and what is said of it; the row beside it is read. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a.example.com | https | TCP | iOS | D | Yes |~    'a.example.com | https | TCP | iOS | D | Yes': 'https' is no port; right would be 443 or 443, 80 or 2195-2196
            a.example.com | 70000 | TCP | iOS | D | Yes |~    'a.example.com | 70000 | TCP | iOS | D | Yes': port 70000 is not between 1 and 65535
            a.example.com | 9-1 | TCP | iOS | D | Yes |~      'a.example.com | 9-1 | TCP | iOS | D | Yes': port range 9-1 is turned round or has more than 64 ports, and a row has one
            a.example.com | 443 | QUIC | iOS | D | Yes |~     'a.example.com | 443 | QUIC | iOS | D | Yes': protocol 'QUIC' is none of TCP, UDP, SSH
            a.example.com | 443 | TCP | iOS | D | Perhaps |~  'a.example.com | 443 | TCP | iOS | D | Perhaps': says 'Perhaps' of proxies; right would be Yes, a dash, nothing or the pointer to APNs and proxies
            <n>.example.com | 443 | TCP | iOS | D | Yes |~    '<n>.example.com | 443 | TCP | iOS | D | Yes': host '<n>.example.com' is no name, wildcard or address block
            a.example.com | | TCP | iOS | D | Yes |~          'a.example.com | | TCP | iOS | D | Yes': has no port
            a.example.com | 443 | | iOS | D | Yes |~          'a.example.com | 443 | | iOS | D | Yes': has no protocol
            a.example.com | 443 | TCP | iOS | D | Yes | 7 |~  'a.example.com | 443 | TCP | iOS | D | Yes | 7': has 7 cells in 6 columns
            ok.example.com | 443 | TCP | iOS | E | No |~      'ok.example.com 443 TCP': stands twice in section 'Things', first on line 4
            """)
    void aLineThatIsNoRowIsToldWithItsNumber(String line, String said) {
        Imported imported = read("Things\n" + PIPES + "ok.example.com | 443 | TCP | iOS | D | Yes |\n" + line
                + "\nlast.example.com | 80 | TCP\n");
        assertThat(said(imported.unread())).containsExactly("5: " + said);
        assertThat(shown(imported.edition().rows()))
                .containsExactly("ok.example.com 443/TCP [iOS] yes D", "last.example.com 80/TCP [] unstated");
    }

    @Test
    void rowsThatStandInNoTableAndRowsOfBlanksThatCannotBeReadAreTold() {
        Imported imported = read("""
                lost.example.com 443 TCP iOS only D Yes
                A Heading
                Hosts Ports Protocol OS Description Supports proxies
                a.example.com 443 TCP iOS only D Yes
                <n>-b.example.com 443 TCP iOS only D Yes

                c.example.com 443 TCP iOS only D Yes
                Words between them.
                d.example.com | 443 | TCP | iOS |
                """);
        assertThat(shown(imported.edition().rows()))
                .containsExactly("a.example.com 443/TCP [iOS only] yes D", "c.example.com 443/TCP [iOS only] yes D");
        assertThat(said(imported.unread()).stream().map(s -> s.substring(0, 30)))
                .containsExactly(
                        "1: 'lost.example.com 443 TCP i",
                        "5: '<n>-b.example.com 443 TCP ",
                        "9: 'd.example.com | 443 | TCP ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ``;                                                                 d.txt: is empty; right would be
            All about lamps.;                                                   d.txt: has no table with the columns Hosts, Ports and Protocol; right would be
            Port | TCP or UDP | Service |/22 | TCP | SSH |;                     d.txt: has no table with the columns Hosts, Ports and Protocol; right would be
            <table><tr><th>Port<th>Name<tr><td>22<td>SSH</table>;               d.txt: has no table with the columns Hosts, Ports and Protocol; right would be
            <table><tr><th>Port<th>Name<tr><td>22<td>SSH</table>;               d.txt:1: a table headed 'Port, Name' was passed over: it has no columns Hosts and Ports
            Hosts | Ports | Protocol | Region |/a.b | 443 | TCP | EU |;         d.txt:1: the table has the unknown column 'Region'; known are Hosts, Ports, Protocol, OS, Description, Supports proxies
            Hosts Ports Protocol OS Region/a.b 443 TCP iOS only EU;             d.txt:1: the table has the unknown column 'Region'; known are
            Hosts | Ports | OS |/a.b | 443 | iOS |;                             d.txt:1: the table has no column Protocol, which every row needs
            Hosts | Ports | Protocol | Host |/a.b | 443 | TCP | a.b |;          d.txt:1: the table has a column twice
            Hosts | Ports | Protocol |/<n> | 443 | TCP |;                       d.txt: none of its tables has a row that can be read; right would be
            Hosts | Ports | Protocol |/<n> | 443 | TCP |;                       d.txt:2: '<n> | 443 | TCP': host '<n>' is no name, wildcard or address block
            """)
    void anotherDocumentIsRefusedWithASentence(String document, String problem) {
        assertThat(refused(document.replaceAll("(?<!<)/", "\n"))).anyMatch(p -> p.startsWith(problem));
    }

    @Test
    void aDocumentWithoutADateAsksForIt() {
        Given nothing = new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        String table = PIPES + "a.example.com | 443 | TCP | iOS | D | Yes |\n";
        assertThat(catchThrowableOfType(ConfigException.class, () -> Importer.read("d.txt", table, nothing))
                        .problems())
                .containsExactly(
                        "d.txt: does not say when it was published; give --date, such as --date 2026 or --date 2026-03-31");
        assertThat(catchThrowableOfType(
                                ConfigException.class,
                                () -> Importer.read("d.txt", table, Documents.given("Not An Id", "2026")))
                        .problems())
                .containsExactly("edition id 'Not An Id' must be lower-case letters, digits and hyphens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"March 31, 2026", "31 March 2026", "2026-03-31", "Mar 31, 2026"})
    void theDateOfPublicationIsTakenFromTheDocument(String printed) throws Exception {
        Imported imported = Importer.read(
                "d.txt",
                PIPES + "a.example.com | 443 | TCP | iOS | D | Yes |\n\nPublished Date: " + printed
                        + "\nhttps://support.apple.com/en-us/HT210060\n",
                new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
        assertThat(imported.edition().edition().id()).isEqualTo("ht210060-2026-03-31");
    }

    @Test
    void aSectionIsNamedByHandWhereNothingNamesIt() throws Exception {
        String document = "Something new.\n" + PIPES + "a.example.com | 443 | TCP | iOS | D | Yes |\n";
        assertThat(read(document).tables().get(0).section()).isEqualTo("Hosts of line 2");
        assertThat(read(document).tables().get(0).namedBy()).isEqualTo("nothing that is known; give --section 2=NAME");
        Given named = new Given(
                Optional.of("x"), Optional.of("2026"), Optional.empty(), Optional.empty(), Map.of(2, "Novelties"));
        assertThat(Importer.read("d.txt", document, named)
                        .edition()
                        .rows()
                        .get(0)
                        .section())
                .isEqualTo("Novelties");
        Given elsewhere = new Given(
                Optional.of("x"), Optional.of("2026"), Optional.empty(), Optional.empty(), Map.of(3, "Novelties"));
        assertThat(catchThrowableOfType(ConfigException.class, () -> Importer.read("d.txt", document, elsewhere))
                        .problems())
                .containsExactly("d.txt:3: no table begins here; tables begin on lines [2]");
    }

    @Test
    void aTableThatNothingPartsFromTheOneAboveIsOfItsSection() {
        Imported imported = read("Things\n" + PIPES + "a.example.com | 443 | TCP | iOS | D | Yes |\n" + PIPES
                + "b.example.com | 443 | TCP | iOS | D | Yes |\n");
        assertThat(imported.edition().rows().stream().map(Row::section)).containsExactly("Things", "Things");
    }

    @Test
    void documentsThatWentWrongAreReadOrRefused() {
        String head = "\nA Heading\n";
        Fuzz.refusing(
                "articles",
                Fuzz.texts(
                        head
                                + Documents.named("printed-2019.txt")
                                        .lines()
                                        .skip(20)
                                        .limit(20)
                                        .reduce("", (a, b) -> a + b + "\n"),
                        head
                                + Documents.named("printed-2022.txt")
                                        .lines()
                                        .skip(107)
                                        .limit(33)
                                        .reduce("", (a, b) -> a + b + "\n"),
                        Documents.named("saved-page.html")),
                bytes -> {
                    Imported imported = Importer.read("d.txt", new String(bytes, StandardCharsets.UTF_8), GIVEN);
                    assertThat(EditionFile.parse("x.tsv", imported.edition().text(List.of()))
                                    .rows())
                            .isEqualTo(imported.edition().rows());
                },
                ConfigException.class);
    }
}
