package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.AsaGroups;
import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.List;

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
        AsaGroups groups = new AsaGroups(need.tag());
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
        AsaGroups groups = new AsaGroups(need.tag());
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
        AsaGroups groups = new AsaGroups(need.tag());
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

    private static List<String> entries(Need need, AsaGroups groups, String begin, Flow flow) {
        String ends = from(need, groups, flow.family()) + " " + groups.of("to", flow.family(), flow.to());
        return flow.ports().stream()
                .map(port -> begin + flow.transport().word() + " " + ends + " eq " + port)
                .toList();
    }

    private static String from(Need need, AsaGroups groups, Family family) {
        List<Block> from = need.from(family);
        return from.isEmpty() ? AsaGroups.any(family) : groups.of("from", family, from);
    }

    private static String hint(String text) {
        return Dialect.ASA.comment(text);
    }
}
