package dev.plumbline.agent.hold;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.HoldPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which courier is held: the plan's required one of the port, for an hour the same member for every agent of a site. */
final class Couriers {
    private static final Duration MEMBER_FOR = Duration.ofHours(1);

    private Couriers() {}

    /** @param policy one that it refuses is not held */
    static Optional<HoldTarget> at(int port, Plan plan, Instant now, Policy policy) {
        long hour = Math.floorDiv(now.toEpochMilli(), MEMBER_FOR.toMillis()) * MEMBER_FOR.toMillis();
        return plan.targets().stream()
                .filter(t -> t.probe() == ProbeKind.COURIER && t.port() == port)
                .filter(t -> t.obligation() == Obligation.REQUIRED)
                .findFirst()
                .filter(t -> policy.refuses(t, hour).isEmpty())
                .map(t -> new HoldTarget(
                        t.id(),
                        HoldPeer.COURIER,
                        t.hostInRound(hour),
                        port,
                        t.serverName(),
                        firstOffer(t),
                        Optional.empty()));
    }

    private static List<String> firstOffer(Target target) {
        return target.alpnLadder().stream()
                .findFirst()
                .filter(offer -> !offer.isEmpty())
                .map(offer -> List.of(offer.split(",", -1)))
                .orElse(List.of());
    }
}
