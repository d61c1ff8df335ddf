package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.rules.Flows;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An allow-list for boxes that know addresses alone: which blocks stand for which pairs, family by family. */
final class Addressed {
    private record Way(Transport transport, List<Block> to) {}

    private final Allowlist list;

    Addressed(Allowlist list) {
        this.list = list;
    }

    /** Where a packet filter finds a host: its block, what somebody gave, Apple's blocks; nothing where only its name tells. */
    Optional<List<Block>> blocks(Pass pass) {
        if (pass.isBlock()) {
            return Optional.of(List.of(Block.around(pass.host())));
        }
        List<Block> given = list.addresses().get(pass.host());
        if (given != null) {
            return Optional.of(given);
        }
        return Names.isApples(Names.base(pass.host())) ? Optional.of(Block.APPLE) : Optional.empty();
    }

    /** Some hosts of Apple's may answer from content networks that no block of Apple's holds. */
    boolean mayWander() {
        return list.passes().stream().anyMatch(this::mayWander);
    }

    boolean mayWander(Pass pass) {
        String base = Names.base(pass.host());
        return !pass.isBlock()
                && !list.addresses().containsKey(pass.host())
                && Names.isApples(base)
                && !Names.isAtHome(base);
    }

    /** What the box lets out, with those who ask for each. Ports of the same destinations are one flow. */
    Map<Flow, List<Pass>> flows(Family family) {
        Map<Flow, List<Pass>> all = new LinkedHashMap<>();
        if (list.isWithout(family)) {
            return all;
        }
        Flows flows = new Flows();
        list.passes().forEach(p -> flows.add(family, p.transport(), p.port(), to(p, family)));
        for (Flow flow : flows.all()) {
            Way way = new Way(flow.transport(), flow.to());
            all.put(
                    flow,
                    list.passes().stream()
                            .filter(p -> new Way(p.transport(), to(p, family)).equals(way))
                            .toList());
        }
        return all;
    }

    private List<Block> to(Pass pass, Family family) {
        return family.of(blocks(pass).orElse(List.of()));
    }

    /** Tells what addresses cannot say. */
    void tell(Draft draft, boolean namesToo) {
        for (Pass pass : list.passes()) {
            if (blocks(pass).isEmpty() && !(namesToo && !pass.isWildcard())) {
                draft.gap(
                        pass,
                        namesToo
                                ? "outside Apple's network, and the box looks up no wildcard; give its blocks with --address"
                                : "outside Apple's network, where no block of addresses is known; let it out by name"
                                        + " (list-names, squid), or give its blocks with --address");
            }
        }
        if (mayWander()) {
            draft.note(
                    "Hosts of Apple's are let out by Apple's whole blocks; some may answer from content networks outside of"
                            + " them: where a box on the way can, let those out by name as well (list-names).");
        }
        if (list.from().isEmpty()) {
            draft.note(list.place() + " declares no addresses (cidrs): these lines hold for every source.");
        }
        draft.note("DNS to your resolvers is not among these rows; answers to what goes out pass by state.");
    }
}
