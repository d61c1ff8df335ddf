package dev.plumbline.agent.hold;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Earshot;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Secured;
import dev.plumbline.agent.probe.Resolution;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Hold;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection as a device makes it, then left quiet, then written to once. Any thread may look at it. */
public final class QuietConnection {
    private final Network network;
    private final HoldTarget target;
    private final Duration planned;
    private final HoldTimes times;
    private final boolean locate;
    private final EventLoop loop;
    private final CompletableFuture<HoldOutcome> ended = new CompletableFuture<>();
    private volatile @Nullable Quiet quiet;

    private QuietConnection(Network network, HoldTarget target, Duration planned, HoldTimes times, boolean locate) {
        this.network = network;
        this.target = target;
        this.planned = planned;
        this.times = times;
        this.locate = locate;
        this.loop = network.loops().next();
    }

    /** Begins to resolve, connect and shake hands; the quiet begins when TLS stands. */
    public static QuietConnection begin(Network network, HoldTarget target, Duration planned, HoldTimes times) {
        return begin(network, target, planned, times, false);
    }

    /**
     * The same.
     *
     * @param locate whether to measure first how far the peer is, so that an end by a nearer box is told from one by the
     *     peer ({@link Hold#endTtl}); what the peer itself says is then heard only after the write
     */
    static QuietConnection begin(
            Network network, HoldTarget target, Duration planned, HoldTimes times, boolean locate) {
        QuietConnection connection = new QuietConnection(network, target, planned, times, locate);
        connection.open();
        return connection;
    }

    /** Completes normally, whatever the network does; exceptionally only by a bug of the agent's own. */
    public CompletableFuture<HoldOutcome> ended() {
        return ended;
    }

    public HoldTarget target() {
        return target;
    }

    public Duration planned() {
        return planned;
    }

    /** Once TLS stands, until the end and after it. */
    public Optional<Quiet> quiet() {
        return Optional.ofNullable(quiet);
    }

    /** Closes it; without a fact when it had not ended by itself. */
    public void giveUp() {
        loop.execute(() -> {
            Quiet now = quiet;
            if (now != null) {
                now.giveUp();
            }
            ended.complete(HoldOutcome.none("given up before it stood"));
        });
    }

    private void open() {
        new Resolution(network, times.open())
                .addresses(target.host())
                .thenAcceptAsync(
                        resolved -> {
                            if (resolved.isRefused()) {
                                fail("the agent's own policy refuses " + target.host() + ", or all that it leads to");
                            } else if (resolved.addresses().isEmpty()) {
                                fail("the name " + target.host() + " leads to no address");
                            } else {
                                connect(resolved.addresses(), 0);
                            }
                        },
                        loop)
                .whenComplete(this::bug);
    }

    private void connect(List<InetAddress> addresses, int place) {
        InetSocketAddress remote = new InetSocketAddress(addresses.get(place), target.port());
        network.connector()
                .tcp(loop, remote, times.open())
                .thenAccept(connection -> {
                    if (connection.channel().isPresent()) {
                        secure(connection);
                    } else if (place + 1 < Math.min(addresses.size(), 3)) {
                        connect(addresses, place + 1);
                    } else {
                        fail("no connection to " + Endpoints.of(remote) + ": " + text(connection.failure()));
                    }
                })
                .whenComplete(this::bug);
    }

    private void secure(Connection connection) {
        network.handshaker()
                .secure(connection.channel().orElseThrow(), target.serverName(), target.alpn(), times.open())
                .thenAccept(secured -> {
                    if (!secured.stands()) {
                        fail("no TLS with " + Endpoints.of(connection.remote()) + ": "
                                + text(secured.handshake().failure()));
                    } else if (!isExpected(secured)) {
                        secured.channel().close();
                        fail(Endpoints.of(connection.remote())
                                + " shows another key than the pinned one: it is not the helper, or"
                                + " TLS is opened on the way");
                    } else {
                        earshot(connection)
                                .thenAccept(earshot -> keepQuiet(connection, earshot))
                                .whenComplete(this::bug);
                    }
                })
                .whenComplete(this::bug);
    }

    private CompletableFuture<Optional<Earshot>> earshot(Connection connection) {
        return locate ? Earshot.on(network, connection) : CompletableFuture.completedFuture(Optional.empty());
    }

    private void keepQuiet(Connection connection, Optional<Earshot> earshot) {
        if (ended.isDone()) {
            connection.close();
        } else {
            quiet = Quiet.begin(network, target, planned, times, connection, earshot, ended);
        }
    }

    private boolean isExpected(Secured secured) {
        return target.pin()
                .map(pin -> secured.key().filter(pin::equals).isPresent())
                .orElse(true);
    }

    private static String text(Failure failure) {
        return failure.detail().isEmpty() ? failure.kind().toString() : failure.detail();
    }

    private void fail(String why) {
        ended.complete(HoldOutcome.none(why));
    }

    private void bug(@Nullable Object none, @Nullable Throwable bug) {
        if (bug != null) {
            ended.completeExceptionally(bug);
        }
    }
}
