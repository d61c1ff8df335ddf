package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.rules.IptablesMatch;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.List;

/** Rules at the head of the built-in chains, of one family: iptables-save keeps the families apart, too. */
final class Iptables implements Writer {
    private final Dialect dialect;
    private final Family family;

    private Iptables(Dialect dialect, Family family) {
        this.dialect = dialect;
        this.family = family;
    }

    static Iptables four() {
        return new Iptables(Dialect.IPTABLES, Family.IPV4);
    }

    static Iptables six() {
        return new Iptables(Dialect.IP6TABLES, Family.IPV6);
    }

    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (need.asks(Change.PASS)) {
            pass(lines, need, need.flows(family));
        }
        if (need.asks(Change.QUESTIONS)) {
            List<Flow> ours =
                    need.questions().stream().filter(f -> f.family() == family).toList();
            if (!ours.isEmpty()) {
                lines.add(dialect.comment("Where the box itself resolves, the chain is INPUT."));
                pass(lines, need, ours);
            }
        }
        if (need.asks(Change.BYPASS)) {
            bypass(lines, need);
        }
        if (need.asks(Change.SIZE) && !need.isWithout(family)) {
            size(lines, need);
        }
        if (need.asks(Change.DENY)) {
            deny(lines, need);
        }
        return lines;
    }

    private void deny(List<String> lines, Need need) {
        List<String> rules = new ArrayList<>();
        for (Flow flow : need.reached()) {
            if (flow.family() == family) {
                for (Pair pair : pairs(need, flow)) {
                    for (String ports : IptablesMatch.ports(flow, "d")) {
                        rules.add("-I FORWARD 1" + pair.out() + ports + mark(need)
                                + " -j REJECT --reject-with tcp-reset");
                    }
                }
            }
        }
        if (!rules.isEmpty()) {
            lines.add(dialect.comment("The addresses are those at which it was reached."));
        }
        table(lines, "filter", rules);
    }

    private void pass(List<String> lines, Need need, List<Flow> flows) {
        List<String> rules = new ArrayList<>();
        for (Flow flow : flows) {
            for (Pair pair : pairs(need, flow)) {
                List<String> out = IptablesMatch.ports(flow, "d");
                List<String> back = IptablesMatch.ports(flow, "s");
                for (int i = 0; i < out.size(); i++) {
                    rules.add("-I FORWARD 1" + pair.out() + out.get(i) + mark(need) + " -j ACCEPT");
                    rules.add("-I FORWARD 1" + pair.back() + back.get(i) + " -m conntrack --ctstate ESTABLISHED,RELATED"
                            + mark(need) + " -j ACCEPT");
                }
            }
        }
        table(lines, "filter", rules);
    }

    private void bypass(List<String> lines, Need need) {
        List<String> rules = new ArrayList<>();
        for (Flow flow : need.flows(family)) {
            for (Pair pair : pairs(need, flow)) {
                for (String ports : IptablesMatch.ports(flow, "d")) {
                    rules.add("-I PREROUTING 1" + pair.out() + ports + mark(need) + " -j ACCEPT");
                }
            }
        }
        if (!rules.isEmpty()) {
            lines.add(dialect.comment("Where TPROXY diverts, the table is mangle."));
        }
        table(lines, "nat", rules);
    }

    private void size(List<String> lines, Need need) {
        List<String> to = need.from(family).isEmpty()
                ? List.of("")
                : need.from(family).stream().map(b -> " -d " + b).toList();
        String tooBig = family == Family.IPV4
                ? " -p icmp --icmp-type fragmentation-needed"
                : " -p ipv6-icmp --icmpv6-type packet-too-big";
        table(
                lines,
                "filter",
                to.stream()
                        .map(d -> "-I FORWARD 1" + d + tooBig + mark(need) + " -j ACCEPT")
                        .toList());
        lines.add(dialect.comment("This helps where the ICMP is lost further on."));
        table(
                lines,
                "mangle",
                List.of("-I FORWARD 1 -p tcp --tcp-flags SYN,RST SYN" + mark(need) + " -j TCPMSS --clamp-mss-to-pmtu"));
    }

    private static void table(List<String> lines, String name, List<String> rules) {
        if (!rules.isEmpty()) {
            lines.add("*" + name);
            lines.addAll(rules);
            lines.add("COMMIT");
        }
    }

    private record Pair(String out, String back) {}

    private static List<Pair> pairs(Need need, Flow flow) {
        List<Pair> pairs = new ArrayList<>();
        for (Block to : flow.to()) {
            if (need.from(flow.family()).isEmpty()) {
                pairs.add(new Pair(" -d " + to, " -s " + to));
            }
            for (Block from : need.from(flow.family())) {
                pairs.add(new Pair(" -s " + from + " -d " + to, " -s " + to + " -d " + from));
            }
        }
        return pairs;
    }

    private static String mark(Need need) {
        return " -m comment --comment \"plumbline " + need.mark() + "\"";
    }
}
