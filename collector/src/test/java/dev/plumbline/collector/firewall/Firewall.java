package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.scope.Point;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Boxes with ordered rules: in each the first that matches decides, and what none matches passes. */
final class Firewall {
    private final Map<Box, List<FirewallRule>> rules = new EnumMap<>(Box.class);
    private final List<String> kinds = new ArrayList<>();

    /** Appends lines that one person wrote for one purpose. */
    void write(String kind, Box box, List<FirewallRule> lines) {
        kinds.add(kind);
        rules.computeIfAbsent(box, b -> new ArrayList<>()).addAll(lines);
    }

    /** What the purposes were, in order of writing; a kind as often as it was written. */
    List<String> kinds() {
        return List.copyOf(kinds);
    }

    /** What happens to the point, asked as this kind of probe does, at this box; empty when it passes. */
    Optional<Verb> deed(Box box, Point point, ProbeKind probe) {
        return decider(box, point, probe).map(FirewallRule::verb);
    }

    /** The rule that does it. */
    Optional<FirewallRule> decider(Box box, Point point, ProbeKind probe) {
        return rules.getOrDefault(box, List.of()).stream()
                .filter(r -> r.verb().concerns(probe) && r.matches(point))
                .findFirst()
                .filter(r -> r.verb() != Verb.ACCEPT);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rules.forEach((box, lines) -> lines.forEach(
                r -> text.append("    ").append(box).append(": ").append(r).append('\n')));
        return text.toString();
    }
}
