package dev.plumbline.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The editions hold what the documents print: counted, and sampled where the print is broken. */
final class EditionsTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # edition,       pairs, patterns, wildcards, blocks, udp, in two sections
            rummel-2013,         4,        4,         0,      1,   0, 0
            jamf-apns,           4,        1,         0,      4,   0, 0
            ht210060-2019,      67,       53,         4,      3,   3, 1
            ht210060-2022,     127,      100,        17,      3,   4, 6
            plumbline-2026,    151,      126,        21,      0,   8, 0
            """)
    void everyEditionHasEveryPrintedPair(
            String edition, int pairs, int patterns, int wildcards, int blocks, int udp, int repeated) {
        List<Row> rows = CATALOG.rows(edition);
        assertThat(rows).hasSize(pairs);
        assertThat(rows.stream().map(Row::host).distinct()).hasSize(patterns);
        assertThat(rows.stream().filter(Row::isWildcard).map(Row::host).distinct())
                .hasSize(wildcards);
        assertThat(rows.stream().filter(Row::isBlock)).hasSize(blocks);
        assertThat(rows.stream().filter(r -> r.protocol().equals("UDP"))).hasSize(udp);
        assertThat(pairs
                        - rows.stream()
                                .map(r -> r.host() + r.port() + r.protocol())
                                .distinct()
                                .count())
                .isEqualTo(repeated);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # the description is blank and the word under it is the proxy's
            ht210060-2022 | 32  | gs.apple.com                      | 443 | TCP | iOS, iPadOS, tvOS, and macOS  | yes      | -
            ht210060-2022 | 36  | tbsc.apple.com                    | 443 | TCP | iOS, iPadOS, tvOS, and macOS  | yes      | -
            ht210060-2022 | 45  | deviceservices-external.apple.com | 443 | TCP | iOS, iPadOS, tvOS, and macOS  | no       | -
            ht210060-2022 | 78  | ns.itunes.apple.com               | 443 | TCP | iOS, iPadOS, and watchOS      | yes      | -
            ht210060-2022 | 88  | xp.apple.com                      | 443 | TCP | iOS, iPadOS, tvOS, and macOS  | yes      | -
            # the row is broken over two and more lines
            ht210060-2022 | 111 | suconfig.apple.com                | 80  | TCP | macOS only                    | no       | Configuration
            ht210060-2022 | 132 | cssubmissions.apple.com           | 443 | TCP | iOS, iPadOS, tvOS, and macOS  | yes      | Used by Feedback Assistant to upload files
            ht210060-2022 | 134 | fba.apple.com                     | 443 | TCP | iOS, iPadOS, tvOS, and macOS  | yes      | Used by Feedback Assistant to file and view feedback
            # no operating system, another protocol
            ht210060-2022 | 56  | upload.appleschoolcontent.com     | 22  | SSH | -                             | yes      | SFTP uploads
            ht210060-2022 | 157 | mask.icloud.com                   | 443 | UDP | iOS, iPadOS, macOS            | no       | iCloud Private Relay
            ht210060-2022 | 43  | *.push.apple.com                  | 2197 | TCP | iOS, iPadOS, tvOS, and macOS | see-apns | Push notifications
            ht210060-2022 | 126 | 17.248.192.0/19                   | 443 | TCP | macOS only                    | no       | Ticket delivery
            # the older print has no dashes: blank is blank
            ht210060-2019 | 29  | time-ios.apple.com                | 123 | UDP | iOS and tvOS only             | unstated | Used by devices to set their date and time
            ht210060-2019 | 38  | *.push.apple.com                  | 80  | TCP | iOS, tvOS, and macOS          | see-apns | Push notifications
            ht210060-2019 | 63  | ns.itunes.apple.com               | 443 | TCP | iOS only                      | yes      | -
            ht210060-2019 | 72  | updates-http.cdn-apple.com        | 80  | TCP | iOS, tvOS, and macOS          | unstated | -
            jamf-apns     | 100 | 17.0.0.0/8                        | 2196 | TCP | -                            | unstated | MDM server outbound to APNs: feedback
            rummel-2013   | 39  | init-p01st.push.apple.com         | 80  | TCP | -                             | unstated | Devices outbound: push client initialization server
            """)
    void hardRowsStandInTheirColumns(
            String edition,
            int line,
            String host,
            int port,
            String protocol,
            String os,
            String proxy,
            String description) {
        assertThat(CATALOG.rows(edition).stream()
                        .filter(r -> r.line() == line && r.host().equals(host) && r.port() == port))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.protocol()).isEqualTo(protocol);
                    // A printed dash under OS is kept as it is printed.
                    assertThat(r.os()).isEqualTo(os == null ? (edition.startsWith("ht") ? "-" : "") : os);
                    assertThat(Words.of(r.proxy())).isEqualTo(proxy);
                    assertThat(r.description()).isEqualTo(description == null ? "" : description);
                });
    }

    @Test
    void dashesOfTheNewerPrintAreNoAndNeverUnstated() {
        assertThat(CATALOG.rows("ht210060-2022")).noneMatch(r -> r.proxy() == ProxyPolicy.UNSTATED);
        assertThat(CATALOG.rows("ht210060-2019")).noneMatch(r -> r.proxy() == ProxyPolicy.NO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rummel-2013", "jamf-apns", "ht210060-2019", "ht210060-2022", "plumbline-2026"})
    void everyRowIsServedByATarget(String edition) {
        for (Row row : CATALOG.rows(edition)) {
            assertThat(CATALOG.targets())
                    .as("%s line %d: %s %d %s", edition, row.line(), row.host(), row.port(), row.protocol())
                    .anyMatch(t -> t.sources().contains(row.ref()));
        }
    }

    @Test
    void ourOwnEditionIsMarkedAsDerivedAndEachOfItsRowsSaysHowSureItIs() {
        assertThat(CATALOG.editions().stream().filter(Edition::derived).map(Edition::id))
                .containsExactly("plumbline-2026");
        assertThat(CATALOG.rows("plumbline-2026")).noneMatch(r -> r.confidence() == Confidence.PRINTED);
        assertThat(CATALOG.rows("ht210060-2022")).allMatch(r -> r.confidence() == Confidence.PRINTED && r.line() > 0);
    }

    @Test
    void editionsSayWhatTheyAskForBeyondHosts() {
        assertThat(CATALOG.edition("ht210060-2019").orElseThrow().says("apns-pac-fails"))
                .isTrue();
        assertThat(CATALOG.edition("plumbline-2026").orElseThrow().says("apns-pac-fails"))
                .isFalse();
        assertThat(CATALOG.edition("rummel-2013").orElseThrow().conditions().stream()
                        .map(Condition::name))
                .contains("dns-resolves", "mdm-fqdn", "mdm-token");
    }
}
