package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of a Cisco ASA (9.0 and later, where one access list holds both families). */
final class Asa implements Writer {
    private static final String INSIDE = "inside_access_in";
    private static final String OUTSIDE = "outside_access_in";

    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (need.asks(Change.PASS)) {
            pass(lines, need, need.flows());
        }
        if (need.asks(Change.QUESTIONS)) {
            pass(lines, need, need.questions());
        }
        if (need.asks(Change.MEMORY)) {
            remember(lines, need);
        }
        if (need.asks(Change.SIZE)) {
            size(lines, need);
        }
        if (need.asks(Change.DENY)) {
            first(lines, need, need.reached(), "deny", "; the addresses are those at which it was reached.");
        }
        return lines;
    }

    private static void pass(List<String> lines, Need need, List<Flow> flows) {
        first(lines, need, flows, "permit", "; answers pass by state.");
    }

    /** At the head of the list, so that nothing before it says otherwise. */
    private static void first(List<String> lines, Need need, List<Flow> flows, String what, String hint) {
        if (flows.isEmpty()) {
            return;
        }
        lines.add(hint("In the place of " + INSIDE + " name the access list of the segment's interface" + hint));
        Groups groups = new Groups(need.tag());
        List<String> entries = new ArrayList<>();
        for (Flow flow : flows) {
            entries.addAll(entries(need, groups, "access-list " + INSIDE + " line 1 extended " + what + " ", flow));
        }
        lines.addAll(groups.lines());
        lines.addAll(entries);
    }

    private static void remember(List<String> lines, Need need) {
        List<Flow> flows = need.flows();
        if (flows.isEmpty()) {
            return;
        }
        String name = need.tag() + "_quiet";
        Groups groups = new Groups(need.tag());
        List<String> entries = new ArrayList<>();
        for (Flow flow : flows) {
            entries.addAll(entries(need, groups, "access-list " + name + " extended permit ", flow));
        }
        lines.addAll(groups.lines());
        lines.addAll(entries);
        lines.add("class-map " + name);
        lines.add(" match access-list " + name);
        lines.add("policy-map global_policy");
        lines.add(" class " + name);
        lines.add("  set connection timeout idle " + Quiet.HOURS);
    }

    private static void size(List<String> lines, Need need) {
        lines.add(hint("In the place of " + OUTSIDE + " name the access list of the interface that leads out."));
        Groups groups = new Groups(need.tag());
        List<String> entries = new ArrayList<>();
        for (Family family : Family.values()) {
            if (!need.isWithout(family)) {
                String to = from(need, groups, family);
                entries.add("access-list " + OUTSIDE + " line 1 extended permit "
                        + (family == Family.IPV4
                                ? "icmp any4 " + to + " unreachable"
                                : "icmp6 any6 " + to + " packet-too-big"));
            }
        }
        lines.addAll(groups.lines());
        lines.addAll(entries);
    }

    private static List<String> entries(Need need, Groups groups, String begin, Flow flow) {
        String ends = from(need, groups, flow.family()) + " " + groups.of("to", flow.family(), flow.to());
        return flow.ports().stream()
                .map(port -> begin + flow.transport().word() + " " + ends + " eq " + port)
                .toList();
    }

    private static String from(Need need, Groups groups, Family family) {
        List<Block> from = need.from(family);
        return from.isEmpty() ? any(family) : groups.of("from", family, from);
    }

    private static String any(Family family) {
        return family == Family.IPV4 ? "any4" : "any6";
    }

    private static String hint(String text) {
        return Dialect.ASA.comment(text);
    }

    /** Object groups, each declared once. */
    private static final class Groups {
        private final String tag;
        private final Map<List<Block>, String> names = new LinkedHashMap<>();
        private final List<String> lines = new ArrayList<>();

        Groups(String tag) {
            this.tag = tag;
        }

        String of(String end, Family family, List<Block> blocks) {
            return "object-group " + names.computeIfAbsent(blocks, b -> declare(end, family, b));
        }

        private String declare(String end, Family family, List<Block> blocks) {
            String name = tag + "_" + end + (family == Family.IPV4 ? "_4" : "_6")
                    + (names.isEmpty() ? "" : "_" + names.size());
            lines.add("object-group network " + name);
            blocks.forEach(b -> lines.add(" network-object " + object(b)));
            return name;
        }

        List<String> lines() {
            return lines;
        }

        private static String object(Block block) {
            if (block.isIpv6()) {
                return block.toString();
            }
            return block.prefix() == 32 ? "host " + block.network() : block.network() + " " + mask(block.prefix());
        }

        private static String mask(int prefix) {
            List<String> octets = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int ones = Math.max(0, Math.min(8, prefix - 8 * i));
                octets.add(Integer.toString(256 - (1 << (8 - ones))));
            }
            return String.join(".", octets);
        }
    }
}
