package dev.plumbline.collector.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.v1.Finding;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What anybody with a token may write into the fields of a list: it is understood, or refused by the field's name. */
final class ListingFuzzTest {
    private static final Sha256 QUERY = Sha256.of(new byte[] {1});
    private static final int MOST_SAID = 2_100;

    private record Row(String id, String state, List<String> targets, long port, Optional<Instant> closed) {}

    private static final Columns<Row> COLUMNS = Columns.of(
            "row",
            Row::id,
            List.of(
                    Column.text("id", Row::id),
                    Column.word("state", List.of("OPEN", "CLOSED"), Row::state),
                    Column.texts("target", Row::targets),
                    Column.number("port", Row::port),
                    Column.flag("flapping", r -> r.port() == 443),
                    Column.time("closed_at", r -> r.closed().stream().toList())));

    private static final List<Row> ROWS = List.of(
            new Row("a", "OPEN", List.of("courier:5223", "courier:443"), 5223, Optional.empty()),
            new Row("b", "CLOSED", List.of(), 443, Optional.of(Instant.parse("2026-11-02T10:00:00Z"))));

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void said(FieldViolation refused) {
        assertThat(refused.field()).isIn("filter", "order_by", "page_token", "read_mask", "page_size");
        assertThat(refused.sentence()).startsWith(refused.field() + ": ").hasSizeLessThan(MOST_SAID);
    }

    @Test
    void filters() {
        Fuzz.total(
                "filters of lists",
                Fuzz.texts(
                        "id = \"guest\" AND state = OPEN OR target : \"52\\\"23\"",
                        "NOT (port >= 443 AND -flapping = true) OR closed_at > 2026-11-01",
                        "closed_at <= 2026-11-01T00:00:00Z AND id = '*a*'",
                        "((((((((id:a))))))))"),
                bytes -> {
                    try {
                        List<Row> kept = ROWS.stream()
                                .filter(Filter.parse(text(bytes), COLUMNS))
                                .toList();
                        List<Row> others = ROWS.stream()
                                .filter(Filter.parse("NOT (" + text(bytes) + ")", COLUMNS))
                                .toList();
                        assertThat(Collections.disjoint(kept, others)).isTrue();
                    } catch (FieldViolation refused) {
                        said(refused);
                    }
                });
    }

    @Test
    void orders() {
        Fuzz.total(
                "orders of lists",
                Fuzz.texts("closed_at desc, id", "state,port ASC", "id,".repeat(20_000) + "id"),
                bytes -> {
                    try {
                        Listing.Page<Row> page = Listing.of(
                                        COLUMNS, new Listing.Asked("", text(bytes), 0, "", QUERY), 10, 10)
                                .page(ROWS);
                        assertThat(page.rows()).containsExactlyInAnyOrderElementsOf(ROWS);
                    } catch (FieldViolation refused) {
                        said(refused);
                    }
                });
    }

    @Test
    void pageTokens() {
        Fuzz.total(
                "page tokens",
                Fuzz.texts(new PageToken(List.of(1L, -2L), 7).text(QUERY), new PageToken(List.of(), 0).text(QUERY)),
                bytes -> {
                    try {
                        PageToken read = PageToken.read(text(bytes), QUERY);
                        assertThat(PageToken.read(read.text(QUERY), QUERY)).isEqualTo(read);
                        Listing.Page<Row> page = Listing.of(
                                        COLUMNS, new Listing.Asked("", "", 1, text(bytes), QUERY), 10, 10)
                                .page(ROWS);
                        assertThat(page.rows()).hasSizeLessThanOrEqualTo(1);
                    } catch (FieldViolation refused) {
                        said(refused);
                    }
                });
    }

    @Test
    void masks() {
        Finding whole = Finding.newBuilder().setId("f").build();
        Fuzz.total("masks of answers", Fuzz.texts("id,opened_at.seconds,witnesses.target_id", "*", "a.b,,."), bytes -> {
            try {
                ReadMask mask = ReadMask.of(Arrays.asList(text(bytes).split(",", -1)), Finding.getDescriptor());
                assertThat(mask.of(whole)).isIn(whole, Finding.getDefaultInstance());
            } catch (FieldViolation refused) {
                said(refused);
            }
        });
    }
}
