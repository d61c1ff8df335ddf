package dev.plumbline.collector.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListingTest {
    private record Row(String id, long port, List<String> tags) {}

    private static final Columns<Row> COLUMNS = Columns.of(
            "row",
            Row::id,
            List.of(Column.text("id", Row::id), Column.number("port", Row::port), Column.texts("tag", Row::tags)));

    private static final List<Row> ROWS =
            List.of(row("a", 443), row("b", 5223), row("c", 80), row("d", 443), row("e", 1));

    private static Row row(String id, long port) {
        return new Row(id, port, List.of());
    }

    private static Listing<Row> listing(String orderBy, int size, String token, String query) throws FieldViolation {
        return Listing.of(
                COLUMNS,
                new Listing.Asked("", orderBy, size, token, Sha256.of(query.getBytes(StandardCharsets.UTF_8))),
                3,
                4);
    }

    private static String ids(List<Row> rows) {
        return String.join("", rows.stream().map(Row::id).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # size | pages
            1      | a b c d e
            2      | ab cd e
            0      | abc de
            4      | abcd e
            # more than the most that are told at once
            99     | abcd e
            """)
    void pagesFollowEachOtherUntilTheTokenIsEmpty(int size, String pages) throws Exception {
        List<String> told = new ArrayList<>();
        String token = "";
        do {
            Listing.Page<Row> page = listing("", size, token, "q").page(ROWS);
            assertThat(page.total()).isEqualTo(5);
            told.add(ids(page.rows()));
            token = page.next();
        } while (!token.isEmpty());
        assertThat(String.join(" ", told)).isEqualTo(pages);
    }

    @Test
    void rowsThatComeBetweenPagesMoveNothingElse() throws Exception {
        String token = listing("", 2, "", "q").page(ROWS).next();
        List<Row> oneMore = new ArrayList<>(ROWS);
        oneMore.add(0, row("new", 1));
        assertThat(ids(listing("", 2, token, "q").page(oneMore).rows())).isEqualTo("cd");
        assertThat(listing("", 2, token, "q").page(List.of()).rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # told | gone | next
            2      | b    | cd
            2      | a    | cd
            2      | ab   | cd
            3      | ac   | de
            3      | abc  | de
            3      | bd   | e
            """)
    void whereRowsGoBetweenPagesNoneOfTheOthersIsLost(int told, String gone, String next) throws Exception {
        String token = listing("", told, "", "q").page(ROWS).next();
        List<Row> left = ROWS.stream().filter(r -> !gone.contains(r.id())).toList();
        assertThat(ids(listing("", 2, token, "q").page(left).rows())).isEqualTo(next);
    }

    @Test
    void aRowThatStandsElsewhereNowTakesNoOtherAlong() throws Exception {
        Listing.Page<Row> first = listing("port", 2, "", "q").page(ROWS);
        assertThat(ids(first.rows())).isEqualTo("ec");
        List<Row> moved = List.of(row("a", 443), row("b", 5223), row("c", 9999), row("d", 443), row("e", 1));
        assertThat(ids(listing("port", 4, first.next(), "q").page(moved).rows()))
                .isEqualTo("adbc");
    }

    @Test
    void aRowThatMovesInTheUsualOrderTakesNoOtherAlong() throws Exception {
        Columns<Row> usual = Columns.of("row", Row::id, List.of(Column.number("port", Row::port)), List.of("port"));
        Listing.Asked asked = new Listing.Asked("", "", 2, "", Sha256.of(new byte[0]));
        String token = Listing.of(usual, asked, 3, 4)
                .page(List.of(row("e", 1), row("c", 80), row("a", 443), row("b", 5223)))
                .next();
        Listing.Asked next = new Listing.Asked("", "", 2, token, Sha256.of(new byte[0]));
        assertThat(ids(Listing.of(usual, next, 3, 4)
                        .page(List.of(row("e", 1), row("a", 443), row("b", 5223), row("c", 9999)))
                        .rows()))
                .isEqualTo("ab");
    }

    @Test
    void aTokenOfAnotherQueryIsRefused() throws Exception {
        String token = listing("", 2, "", "segment guest").page(ROWS).next();
        assertThatThrownBy(() -> listing("", 2, token, "segment wifi"))
                .isInstanceOfSatisfying(
                        FieldViolation.class, e -> assertThat(e.field()).isEqualTo("page_token"))
                .hasMessage(
                        "page_token: belongs to another query; repeat the request that it came with, changed in page_size"
                                + " and read_mask at most, or leave it empty for the first page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "AAAA", "not base64!", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoTokenIsRefused(String token) {
        assertThatThrownBy(() -> listing("", 2, token, "q"))
                .hasMessageStartingWith("page_token: is none that this collector gives");
    }

    @Test
    void aNegativeSizeIsRefused() {
        assertThatThrownBy(() -> listing("", -1, "", "q")).hasMessage("page_size: is -1; write 1 to 4, or 0 for 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # order          | rows
            port             | ecad
            port desc        | badc
            port DESC, id    | badc
            port,id desc     | ecda
            """)
    void rowsAreTakenInTheOrderThatIsAskedFor(String order, String rows) throws Exception {
        assertThat(ids(Listing.of(COLUMNS, new Listing.Asked("", order, 0, "", Sha256.of(new byte[0])), 9, 9)
                        .page(ROWS)
                        .rows()))
                .startsWith(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            size          | order_by: 'size' is nothing that a row has; it has id, port, tag, of which those with one value have an order
            tag           | order_by: 'tag' is nothing that a row has
            port down     | order_by: 'port down' is no order; write fields with commas between
            port,         | order_by: '' is no order
            port,id,port desc | order_by: 'port' is named twice; write it once
            """)
    void anOrderThatIsNoneIsRefused(String order, String said) {
        assertThatThrownBy(() -> listing("x".repeat(50_000), 0, "", "q"))
                .hasMessageStartingWith("order_by: 'xxx")
                .hasMessageEndingWith("have an order")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(2_100));
        assertThatThrownBy(() -> listing(order, 0, "", "q")).hasMessageStartingWith(said);
    }
}
