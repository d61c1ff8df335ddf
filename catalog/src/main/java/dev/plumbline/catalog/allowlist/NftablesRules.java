package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.NftablesMatch;
import dev.plumbline.catalog.scope.Block;
import java.util.List;

/** A chain of its own in the table that filters, made anew at each load; the chain that drops jumps to it. */
final class NftablesRules {
    private static final String TABLE = "inet filter";

    private final Draft draft;

    NftablesRules(Draft draft) {
        this.draft = draft;
    }

    void write() {
        Addressed addressed = new Addressed(draft.list);
        String chain = TABLE + " " + draft.list.tag();
        draft.note("For nft -f FILE. In the chain that drops, ahead of it, once: nft insert rule " + TABLE
                + " forward jump " + draft.list.tag() + " (in the place of \"" + TABLE
                + "\" name the table of that chain here as well).");
        addressed.tell(draft, false);
        draft.line("add table " + TABLE);
        draft.line("add chain " + chain);
        draft.line("flush chain " + chain);
        for (Family family : Family.values()) {
            List<Block> from = family.of(draft.list.from());
            addressed.flows(family).forEach((flow, passes) -> {
                draft.cite(passes);
                rule(
                        chain,
                        NftablesMatch.address(family, "saddr", from)
                                + NftablesMatch.address(family, "daddr", flow.to())
                                + NftablesMatch.ports(flow, "dport"),
                        "");
                rule(
                        chain,
                        NftablesMatch.address(family, "saddr", flow.to())
                                + NftablesMatch.address(family, "daddr", from)
                                + NftablesMatch.ports(flow, "sport"),
                        " ct state established,related");
            });
        }
    }

    private void rule(String chain, String match, String state) {
        draft.line("add rule " + chain + " " + match + state + " accept comment \"plumbline " + draft.list.edition()
                + "\"");
    }
}
