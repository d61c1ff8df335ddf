package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One atom of a scope as somebody who writes a rule needs it: which families and blocks it speaks of, and which targets it meets,
 * whatever their addresses are just now. Exceptions ({@code !name:...}, {@code !CIDR}) need no remedy.
 */
final class Reach {
    private final Scope subject;
    private final List<Scope> exceptions = new ArrayList<>();
    private final Set<Family> families = EnumSet.allOf(Family.class);
    private final List<Block> blocks = new ArrayList<>();
    private boolean familyGiven;
    private boolean addressed;

    private Reach(String atom) {
        List<String> kept = new ArrayList<>();
        for (String part : atom.split("@", -1)) {
            if (part.startsWith("!name:")) {
                exceptions.add(Scope.parse(part.substring(1)));
            } else if (part.startsWith("name:")) {
                kept.add(part);
            } else if (part.equals("all") || part.startsWith("tcp/") || part.startsWith("udp/")) {
                kept.add(part);
            } else if (!part.startsWith("!")) {
                restrict(part);
            }
        }
        subject = Scope.parse(kept.isEmpty() ? "all" : String.join("@", kept));
    }

    private void restrict(String part) {
        switch (part) {
            case "ipv4" -> only(Family.IPV4);
            case "ipv6" -> only(Family.IPV6);
            case "apple" -> addressed = true;
            default -> {
                Block block = Block.parse(part);
                addressed = true;
                blocks.add(block);
                only(Family.of(block));
            }
        }
    }

    private void only(Family family) {
        familyGiven = true;
        families.retainAll(EnumSet.of(family));
    }

    static List<Reach> of(Scope scope) {
        return scope.atoms().stream().map(a -> of(a.toString())).toList();
    }

    /** Of an atom's text. */
    static Reach of(String atom) {
        return new Reach(atom);
    }

    /** Those of the families that it speaks of. */
    boolean isOf(Family family) {
        return families.contains(family);
    }

    /** It speaks of this family and of no other. */
    boolean isOnly(Family family) {
        return familyGiven && isOf(family);
    }

    /**
     * True when it may meet the target.
     *
     * @param explained targets that the finding names: where the atom speaks of addresses, no name tells whether it is met
     */
    boolean meets(Target target, Set<TargetId> explained) {
        List<String> names = new ArrayList<>(target.hosts());
        names.add(target.serverName());
        Point point = Point.of(names, target.transport(), target.port(), Optional.empty());
        return subject.matches(point)
                && exceptions.stream().noneMatch(e -> e.matches(point))
                && (!addressed || explained.isEmpty() || explained.contains(target.id()));
    }

    /** Where a packet filter finds the target; empty where only its name tells. */
    List<Block> destinations(Family family, Target target) {
        if (!isOf(family)) {
            return List.of();
        }
        // How far a block outside Apple's network reaches was guessed from what failed: nothing is opened by a guess.
        if (blocks.stream().anyMatch(b -> !Block.isApple(b.network()))) {
            return List.of();
        }
        return Names.isApples(target.host()) ? family.apple() : List.of();
    }
}
