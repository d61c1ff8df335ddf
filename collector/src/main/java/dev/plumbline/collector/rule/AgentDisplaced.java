package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Environment;
import java.util.List;
import java.util.Optional;

/** The agent's source addresses lie in none of the segment's declared blocks: its facts are about another network. */
final class AgentDisplaced implements Mask {
    @Override
    public String id() {
        return "agent-displaced";
    }

    @Override
    public List<Claim> claims(SegmentReading segment) {
        List<Block> blocks =
                segment.segment().cidrs().stream().map(Block::around).toList();
        List<String> sources =
                segment.environment().map(Environment::sourceAddresses).orElse(List.of());
        boolean inside = sources.stream().anyMatch(a -> blocks.stream().anyMatch(b -> b.contains(a)));
        if (blocks.isEmpty() || sources.isEmpty() || inside) {
            return List.of();
        }
        List<Claim.Failing> all = Failures.allPoints(segment);
        if (all.isEmpty()) {
            return List.of();
        }
        return List.of(new Claim(
                id(),
                Mechanism.AGENT_DISPLACED,
                Optional.of(Scope.ALL),
                all,
                "the agent has " + String.join(" and ", sources) + ", the segment is declared as "
                        + String.join(", ", segment.segment().cidrs())));
    }
}
