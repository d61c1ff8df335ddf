package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.DistanceMeter;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Who answers for the addresses of one family of a target: asked of one address that refuses and of the first that is
 * talked to, as far as the pass allows.
 */
final class WhoAsked {
    static final CompletableFuture<WhoAnswered> NOBODY = CompletableFuture.completedFuture(WhoAnswered.NOTHING);

    private static final Set<FailureKind> SOMEBODY_SPOKE =
            Set.of(FailureKind.CONNECT_RESET, FailureKind.HOST_UNREACHABLE, FailureKind.CONNECT_PROHIBITED);

    private final Network network;
    private final Pass pass;
    private final Target target;
    private final EventLoop loop;
    private boolean refusedAsked;
    private boolean standingAsked;

    WhoAsked(Network network, Pass pass, Target target, EventLoop loop) {
        this.network = network;
        this.pass = pass;
        this.target = target;
        this.loop = loop;
    }

    /** In a confirmation, who refused; else nobody is asked. */
    CompletableFuture<WhoAnswered> ofRefused(Connection refused) {
        boolean wanted = SOMEBODY_SPOKE.contains(refused.failure().kind())
                && pass.confirming()
                && !refusedAsked
                && target.transport().equals(Transport.TCP);
        if (!wanted || !pass.distances().takeRefused()) {
            return NOBODY;
        }
        refusedAsked = true;
        return meter(refused).failing(refused.failure().kind() == FailureKind.CONNECT_RESET);
    }

    /** Who accepted: in a confirmation, because something further up failed; else where the round's watch wants it. */
    CompletableFuture<WhoAnswered> ofStanding(Connection standing) {
        if (standingAsked || !target.transport().equals(Transport.TCP)) {
            return NOBODY;
        }
        standingAsked = true;
        if (pass.confirming()) {
            return pass.distances().takeStanding() ? meter(standing).failing(true) : NOBODY;
        }
        if (pass.distances().wantsDistance(target)) {
            return meter(standing)
                    .healthy(standing.synRoundTrip(), pass.distances().hurried());
        }
        return pass.distances().wantsCanary(target) ? meter(standing).canary() : NOBODY;
    }

    private DistanceMeter meter(Connection connection) {
        return new DistanceMeter(network, loop, connection.remote());
    }
}
