package dev.plumbline.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken catalog files are told all at once, each problem with file and line. */
final class ReaderTest {
    private static final String HEAD = "id\tx\ntitle\tX\ndate\t2026\nderived\tno\nsource\tus\n";

    @Test
    void everyBrokenLineOfAnEditionIsTold() {
        List<String> problems = new ArrayList<>();
        EditionReader.read("x.tsv", HEAD + """
                row\t1\tS\ta.example\t443\tTCP\t\tyes
                row\t1\tS\ta.example\t443\tTCP\t\tyes
                row\t2\tS\tb.example\thttps\tTCP
                row\t3\tS\tc.example\t443\tICMP
                row\t4\tS\td.example\t443\tTCP\t\tmaybe
                row\t5\tS\tnot a host\t443\tTCP
                row\t6\tS
                colour\tred
                title\tY
                """, problems);
        assertThat(problems)
                .containsExactly(
                        "x.tsv:7: host: a.example 443 stands twice in section 'S'",
                        "x.tsv:8: port: 'https' is no whole number",
                        "x.tsv:9: protocol 'ICMP' is none of TCP, UDP, SSH",
                        "x.tsv:10: proxy: 'maybe' is none of yes, no, see-apns, unstated",
                        "x.tsv:11: host 'not a host' is no name, wildcard or address block",
                        "x.tsv:12: has 3 cells; right would be the columns row, line, section, host, port, protocol, os,"
                                + " proxy, description, confidence",
                        "x.tsv:13: begins with 'colour'; right would be row, condition, id, title, date, derived or source",
                        "x.tsv:14: title: stands twice");
    }

    @Test
    void anEditionWithoutAHeadIsTold() {
        List<String> problems = new ArrayList<>();
        EditionReader.read("x.tsv", "id\tX!\ndate\tlast year\ntitle\tX\n", problems);
        assertThat(problems)
                .containsExactly(
                        "x.tsv:1: derived: is missing; the head of an edition names it",
                        "x.tsv:1: source: is missing; the head of an edition names it",
                        "x.tsv:1: edition id 'X!' must be lower-case letters, digits and hyphens");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # one changed cell, and what is said of line 2
            A.example:443  | a.example | 443   | https | public | apns | device | required | target id 'A.example:443' must be lower-case
            a              | a.example | 70000 | https | public | apns | device | required | port 70000 is not between 1 and 65535
            a              | a.example | x     | https | public | apns | device | required | port: 'x' is no whole number
            a              | a.example | 443   | ftp   | public | apns | device | required | probe: 'ftp' is none of courier, provider-api
            a              | a.example | 443   | https | secret | apns | device | required | identity: 'secret' is none of apple-private
            a              | a.example | 443   | http  | public | apns | device | required | probe http and identity public do not go together
            a              | a.example | 443   | https | public | push | device | required | services: 'push' is none of apns
            a              | a.example | 443   | https | public | apns | laptop | required | roles: 'laptop' is none of device, mdm-server
            a              | a.example | 443   | https | public | apns | device | must     | obligation: 'must' is none of required
            a              | a.example | 443   | https | public | apns | device | retired  | a retired target has the date
            a              | {n}.a.exa | 443   | https | public | apns | device | required | a host with {n} needs a pool size
            """)
    void everyBrokenCellOfATargetIsTold(
            String id,
            String host,
            String port,
            String probe,
            String identity,
            String services,
            String roles,
            String obligation,
            String problem) {
        List<String> problems = new ArrayList<>();
        String line = String.join("\t", id, host, port, "tcp", probe, identity, services, roles, "-", obligation);
        TargetReader.read("t.tsv", "id\thost\n" + line + "\n", problems);
        assertThat(problems).hasSizeGreaterThanOrEqualTo(1).allMatch(p -> p.startsWith("t.tsv:2: "));
        assertThat(problems).anyMatch(p -> p.contains(problem));
    }

    @Test
    void aTargetThatStandsTwiceNamesBothLines() {
        List<String> problems = new ArrayList<>();
        String line = "a\ta.example\t443\ttcp\ttcp\tnone\tapns\tdevice\t-\trequired\n";
        TargetReader.read("t.tsv", "id\thost\n" + line + line, problems);
        assertThat(problems).containsExactly("t.tsv:3: id: a stands twice, first on line 2");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # row host,        target host,              serves
            *.push.apple.com,  {n}-courier.push.apple.com, true
            *.push.apple.com,  1-courier.sandbox.push.apple.com, true
            *.push.apple.com,  push.apple.com,           true
            *.push.apple.com,  xpush.apple.com,          false
            gs.apple.com,      gs.apple.com,             true
            gs.apple.com,      gsa.apple.com,            false
            """)
    void aRowIsServedByWhatItsHostStandsFor(String pattern, String host, boolean serves) {
        assertThat(Coverage.matches(pattern, host)).isEqualTo(serves);
    }

    @Test
    void theProxyWordOfATargetIsThatOfTheNewestRowThatNamesIt() {
        Catalog catalog = Catalog.builtIn();
        assertThat(catalog.targets())
                .filteredOn(t -> t.id().value().equals("vpp.itunes.apple.com:443"))
                .singleElement()
                .satisfies(t -> assertThat(t.proxy()).isEqualTo(ProxyPolicy.YES));
        assertThat(catalog.targets())
                .filteredOn(t -> t.id().value().equals("courier:5223"))
                .singleElement()
                .satisfies(t -> assertThat(t.proxy()).isEqualTo(ProxyPolicy.SEE_APNS));
    }
}
