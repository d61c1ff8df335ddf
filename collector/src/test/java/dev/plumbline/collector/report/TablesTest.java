package dev.plumbline.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TablesTest {
    private static Map<String, String> tables(String text) throws Exception {
        Map<String, String> tables = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Tables.of(Hostile.report(text))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                tables.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return tables;
    }

    /** By RFC 4180, section 2, where every field is quoted. */
    private static List<List<String>> rows(String table) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int at = 0;
        while (at < table.length()) {
            assertThat(table.charAt(at)).isEqualTo('"');
            StringBuilder field = new StringBuilder();
            for (at++; table.charAt(at) != '"' || (at + 1 < table.length() && table.charAt(at + 1) == '"'); at++) {
                field.append(table.charAt(at));
                at += table.charAt(at) == '"' ? 1 : 0;
            }
            row.add(field.toString());
            at++;
            if (table.charAt(at) == ',') {
                at++;
            } else {
                assertThat(table.substring(at, at + 2)).isEqualTo("\r\n");
                rows.add(List.copyOf(row));
                row.clear();
                at += 2;
            }
        }
        return rows;
    }

    @Test
    void everyTableHasAHeadingAndARowOfAsManyFields() throws Exception {
        Map<String, String> tables = tables("a \"quoted\", comma");
        assertThat(tables.keySet())
                .containsExactly(
                        "report.csv",
                        "segments.csv",
                        "answers.csv",
                        "requirements.csv",
                        "silences.csv",
                        "not-measured.csv",
                        "findings.csv",
                        "evidence.csv",
                        "history.csv",
                        "excused.csv",
                        "agreements.csv",
                        "judged-by.csv",
                        "editions.csv");
        tables.forEach((name, table) -> {
            List<List<String>> rows = rows(table);
            assertThat(rows).as(name).hasSize(2);
            assertThat(rows.get(1)).as(name).hasSameSizeAs(rows.get(0));
            assertThat(rows.get(0)).as(name).doesNotHaveDuplicates();
        });
        assertThat(rows(Objects.requireNonNull(tables.get("editions.csv"))).get(0))
                .containsExactly("edition", "title", "date", "derived", "source");
        assertThat(rows(Objects.requireNonNull(tables.get("silences.csv"))).get(0))
                .contains("begun_before");
        assertThat(rows(Objects.requireNonNull(tables.get("report.csv"))).get(0))
                .contains("segment");
        assertThat(rows(Objects.requireNonNull(tables.get("answers.csv"))).get(0))
                .contains("waived_per_million", "waived_seconds");
        assertThat(rows(Objects.requireNonNull(tables.get("evidence.csv"))).get(1))
                .contains("a \"quoted\", comma", "1970-01-01T00:00:03.000000003Z");
    }

    /** OWASP, CSV Injection. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            =1+1                     | '=1+1
            +1                       | '+1
            -1                       | '-1
            @SUM(A1)                 | '@SUM(A1)
            ` =1+1`                  | `' =1+1`
            ＝1+1                    | '＝1+1
            plain = text             | plain = text
            17.0.0.0/8               | 17.0.0.0/8
            """)
    void whatASpreadsheetWouldComputeIsText(String text, String shown) throws Exception {
        List<String> row =
                rows(Objects.requireNonNull(tables(text).get("evidence.csv"))).get(1);
        assertThat(row.get(0)).isEqualTo(shown);
        assertThat(row.get(row.size() - 1)).isEqualTo(shown);
    }
}
