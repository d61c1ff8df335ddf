package dev.plumbline.collector.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read by the tools that would load it; that the same tools refuse what is broken is tried beside it. */
final class RealToolsTest {
    private static final List<String> CHAINS = List.of(
            "add table inet filter",
            "add chain inet filter forward { type filter hook forward priority filter; policy drop; }",
            "add table inet nat",
            "add chain inet nat prerouting { type nat hook prerouting priority dstnat; }");

    @TempDir
    Path folder;

    private static List<String> lines(Dialect dialect, String place, String mechanism, String scope) {
        return Orders.written(dialect, Orders.order(place, mechanism, scope))
                .orElseThrow()
                .lines();
    }

    private Path file(String name, List<String> before, List<String> lines, List<String> after) throws Exception {
        List<String> all = new ArrayList<>(before);
        all.addAll(lines);
        all.addAll(after);
        return Files.write(folder.resolve(name), all);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            wifi | tcp.drop           | tcp/5223
            wifi | tcp.drop           | all
            wifi | tcp.prohibited     | tcp/5223@ipv6
            bare | tcp.reset          | tcp/443@apple
            srv  | tcp.drop           | tcp/2197
            wifi | udp.silent         | udp/123+udp/443
            wifi | ipv6.broken        | ipv6
            wifi | tcp.proxied        | all
            wifi | hold.reaped-silent | all
            wifi | dns.silent         | all
            wifi | path.mtu           | all
            bare | path.mtu           | all
            wifi | outbound.open      | tcp/8443@name:jss.campus.example
            """)
    void nftReadsIt(String place, String mechanism, String scope) throws Exception {
        Tool nft = Tool.alone("nft");
        Path file = file("remedy.nft", CHAINS, lines(Dialect.NFTABLES, place, mechanism, scope), List.of());
        Tool.Outcome outcome = nft.run("-c", "-f", file.toString());
        assertThat(outcome).isEqualTo(new Tool.Outcome(0, ""));
        Path broken = file(
                "broken.nft", CHAINS, Files.readAllLines(file), List.of("insert rule inet filter forward nonsense"));
        assertThat(nft.run("-c", "-f", broken.toString()).exitCode()).isNotZero();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            iptables  | wifi | tcp.drop            | tcp/5223
            iptables  | wifi | proxy.required      | all
            iptables  | bare | tcp.partial         | tcp/5223
            iptables  | srv  | tcp.drop            | tcp/2197
            iptables  | wifi | tcp.proxied         | all
            iptables  | wifi | dns.truncated       | all
            iptables  | wifi | path.mtu            | all
            iptables  | wifi | outbound.open       | tcp/8443@name:jss.campus.example
            ip6tables | wifi | outbound.open       | tcp/8443@name:jss.campus.example
            ip6tables | wifi | tcp.drop            | tcp/5223
            ip6tables | wifi | ipv6.broken         | ipv6
            ip6tables | bare | tcp.drop            | all
            ip6tables | wifi | tls.stalled         | tcp/5223+tcp/443
            ip6tables | wifi | dns.silent          | all
            ip6tables | wifi | path.mtu            | all
            """)
    void iptablesRestoreReadsIt(String dialect, String place, String mechanism, String scope) throws Exception {
        Tool restore = Tool.alone(dialect + "-restore");
        List<String> lines = lines(Dialect.ofWord(dialect), place, mechanism, scope);
        Path file = file("remedy.rules", List.of(), lines, List.of());
        assertThat(restore.run("--noflush", "--test", file.toString())).isEqualTo(new Tool.Outcome(0, ""));
        Path broken = file("broken.rules", List.of(), lines, List.of("*filter", "-I FORWARD 1 --nonsense", "COMMIT"));
        assertThat(restore.run("--noflush", "--test", broken.toString()).exitCode())
                .isNotZero();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            wifi | tls.intercepted   | tcp/5223
            wifi | tls.intercepted   | all
            bare | proxy.intercepts  | tcp/443
            srv  | tls.closed-on-name | name:push.apple.com
            wifi | http.block-page   | tcp/443+tcp/80
            bare | http.block-page   | all
            """)
    void squidReadsIt(String place, String mechanism, String scope) throws Exception {
        Tool squid = Tool.find("squid");
        // Without OpenSSL a squid knows no ssl_bump, and refuses the lines for what it is and not for what they say.
        assumeTrue(squid.run("-v").said().contains("--with-openssl"), "this squid was built without ssl_bump");
        List<String> lines = lines(Dialect.SQUID, place, mechanism, scope);
        List<String> own = List.of("ssl_bump bump all", "http_access deny all");
        Path file = file("squid.conf", List.of("http_port 127.0.0.1:3128"), lines, own);
        Tool.Outcome outcome = squid.run("-k", "parse", "-f", file.toString());
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        assertThat(outcome.said()).doesNotContain("ERROR", "FATAL", "WARNING", "Bungled", "subdomain");
        Path broken = file("broken.conf", List.of("http_port 127.0.0.1:3128"), lines, List.of("acl nonsense nonsense"));
        assertThat(squid.run("-k", "parse", "-f", broken.toString()).exitCode()).isNotZero();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            wifi | dns.nxdomain  | name:push.apple.com
            wifi | dns.sinkhole  | all
            wifi | dns.refused   | all
            wifi | dns.silent    | all
            wifi | dns.truncated | all
            """)
    void unboundReadsIt(String place, String mechanism, String scope) throws Exception {
        Tool check = Tool.find("unbound-checkconf");
        List<String> lines = lines(Dialect.UNBOUND, place, mechanism, scope);
        Path file =
                file("unbound.conf", List.of("server:", "    chroot: \"\"", "    username: \"\""), lines, List.of());
        Tool.Outcome outcome = check.run(file.toString());
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        assertThat(outcome.said()).doesNotContain("warning", "error:");
        Path broken = file("broken.conf", List.of("server:"), lines, List.of("    local-zone: \"a.\" nonsense"));
        assertThat(check.run(broken.toString()).exitCode()).isNotZero();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            wifi | dns.nxdomain | name:push.apple.com
            wifi | dns.hijack   | all
            srv  | dns.sinkhole | all
            """)
    void aResponsePolicyZoneIsAZone(String place, String mechanism, String scope) throws Exception {
        Tool check = Tool.find("nsd-checkzone");
        List<String> zone =
                List.of("$TTL 60", "@ IN SOA localhost. root.localhost. 1 3600 600 86400 60", "@ IN NS localhost.");
        List<String> lines = lines(Dialect.RPZ, place, mechanism, scope);
        Path file = file("rpz.zone", zone, lines, List.of());
        Tool.Outcome outcome = check.run("rpz.campus.example", file.toString());
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        assertThat(outcome.said()).contains("is ok");
        Path broken = file("broken.zone", zone, lines, List.of("a CNAME"));
        assertThat(check.run("rpz.campus.example", broken.toString()).exitCode())
                .isNotZero();
    }

    /**
     * A box that drops what goes to 5223, before the remedy and with it. What the box forwards is here what it sends, so the
     * chain of the lines is that of its own connections.
     */
    @ParameterizedTest(name = "{0} to {2}")
    @CsvSource(delimiter = '|', textBlock = """
            nft -f               | 10.20.20.10       | 17.57.144.10     | nftables
            nft -f               | 2001:db8:0:20::10 | 2620:149:a44::5  | nftables
            iptables-restore -n  | 10.20.20.10       | 17.57.144.10     | iptables
            ip6tables-restore -n | 2001:db8:0:20::10 | 2620:149:a44::5  | ip6tables
            """)
    void whatWasDroppedPasses(String load, String from, String to, String dialect) throws Exception {
        Tool.find("nft");
        Tool.find("ip");
        Tool.find("socat");
        Tool.find(load.substring(0, load.indexOf(' ')));
        Tool shell = Tool.alone("bash");
        List<String> remedy = lines(Dialect.ofWord(dialect), "wifi", "tcp.drop", "tcp/5223").stream()
                .map(line -> line.replace("-I FORWARD 1", "-I OUTPUT 1"))
                .toList();
        file("remedy", List.of(), remedy, List.of());
        boolean six = to.indexOf(':') >= 0;
        String drop = dialect.equals("nftables")
                ? "nft 'add table inet filter; add chain inet filter forward { type filter hook output priority 0; };"
                        + " add rule inet filter forward tcp dport 5223 drop'"
                : load.substring(0, load.indexOf('-')) + " -A OUTPUT -p tcp --dport 5223 -j DROP";
        file(
                "try",
                List.of(),
                List.of("""
                set -e
                PATH=$PATH:/usr/sbin:/sbin
                ip link set lo up
                ip addr add FROM dev lo NODAD
                ip addr add TO dev lo NODAD
                DROP
                socat TCP-LISTEN:5223,bind=HOST,fork,reuseaddr,PF SYSTEM:'echo through' &
                listener=$!
                trap 'kill $listener' EXIT
                ask() { timeout 20 socat -u TCP:HOST:5223,bind=SOURCE,connect-timeout=$1 STDOUT 2>/dev/null || true; }
                for i in $(seq 300); do ss -ltn | grep -q :5223 && break; sleep 0.1; done
                echo "before: $(ask 2)"
                LOAD remedy
                echo "after: $(ask 15)"
                """.replace("FROM", from + (six ? "/128" : "/32"))
                        .replace("TO ", to + (six ? "/128 " : "/32 "))
                        .replace("NODAD", six ? "nodad" : "")
                        .replace("HOST", six ? "[" + to + "]" : to)
                        .replace("SOURCE", six ? "[" + from + "]" : from)
                        .replace("PF", six ? "pf=ip6" : "pf=ip4")
                        .replace("DROP\n", drop + "\n")
                        .replace("LOAD", load)),
                List.of());
        Tool.Outcome outcome = shell.run("-c", "cd '" + folder + "' && . ./try");
        assertThat(outcome.said()).isEqualTo("before: \nafter: through\n");
        assertThat(outcome.exitCode()).isZero();
    }
}
