package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.rules.IptablesMatch;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.List;

/** A chain of its own, of one family, made anew at each load; FORWARD jumps to it. */
final class IptablesRules {
    private final Draft draft;
    private final Family family;

    IptablesRules(Draft draft, Family family) {
        this.draft = draft;
        this.family = family;
    }

    void write() {
        String program = family == Family.IPV4 ? "iptables" : "ip6tables";
        String chain = draft.list.tag();
        draft.note("For " + program + "-restore --noflush FILE. Ahead of what drops, once: " + program
                + " -I FORWARD 1 -j " + chain + ".");
        if (draft.list.isWithout(family)) {
            draft.note(draft.list.place() + " declares no " + family + " block (cidrs): nothing is let out.");
        }
        Addressed addressed = new Addressed(draft.list);
        addressed.tell(draft, false);
        draft.line("*filter");
        draft.line(":" + chain + " - [0:0]");
        addressed.flows(family).forEach((flow, passes) -> {
            draft.cite(passes);
            rules(chain, flow).forEach(draft::line);
        });
        draft.line("COMMIT");
    }

    private List<String> rules(String chain, Flow flow) {
        List<String> rules = new ArrayList<>();
        List<Block> from = family.of(draft.list.from());
        List<String> sources = from.isEmpty()
                ? List.of("")
                : from.stream().map(Block::toString).toList();
        String mark = " -m comment --comment \"plumbline " + draft.list.edition() + "\" -j ACCEPT";
        for (Block to : flow.to()) {
            for (String source : sources) {
                for (String ports : IptablesMatch.ports(flow, "d")) {
                    rules.add("-A " + chain + end("-s", source) + " -d " + to + ports + mark);
                }
                for (String ports : IptablesMatch.ports(flow, "s")) {
                    rules.add("-A " + chain + " -s " + to + end("-d", source) + ports
                            + " -m conntrack --ctstate ESTABLISHED,RELATED" + mark);
                }
            }
        }
        return rules;
    }

    private static String end(String option, String block) {
        return block.isEmpty() ? "" : " " + option + " " + block;
    }
}
