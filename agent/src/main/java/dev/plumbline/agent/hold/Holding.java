package dev.plumbline.agent.hold;

import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.Hold;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every line that an agent holds: the couriers' ports and the helper's. Close it before the network. */
public final class Holding implements AutoCloseable {
    private final List<HeldLine> lines = new ArrayList<>();

    private Holding() {}

    /**
     * Begins to hold, off the network's own loops.
     *
     * @param plan names the couriers; nothing is held to them before there is one
     * @param helpers the helper's ports, held on the same ages
     * @param facts hears each hold that ended, on one thread
     */
    public static Holding start(
            HoldSettings settings,
            List<HoldTarget> helpers,
            Network network,
            Supplier<Optional<Plan>> plan,
            Consumer<Hold> facts) {
        Holding holding = new Holding();
        for (int port : settings.ports()) {
            holding.lines.add(line(
                    settings,
                    network,
                    () -> plan.get()
                            .flatMap(p -> Couriers.at(port, p, network.ticker().instant(), network.policy())),
                    facts));
        }
        for (HoldTarget helper : helpers) {
            holding.lines.add(line(settings, network, () -> Optional.of(helper), facts));
        }
        holding.lines.forEach(HeldLine::start);
        return holding;
    }

    private static HeldLine line(
            HoldSettings settings, Network network, Supplier<Optional<HoldTarget>> target, Consumer<Hold> facts) {
        return new HeldLine(network, target, new AgeSearch(settings.ages()), settings.pause(), facts);
    }

    @Override
    public void close() {
        lines.stream().map(HeldLine::close).toList().forEach(Future::awaitUninterruptibly);
    }
}
