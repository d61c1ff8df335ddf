package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.rules.NftablesMatch;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.List;

/** Rules at the head of a chain that exists: an accept in a chain of our own would not keep another chain from dropping. */
final class Nftables implements Writer {
    private static final String FORWARD = "insert rule inet filter forward ";
    private static final String DIVERT = "insert rule inet nat prerouting ";

    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (need.asks(Change.PASS)) {
            pass(lines, need, need.flows(), "the chain that stops them");
        }
        if (need.asks(Change.QUESTIONS)) {
            pass(
                    lines,
                    need,
                    need.questions(),
                    "the chain that stops them, which is input where the box itself resolves");
        }
        if (need.asks(Change.BYPASS)) {
            bypass(lines, need);
        }
        if (need.asks(Change.MEMORY)) {
            remember(lines, need);
        }
        if (need.asks(Change.SIZE)) {
            size(lines, need);
        }
        if (need.asks(Change.DENY)) {
            deny(lines, need);
        }
        return lines;
    }

    private static void deny(List<String> lines, Need need) {
        List<Flow> flows = need.reached();
        if (flows.isEmpty()) {
            return;
        }
        lines.add(
                hint("In the place of \"inet filter forward\" name the chain that lets them through. The addresses are"
                        + " those at which it was reached."));
        for (Flow flow : flows) {
            lines.add(FORWARD + address(flow, "saddr", need.from(flow.family())) + address(flow, "daddr", flow.to())
                    + NftablesMatch.ports(flow, "dport") + " reject with tcp reset" + mark(need));
        }
    }

    private static void pass(List<String> lines, Need need, List<Flow> flows, String chain) {
        if (flows.isEmpty()) {
            return;
        }
        lines.add(hint("In the place of \"inet filter forward\" name " + chain + "."));
        for (Flow flow : flows) {
            List<Block> from = need.from(flow.family());
            lines.add(FORWARD + address(flow, "saddr", from) + address(flow, "daddr", flow.to())
                    + NftablesMatch.ports(flow, "dport") + " accept" + mark(need));
            lines.add(FORWARD + address(flow, "saddr", flow.to()) + address(flow, "daddr", from)
                    + NftablesMatch.ports(flow, "sport") + " ct state established,related accept" + mark(need));
        }
    }

    private static void bypass(List<String> lines, Need need) {
        List<Flow> flows = need.flows();
        if (flows.isEmpty()) {
            return;
        }
        lines.add(
                hint(
                        "In the place of \"inet nat prerouting\" name the chain that diverts them (nat, or mangle for TPROXY)."));
        for (Flow flow : flows) {
            lines.add(DIVERT + address(flow, "saddr", need.from(flow.family())) + address(flow, "daddr", flow.to())
                    + NftablesMatch.ports(flow, "dport") + " accept" + mark(need));
        }
    }

    private static void remember(List<String> lines, Need need) {
        List<Flow> flows = need.flows();
        if (flows.isEmpty()) {
            return;
        }
        lines.add(hint(
                "In the place of \"inet filter forward\" name a chain that sees the first packet. Connections of before keep"
                        + " their timer."));
        for (Flow flow : flows) {
            String timer = need.tag() + (flow.family() == Family.IPV6 ? "_6" : "_4");
            lines.add("add ct timeout inet filter " + timer + " { protocol tcp; l3proto " + layer(flow)
                    + "; policy = { established: " + Quiet.SECONDS + " }; }");
            lines.add(FORWARD + address(flow, "saddr", need.from(flow.family()))
                    + address(flow, "daddr", flow.to()) + NftablesMatch.ports(flow, "dport") + " ct timeout set \""
                    + timer + "\""
                    + mark(need));
        }
    }

    private static void size(List<String> lines, Need need) {
        lines.add(hint(
                "In the place of \"inet filter forward\" name the chain that stops them. The rules for maxseg help where the"
                        + " ICMP is lost further on."));
        for (Family family : Family.values()) {
            if (need.isWithout(family)) {
                continue;
            }
            String to = NftablesMatch.address(family, "daddr", need.from(family));
            String tooBig = family == Family.IPV4
                    ? "icmp type destination-unreachable icmp code frag-needed"
                    : "icmpv6 type packet-too-big";
            lines.add(FORWARD + to + tooBig + " accept" + mark(need));
            String meta = "meta nfproto " + (family == Family.IPV4 ? "ipv4" : "ipv6") + " ";
            // Without addresses both ways are one line.
            for (String way : need.from(family).isEmpty() ? List.of("saddr") : List.of("saddr", "daddr")) {
                lines.add(FORWARD + meta + NftablesMatch.address(family, way, need.from(family))
                        + "tcp flags syn tcp option maxseg size set rt mtu" + mark(need));
            }
        }
    }

    private static String hint(String text) {
        return Dialect.NFTABLES.comment(text);
    }

    private static String mark(Need need) {
        return " comment \"plumbline " + need.mark() + "\"";
    }

    private static String layer(Flow flow) {
        return layer(flow.family());
    }

    private static String layer(Family family) {
        return family == Family.IPV4 ? "ip" : "ip6";
    }

    private static String address(Flow flow, String end, List<Block> blocks) {
        return NftablesMatch.address(flow.family(), end, blocks);
    }
}
