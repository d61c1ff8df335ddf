package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a firewall does to every target of the broken segment at every address, as the boxes have it and nobody guessed. */
final class Truth {
    /**
     * @param box where it ended, empty when it passed
     * @param mechanism what ended it there
     */
    record Fate(Point point, Optional<Box> box, Optional<Mechanism> mechanism) {
        boolean passes() {
            return box.isEmpty();
        }

        boolean is(Mechanism one) {
            return mechanism.filter(m -> m == one).isPresent();
        }
    }

    private final World world;
    private final Firewall firewall;
    private final Noise noise;
    private final boolean familyBroken;
    private final Map<Target, List<Fate>> fates = new LinkedHashMap<>();

    Truth(World world, Firewall firewall, Noise noise) {
        this.noise = noise;
        this.world = world;
        this.firewall = firewall;
        this.familyBroken = isFamilyBroken();
        for (Target target : looked()) {
            fates.put(
                    target,
                    world.points(target).stream().map(p -> fate(target, p)).toList());
        }
    }

    /** The family is broken as such where none of its addresses passes the filter and one of the other family does. */
    private boolean isFamilyBroken() {
        boolean six = true;
        boolean four = false;
        for (Target target : looked()) {
            for (Point point : world.points(target)) {
                boolean passes =
                        firewall.deed(Box.PACKETS, point, target.probe()).isEmpty();
                if (point.address().filter(a -> a.indexOf(':') >= 0).isPresent()) {
                    six &= !passes;
                } else {
                    four |= passes;
                }
            }
        }
        return six && four;
    }

    private List<Target> looked() {
        return world.plan(World.BROKEN).targets().stream()
                .filter(t -> !t.probe().asksNamesOnly() && t.retiredOn().isEmpty())
                .toList();
    }

    private Fate fate(Target target, Point point) {
        Point asked =
                new Point(Set.of(target.hostInRound(World.ROUND)), target.transport(), target.port(), Optional.empty());
        for (Box box : Box.values()) {
            Optional<FirewallRule> rule = firewall.decider(box, box == Box.RESOLVER ? asked : point, target.probe());
            if (rule.isPresent()) {
                return new Fate(point, Optional.of(box), rule.map(r -> r.mechanism(target.transport(), familyBroken)));
            }
        }
        return new Fate(point, Optional.empty(), Optional.empty());
    }

    /** Every target that was looked at, controls too. */
    Map<Target, List<Fate>> fates() {
        return fates;
    }

    List<Fate> of(Target target) {
        return fates.getOrDefault(target, List.of());
    }

    /**
     * A silence that is not told from two dead servers: at most two addresses of at most two names, whose other addresses
     * answer. Nobody is accused of so little.
     */
    boolean isTooLittle(Mechanism mechanism) {
        List<List<Fate>> met = fates.values().stream()
                .filter(of -> of.stream().anyMatch(f -> f.is(mechanism)))
                .toList();
        boolean silent = mechanism == Mechanism.TCP_DROP || mechanism == Mechanism.UDP_SILENT;
        return silent
                && met.size() <= 2
                && met.stream()
                        .allMatch(of -> of.stream().anyMatch(Fate::passes)
                                && of.stream().filter(f -> f.is(mechanism)).count() <= 2);
    }

    /** What must be explained, where a second try confirmed it: targets with each mechanism that some address of theirs met. */
    Map<Target, List<Mechanism>> owed(boolean requiredOnly) {
        Map<Target, List<Mechanism>> owed = new LinkedHashMap<>();
        for (Target target : world.judged()) {
            if (noise.unconfirmed().contains(target.id())) {
                continue;
            }
            boolean required = world.isRequired(target);
            List<Mechanism> met = new ArrayList<>();
            for (Fate fate : of(target)) {
                // To deny an optional name is an administrator's choice.
                boolean counts = required
                        || (!requiredOnly
                                && fate.box().filter(b -> b != Box.RESOLVER).isPresent());
                fate.mechanism().filter(m -> counts && !met.contains(m)).ifPresent(met::add);
            }
            if (!met.isEmpty()) {
                owed.put(target, met);
            }
        }
        return owed;
    }
}
