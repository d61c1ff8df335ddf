package dev.plumbline.agent.probe;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which targets of a round are asked who answers for them though nothing is wrong, one address of each family. Pure: a
 * function of the round number, so that all agents of a site measure the same and can be compared.
 *
 * <p>The canary is one connection and is asked of every kind in every round. A distance takes some 35 connections and up
 * to two seconds: unattended, it is measured in one round of twelve, on two kinds (standard settings: four addresses an
 * hour, every kind about twice a day); when somebody waits, on the courier's own port, and only as long as the round
 * lasts anyway.
 *
 * @param canaries targets whose canary is asked
 * @param distances targets whose distance is measured too
 */
record HealthyWatch(Set<TargetId> canaries, Set<TargetId> distances) {
    static final HealthyWatch NOTHING = new HealthyWatch(Set.of(), Set.of());

    /** One unattended round of so many measures distances. */
    static final int ONE_ROUND_IN = 12;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    HealthyWatch {
        canaries = Set.copyOf(canaries);
        distances = Set.copyOf(distances);
    }

    /** What is told apart by who answers; each is stood for by the first of its targets. */
    enum Kind {
        COURIER,
        COURIER_ON_HTTPS,
        PROVIDER_API,
        PLAIN_HTTP,
        NOT_APPLES
    }

    /** @param targets of the round, in the plan's order */
    static HealthyWatch of(List<Target> targets, long round, boolean awaited) {
        Map<Kind, TargetId> first = new EnumMap<>(Kind.class);
        for (Target target : targets) {
            kind(target).ifPresent(kind -> first.putIfAbsent(kind, target.id()));
        }
        Set<TargetId> distances = new LinkedHashSet<>();
        for (Kind kind : measured(round, awaited)) {
            if (first.containsKey(kind)) {
                distances.add(first.get(kind));
            }
        }
        return new HealthyWatch(Set.copyOf(first.values()), distances);
    }

    /** The kinds whose distance this round measures. */
    static Set<Kind> measured(long round, boolean awaited) {
        if (awaited) {
            return Set.of(Kind.COURIER);
        }
        // Rounds are aligned instants, so the plain remainder would always be the same.
        long mixed = (round ^ (round >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        if (Math.floorMod(mixed, (long) ONE_ROUND_IN) != 0) {
            return Set.of();
        }
        Kind[] all = Kind.values();
        int turn = (int) Math.floorMod(Math.floorDiv(mixed, (long) ONE_ROUND_IN), (long) all.length);
        return Set.of(all[turn], all[(turn + 1) % all.length]);
    }

    private static Optional<Kind> kind(Target target) {
        boolean tcp = target.transport().equals(Transport.TCP) && target.probe() != ProbeKind.NAME_ABSENT;
        if (!tcp || target.obligation() == Obligation.RETIRED) {
            return Optional.empty();
        }
        if (target.obligation() == Obligation.CONTROL) {
            return Optional.of(Kind.NOT_APPLES);
        }
        if (target.probe() == ProbeKind.COURIER) {
            return Optional.of(target.port() == HTTPS ? Kind.COURIER_ON_HTTPS : Kind.COURIER);
        }
        if (target.probe() == ProbeKind.PROVIDER_API) {
            return Optional.of(Kind.PROVIDER_API);
        }
        return target.port() == HTTP ? Optional.of(Kind.PLAIN_HTTP) : Optional.empty();
    }
}
