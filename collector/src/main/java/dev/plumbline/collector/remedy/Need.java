package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.rules.Family;
import dev.plumbline.catalog.rules.Flow;
import dev.plumbline.catalog.rules.Flows;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has to be written, in whatever language: a work order read for its families, flows and names. */
final class Need {
    private static final int DNS = 53;

    private static final List<Block> ANYWHERE = List.of(Block.parse("0.0.0.0/0"), Block.parse("::/0"));

    /** The host's own addresses and those of its link. */
    private static final List<Block> NEVER_ROUTED = List.of(
            Block.parse("127.0.0.0/8"),
            Block.parse("169.254.0.0/16"),
            Block.parse("::1/128"),
            Block.parse("fe80::/10"));

    private final WorkOrder order;
    private final Set<Change> changes;
    private final List<Reach> reaches;
    private final List<Target> met;
    private final List<Block> sources;

    Need(WorkOrder order) {
        this.order = order;
        this.changes = Change.of(order.finding().mechanism());
        this.reaches = Reach.of(order.finding().scope());
        this.sources = order.cidrs().stream().map(Block::around).toList();
        Set<TargetId> explained = new HashSet<>(order.finding().targets());
        this.met = order.targets().stream()
                .filter(t -> !t.probe().asksNamesOnly() || changes.contains(Change.TRUE_NAMES))
                .filter(t -> !order.finding().mechanism().isOfAge() || t.probe() == ProbeKind.COURIER)
                .filter(t -> reaches.stream().anyMatch(r -> r.meets(t, explained)))
                .toList();
    }

    Finding finding() {
        return order.finding();
    }

    boolean asks(Change change) {
        return changes.contains(change) && (change == Change.DENY || !met.isEmpty());
    }

    /** Any of these. */
    boolean asks(Change one, Change... others) {
        return asks(one) || Arrays.stream(others).anyMatch(this::asks);
    }

    /** Finding, place, mechanism and scope, and who asks for the first of the targets: for the comments above the lines. */
    List<String> about() {
        List<String> about = new ArrayList<>();
        about.add("Plumbline's finding " + order.id() + ": " + mark() + " "
                + finding().scope());
        if (changes.contains(Change.DENY)) {
            about.add("asked for by must-not-reach of " + finding().place() + ", in the site's configuration");
            return about;
        }
        met.stream()
                .filter(t -> finding().targets().contains(t.id()))
                .findFirst()
                .or(() -> met.stream().findFirst())
                .ifPresent(t -> about.addAll(Citation.of(t, order.catalog(), order.edition())));
        if (met.size() > 1) {
            about.add("and as much for " + (met.size() - 1) + (met.size() == 2 ? " other target" : " other targets")
                    + " that the finding meets");
        }
        return about;
    }

    /** Short, for comments within rules. */
    String mark() {
        return finding().place() + " " + finding().mechanism().id();
    }

    /** A word for objects that the lines declare, the same for the same finding. */
    String tag() {
        return "plumbline_" + Integer.toHexString(order.id().hashCode());
    }

    /** Empty = every source. */
    List<Block> from(Family family) {
        return family.of(sources);
    }

    List<Block> from() {
        return sources;
    }

    /** The place declares addresses, and none of this family: nobody there has any, unless the finding says so. */
    boolean isWithout(Family family) {
        return !sources.isEmpty() && from(family).isEmpty() && reaches.stream().noneMatch(r -> r.isOnly(family));
    }

    /** What a packet filter can let out, or leave alone: by family, transport and destination. */
    List<Flow> flows() {
        Flows flows = new Flows();
        Set<TargetId> explained = new HashSet<>(finding().targets());
        for (Family family : Family.values()) {
            for (Target target : isWithout(family) ? List.<Target>of() : met) {
                for (Reach reach : reaches) {
                    if (reach.meets(target, explained)) {
                        flows.add(family, target.transport(), target.port(), reach.destinations(family, target));
                    }
                }
            }
        }
        return flows.all();
    }

    List<Flow> flows(Family family) {
        return flows().stream().filter(f -> f.family() == family).toList();
    }

    /** Questions to the resolvers that the witnesses asked, as far as they lie beyond a packet filter. */
    List<Flow> questions() {
        Flows flows = new Flows();
        for (Witness witness : finding().witnesses()) {
            if (witness.remote().port() == DNS) {
                routed(witness)
                        .ifPresent(resolver -> List.of(Transport.TCP, Transport.UDP)
                                .forEach(over -> flows.add(Family.of(resolver), over, DNS, List.of(resolver))));
            }
        }
        return flows.all();
    }

    /** Whom a witness spoke to; nobody for an address that means something on the agent's host or link alone, as one with a zone. */
    private static Optional<Block> routed(Witness witness) {
        String address = witness.remote().address();
        boolean routed = ANYWHERE.stream().anyMatch(b -> b.contains(address))
                && NEVER_ROUTED.stream().noneMatch(b -> b.contains(address));
        return routed
                ? Optional.of(Block.around(address + (witness.remote().isIpv6() ? "/128" : "/32")))
                : Optional.empty();
    }

    List<String> names() {
        return Names.of(met, order.edition());
    }

    /** Names of hosts that lie outside Apple's network for certain, and which no packet filter can be told of. */
    List<String> strangers() {
        return Names.of(met.stream().filter(t -> !Names.isApples(t.host())).toList(), order.edition());
    }

    /**
     * What has to be denied: the ports at the addresses at which they were reached. None where the place declares no
     * addresses, for then the lines would deny it to everybody.
     */
    List<Flow> reached() {
        Flows flows = new Flows();
        for (Witness witness : finding().witnesses()) {
            routed(witness)
                    .filter(host -> !from(Family.of(host)).isEmpty())
                    .ifPresent(host -> flows.add(
                            Family.of(host),
                            witness.transport(),
                            witness.remote().port(),
                            List.of(host)));
        }
        return flows.all();
    }

    /** Some of Apple's own hosts may lie with content networks. */
    boolean mayWander() {
        return met.stream().anyMatch(t -> Names.isApples(t.host()) && !Names.isAtHome(t.host()));
    }
}
