package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.Family;
import java.util.List;

/** The destinations of one family, one block a line. */
final class BlockList implements Writer {
    private final Family family;

    BlockList(Family family) {
        this.family = family;
    }

    @Override
    public List<String> write(Need need) {
        if (!need.asks(Change.PASS, Change.BYPASS, Change.TELL)) {
            return List.of();
        }
        return need.flows(family).stream()
                .flatMap(flow -> flow.to().stream())
                .distinct()
                .map(Object::toString)
                .toList();
    }
}
