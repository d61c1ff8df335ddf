package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names, or blocks of one family, one a line, for firewalls that load a list. */
final class PlainLists {
    private PlainLists() {}

    static void names(Draft draft) {
        ports(draft, draft.list.passes());
        draft.list.passes().stream()
                .filter(Pass::isBlock)
                .forEach(p -> draft.gap(p, "an address block and no name; it is in list-ipv4 or list-ipv6"));
        List<Pass> named =
                draft.list.passes().stream().filter(p -> !p.isBlock()).toList();
        for (String name : Names.shortest(named.stream().map(Pass::host).toList())) {
            draft.cite(named.stream()
                    .filter(p -> p.host().equals(name) || Names.covers(name, p.host()))
                    .toList());
            draft.line(name);
        }
    }

    static void blocks(Draft draft, Family family) {
        Addressed addressed = new Addressed(draft.list);
        addressed.tell(draft, false);
        Map<Block, List<Pass>> blocks = new LinkedHashMap<>();
        for (Pass pass : draft.list.passes()) {
            family.of(addressed.blocks(pass).orElse(List.of()))
                    .forEach(b ->
                            blocks.computeIfAbsent(b, x -> new ArrayList<>()).add(pass));
        }
        ports(draft, blocks.values().stream().flatMap(List::stream).toList());
        List<Pass> cited = List.of();
        for (Map.Entry<Block, List<Pass>> entry : blocks.entrySet()) {
            if (!entry.getValue().equals(cited)) {
                cited = entry.getValue();
                draft.cite(cited);
            }
            draft.line(entry.getKey().toString());
        }
    }

    private static void ports(Draft draft, List<Pass> passes) {
        draft.note("A list says nothing of ports; the rule that loads it needs no more than "
                + passes.stream()
                        .map(p -> p.transport().word() + "/" + p.port())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
