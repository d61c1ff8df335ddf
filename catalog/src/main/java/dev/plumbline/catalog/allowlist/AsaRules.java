package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.AsaGroups;
import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Lines of a Cisco ASA (9.0 and later): object groups for blocks, and objects that it looks up for single names. */
final class AsaRules {
    private static final String LIST = "inside_access_in";

    private final Draft draft;
    private final Addressed addressed;
    private final AsaGroups groups;
    private final List<String> entries = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();

    AsaRules(Draft draft) {
        this.draft = draft;
        this.addressed = new Addressed(draft.list);
        this.groups = new AsaGroups(draft.list.tag());
    }

    void write() {
        draft.note("In the place of " + LIST
                + " name the access list of the segment's interface. Objects with fqdn need dns"
                + " domain-lookup, and the same resolver as the segment's hosts.");
        addressed.tell(draft, true);
        for (Family family : Family.values()) {
            addressed.flows(family).forEach(this::blocks);
            if (!draft.list.isWithout(family)) {
                named(family);
            }
        }
        draft.lines(groups.lines());
        draft.lines(objects);
        draft.lines(entries);
    }

    private void blocks(Flow flow, List<Pass> passes) {
        passes.forEach(p -> entries.add(Format.ASA.comment(p.said() + ": " + p.cited())));
        String to = groups.of("to", flow.family(), flow.to());
        flow.ports().forEach(port -> entries.add(permit(flow.transport().word(), flow.family(), to, port)));
    }

    /** Names outside Apple's blocks, and those that may leave them. */
    private void named(Family family) {
        TreeSet<String> declared = new TreeSet<>();
        for (Pass pass : draft.list.passes()) {
            boolean needed = addressed.blocks(pass).isEmpty() || addressed.mayWander(pass);
            if (needed && !pass.isWildcard()) {
                String object = draft.list.tag() + "_" + (family == Family.IPV4 ? "4_" : "6_") + pass.host();
                String name = object.length() <= 64
                        ? object
                        : object.substring(0, 55) + "_" + Integer.toHexString(object.hashCode());
                if (declared.add(name)) {
                    objects.add("object network " + name);
                    objects.add(" fqdn " + (family == Family.IPV4 ? "v4 " : "v6 ") + pass.host());
                }
                entries.add(Format.ASA.comment(pass.said() + ": " + pass.cited()));
                entries.add(permit(pass.transport().word(), family, "object " + name, pass.port()));
            }
        }
    }

    private String permit(String transport, Family family, String to, int port) {
        List<Block> from = family.of(draft.list.from());
        return "access-list " + LIST + " extended permit " + transport + " "
                + (from.isEmpty() ? AsaGroups.any(family) : groups.of("from", family, from)) + " " + to + " eq " + port;
    }
}
