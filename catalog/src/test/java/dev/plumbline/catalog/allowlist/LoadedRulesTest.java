package dev.plumbline.catalog.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Allow-lists as the tools read them that would load them; that they refuse what is broken is tried beside it. */
final class LoadedRulesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file(String name, List<String> lines, String... more) throws Exception {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return Files.write(folder.resolve(name), all);
    }

    private static List<String> lines(String format, String place, String edition) {
        Allowlist list = Lists.of(
                place,
                edition,
                EnumSet.allOf(dev.plumbline.catalog.Service.class),
                Map.of("ocsp.digicert.com", List.of(Block.parse("192.0.2.16/28"), Block.parse("2001:db8:1::/48"))));
        return Lists.written(list, Words.of(Format.class, format)).lines();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            wifi,  plumbline-2026
            wifi,  ht210060-2022
            srv,   ht210060-2019
            cache, plumbline-2026
            bare,  jamf-apns
            """)
    void nftReadsIt(String place, String edition) throws Exception {
        Tool nft = Tool.alone("nft");
        List<String> lines = lines("nftables", place, edition);
        assertThat(nft.run("-c", "-f", file("rules.nft", lines).toString())).isEqualTo(new Tool.Outcome(0, ""));
        assertThat(nft.run(
                                "-c",
                                "-f",
                                file("broken.nft", lines, "add rule inet filter nonsense")
                                        .toString())
                        .exitCode())
                .isNotZero();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(textBlock = """
            iptables,  wifi,  plumbline-2026
            iptables,  wifi,  ht210060-2022
            iptables,  bare,  jamf-apns
            ip6tables, wifi,  plumbline-2026
            ip6tables, srv,   plumbline-2026
            """)
    void iptablesRestoreReadsIt(String program, String place, String edition) throws Exception {
        Tool restore = Tool.alone(program + "-restore");
        List<String> lines = lines(program, place, edition);
        assertThat(restore.run("--noflush", "--test", file("rules", lines).toString()))
                .isEqualTo(new Tool.Outcome(0, ""));
        assertThat(restore.run(
                                "--noflush",
                                "--test",
                                file("broken", lines, "*filter", "-A FORWARD --nonsense", "COMMIT")
                                        .toString())
                        .exitCode())
                .isNotZero();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            wifi,  plumbline-2026
            wifi,  ht210060-2022
            bare,  ht210060-2019
            srv,   jamf-apns
            """)
    void squidReadsIt(String place, String edition) throws Exception {
        Tool squid = Tool.find("squid");
        assumeTrue(squid.run("-v").said().contains("--with-openssl"), "this squid was built without ssl_bump");
        List<String> lines = new ArrayList<>(List.of("http_port 127.0.0.1:3128"));
        lines.addAll(lines("squid", place, edition));
        Tool.Outcome outcome = squid.run(
                "-k",
                "parse",
                "-f",
                file("squid.conf", lines, "ssl_bump bump all", "http_access deny all")
                        .toString());
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        assertThat(outcome.said()).doesNotContain("ERROR", "FATAL", "WARNING", "Bungled", "subdomain");
        assertThat(squid.run(
                                "-k",
                                "parse",
                                "-f",
                                file("broken.conf", lines, "acl nonsense nonsense")
                                        .toString())
                        .exitCode())
                .isNotZero();
    }

    /** A chain that drops everything but what the rules let out: what a row asks for passes, and nothing beside it. */
    @Test
    void behindADenialTheRulesLetOutWhatTheyNameAndNothingElse() throws Exception {
        Tool.find("nft");
        Tool.find("ip");
        Tool.find("socat");
        Tool shell = Tool.alone("bash");
        file("rules", lines("nftables", "wifi", "plumbline-2026"));
        file("try", List.of("""
                set -e
                PATH=$PATH:/usr/sbin:/sbin
                ip link set lo up
                for a in 10.20.20.10 17.57.144.10 192.0.2.17 192.0.2.40; do ip addr add $a/32 dev lo; done
                # What a box forwards is here what it sends.
                nft 'add table inet filter; add chain inet filter output { type filter hook output priority 0; policy drop; }'
                nft -f rules
                nft 'add rule inet filter output jump plumbline_wifi'
                listeners=
                for port in 5223 5224 80; do
                  socat TCP-LISTEN:$port,fork,reuseaddr,pf=ip4 SYSTEM:'echo through' & listeners="$listeners $!"
                done
                trap 'kill $listeners' EXIT
                for i in $(seq 300); do [ "$(ss -ltn | grep -cE ':(5223|5224|80) ')" = 3 ] && break; sleep 0.1; done
                ask() { echo "$2:$3 $(timeout 40 socat -u TCP:$2:$3,bind=10.20.20.10,connect-timeout=$4 STDOUT 2>/dev/null || true)" >said.$1; }
                ask 1 17.57.144.10 5223 30 & asked=$!
                ask 2 17.57.144.10 5224 2 & asked="$asked $!"
                ask 3 192.0.2.17 80 30 & asked="$asked $!"
                ask 4 192.0.2.17 5223 2 & asked="$asked $!"
                ask 5 192.0.2.40 80 2 & asked="$asked $!"
                wait $asked
                cat said.1 said.2 said.3 said.4 said.5
                nft -f rules
                echo "loaded again: $(nft list chain inet filter plumbline_wifi | grep -c 'dport')"
                """));
        Tool.Outcome outcome = shell.run("-c", "cd '" + folder + "' && . ./try");
        assertThat(outcome.said()).isEqualTo("""
                17.57.144.10:5223 through
                17.57.144.10:5224\s
                192.0.2.17:80 through
                192.0.2.17:5223\s
                192.0.2.40:80\s
                loaded again: 6
                """);
        assertThat(outcome.exitCode()).isZero();
    }
}
