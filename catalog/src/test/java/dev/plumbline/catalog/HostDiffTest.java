package dev.plumbline.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostDiffTest {
    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(", ", -1)) {
            String[] words = one.split(" ", -1);
            ProxyPolicy proxy = words.length > 2 ? Words.of(ProxyPolicy.class, words[2]) : ProxyPolicy.NO;
            String os = words.length > 3 ? words[3] : "iOS";
            String[] port = words[1].split("/", -1);
            rows.add(new Row(
                    "x",
                    "S",
                    words[0],
                    Integer.parseInt(port[0]),
                    port.length > 1 ? port[1] : "TCP",
                    os,
                    proxy,
                    "",
                    1,
                    Confidence.PRINTED));
        }
        return rows;
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # before                 | after                          | said
            a.b 5223                 | a.b 2197                       | PORTS_CHANGED a.b ports 5223/TCP -> 2197/TCP
            a.b 443                  | a.b 443, a.b 80                | PORTS_CHANGED a.b ports 443/TCP -> 80/TCP 443/TCP
            a.b 443                  | a.b 443/UDP                    | PORTS_CHANGED a.b ports 443/TCP -> 443/UDP
            a.b 443 yes              | a.b 443 no                     | CHANGED a.b proxy yes -> no
            a.b 443 yes, a.b 80 yes  | a.b 443 no, a.b 80 no          | CHANGED a.b proxy yes -> no
            a.b 443 yes              | a.b 443 no, a.b 80 no          | PORTS_CHANGED a.b ports 443/TCP -> 80/TCP 443/TCP; proxy yes -> no
            a.b 5223 yes             | a.b 2197 no                    | PORTS_CHANGED a.b ports 5223/TCP -> 2197/TCP; proxy yes -> no
            a.b 443 no iOS           | a.b 443 no macOS               | CHANGED a.b os 'iOS' -> 'macOS'
            ''                       | a.b 443, a.b 80                | ADDED a.b 80/TCP 443/TCP
            a.b 443                  | ''                             | DROPPED a.b 443/TCP
            a.b 443                  | a.b 443                        | ''
            a.b 443, a.b 443         | a.b 443                        | ''
            """)
    void aHostIsOneChange(String before, String after, String said) {
        assertThat(HostDiff.between(rows(before), rows(after)).stream()
                        .map(c -> c.kind() + " " + c.host() + " " + c.what())
                        .toList())
                .isEqualTo(said.isEmpty() ? List.of() : List.of(said));
    }

    /** Both ways of counting speak of the same hosts. */
    @Test
    void everyChangedPairIsOfAChangedHostAndTheOtherWayRound() {
        Catalog catalog = Catalog.builtIn();
        for (String from : Catalog.editionIds()) {
            for (String to : Catalog.editionIds()) {
                assertThat(HostDiff.between(catalog.rows(from), catalog.rows(to)).stream()
                                .map(HostDiff.Change::host)
                                .distinct()
                                .sorted()
                                .toList())
                        .as(from + " -> " + to)
                        .isEqualTo(EditionDiff.between(catalog.rows(from), catalog.rows(to)).stream()
                                .map(EditionDiff.Change::host)
                                .distinct()
                                .sorted()
                                .toList());
            }
        }
    }
}
