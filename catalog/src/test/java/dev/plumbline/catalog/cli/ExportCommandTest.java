package dev.plumbline.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ExportCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path site = Path.of("");

    @BeforeEach
    void declare() throws Exception {
        site = Files.writeString(folder.resolve("collector.yaml"), """
                listen: 127.0.0.1:50051
                identity: {certificate: collector.pem}
                site:
                  id: campus
                  domain: campus.example
                  services: [apns]
                  segments:
                    - {id: staff, kind: wifi, cidrs: [10.20.20.0/24]}
                    - {id: srv, kind: server, cidrs: [198.51.100.32/27]}
                  maintenance: []
                """);
    }

    private int run(String command) {
        CommandLine line = CatalogCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("export"));
        for (String word : command.replace("SITE", site.toString())
                .replace("FOLDER", folder.toString())
                .split(" +", -1)) {
            all.add(word);
        }
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void aSegmentOfTheSitesFileIsWrittenForItsRoleAndServices() {
        assertThat(run("--site SITE --segment srv --format iptables")).isZero();
        assertThat(out.toString())
                .contains(
                        "-A plumbline_srv -s 198.51.100.32/27 -d 17.0.0.0/8 -p tcp -m multiport --dports 443,2197 -m comment")
                .doesNotContain("5223");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rolesAndPlatformsStandForASiteThatIsNotThere() {
        assertThat(run("--role device --service apns,time --platform macos --from 10.1.0.0/16 --format nftables"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "ip saddr 10.1.0.0/16 ip daddr 17.0.0.0/8 udp dport 123 accept",
                        "# time-macos.apple.com udp/123: ")
                .doesNotContain("time-ios.apple.com");
    }

    @Test
    void whatTheFormatCannotSayIsToldByAWordALineAndTheExitCode() {
        assertThat(run("--role device --format list-ipv4")).isEqualTo(1);
        assertThat(err.toString().lines())
                .isNotEmpty()
                .allMatch(l -> l.startsWith("not let out: "))
                .anyMatch(l -> l.startsWith("not let out: ocsp.digicert.com tcp/80: outside Apple's network"));
        assertThat(out.toString()).contains("\n17.0.0.0/8\n", "\n# NOT LET OUT: ocsp.digicert.com tcp/80: ");
    }

    @Test
    void programsAreToldTheSame() {
        assertThat(
                        run(
                                "--role device --service certificate-validation --format nftables --json"
                                        + " --address crl3.digicert.com=192.0.2.0/28 --address crl4.digicert.com=192.0.2.16/28,192.0.2.32/28"))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith(
                        "{\"segment\": \"segment\", \"edition\": \"plumbline-2026\", \"format\": \"nftables\", \"pairs\": ")
                .contains(
                        "\"not-let-out\": [{\"host\": \"ocsp.digicert.com\", \"transport\": \"tcp\", \"port\": 80, \"why\": \"");
    }

    @Test
    void whatMayBeLeftOutIsLetOutWhenItIsAskedFor() {
        assertThat(run("--role device --service icloud,private-relay --format csv"))
                .isZero();
        assertThat(out.toString()).doesNotContain("mask.icloud.com");
        assertThat(run("--role device --service icloud,private-relay --format csv --with-optional"))
                .isZero();
        assertThat(out.toString()).contains("mask.icloud.com,udp,443,plumbline-2026");
    }

    @Test
    void aFileIsWrittenWholeAndOverNoOther() throws Exception {
        assertThat(run("--site SITE --segment staff --format pac --proxy p.campus.example:3128 --out FOLDER/proxy.pac"))
                .isZero();
        assertThat(Files.readString(folder.resolve("proxy.pac")))
                .endsWith("  return \"PROXY p.campus.example:3128\";\n}\n");
        assertThat(run("--site SITE --segment srv --format csv --out FOLDER/proxy.pac"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("exists; name another file, or write over it with --force");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --format nftables                                    | name a segment with --site and --segment, or a role with --role
            --format cisco --role device                         | --format: 'cisco' is none of nftables, iptables, ip6tables, asa, squid, pac, list-names, list-ipv4, list-ipv6, csv
            --format csv --role printer                          | --role: 'printer' is none of device, mdm-server, content-cache
            --format csv --role device --service push            | --service: 'push' is none of apns
            --format csv --role device --from 10.0.0.1           | --from: '10.0.0.1' is no address block; write 10.20.0.0/16 or 2001:db8::/32
            --format csv --role device --edition ht210060-2020   | there is no edition 'ht210060-2020'; there are rummel-2013
            --format csv --segment staff                         | --segment: name the file that declares it with --site, or a role with --role
            --format csv --site SITE                             | --site: name one of its segments with --segment
            --format csv --site SITE --segment wifi              | declares no segment 'wifi'; there are staff, srv
            --format csv --site SITE --segment srv --role device | --site: roles, services, platforms and addresses are those that it declares
            --format csv --site FOLDER/no.yaml --segment srv     | no.yaml: cannot be read
            --format pac --role device                           | --proxy: a proxy script names the proxy for everything else; give --proxy HOST:PORT
            --format csv --role device --proxy p:1               | --proxy: only a proxy script (--format pac) names one
            --format pac --role device --proxy p";evil           | is no proxy; write HOST:PORT such as proxy.campus.example:3128
            --format csv --role device --address a.b=10.0.0.1    | --address: a.b: '10.0.0.1' is no address block such as 10.20.30.0/24
            --format csv --role device --address a;b=10.0.0.0/8  | --address: 'a;b' is no host; write it as the rows do
            --format csv --role mdm-server --service china       | asks for nothing of segment with these roles, services and platforms; nothing is written
            """)
    void wrongUseIsOneSentenceAndNothingIsWritten(String command, String sentence) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aSiteThatIsWrongIsToldWithItsLine() throws Exception {
        Files.writeString(site, "site:\n  id: campus\n  domain: campus.example\n  colour: red\n  segments: []\n");
        assertThat(run("--site SITE --segment srv --format csv")).isEqualTo(2);
        assertThat(err.toString()).contains(site + ":4: site.colour: ").doesNotContain("Exception");
    }
}
