package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All addresses of one family of a target: every one connected to, the first few that stand talked to. */
final class FamilyProbe {
    private final Network network;
    private final Pass pass;
    private final Target target;
    private final String host;
    private final EventLoop loop;
    private final List<InetAddress> addresses;
    private final Map<InetAddress, String> names;
    private final AddressWindow window;
    private final List<CompletableFuture<Connection>> connections = new ArrayList<>();
    private final List<CompletableFuture<Said>> talks = new ArrayList<>();
    private final List<CompletableFuture<SmallAgain>> small = new ArrayList<>();
    private final CompletableFuture<Void> talked = new CompletableFuture<>();
    private final List<CompletableFuture<WhoAnswered>> whos = new ArrayList<>();
    private final WhoAsked who;
    private boolean apartTaken;
    private int settled;

    /**
     * @param host the round's own name
     * @param addresses in the order in which they are preferred for talking
     * @param names the name that each address is an answer to, the round's own where there is none
     */
    FamilyProbe(
            Network network,
            Pass pass,
            Target target,
            String host,
            EventLoop loop,
            List<InetAddress> addresses,
            Map<InetAddress, String> names) {
        this.network = network;
        this.pass = pass;
        this.target = target;
        this.host = host;
        this.loop = loop;
        this.addresses = addresses;
        this.names = names;
        this.window = new AddressWindow(addresses.size(), Probes.talksPerFamily(target.probe()));
        this.who = new WhoAsked(network, pass, target, loop);
    }

    CompletableFuture<List<Tried>> run() {
        for (int place = 0; place < addresses.size(); place++) {
            talks.add(new CompletableFuture<>());
            whos.add(new CompletableFuture<>());
            small.add(new CompletableFuture<>());
            connections.add(connect(addresses.get(place)));
        }
        for (int place = 0; place < addresses.size(); place++) {
            int here = place;
            connections.get(place).thenAccept(connection -> settled(here, connection));
        }
        List<CompletableFuture<?>> talking = new ArrayList<>(talks);
        talking.addAll(small);
        allOf(talking).whenComplete((none, bug) -> talked.complete(null));
        talking.addAll(whos);
        return allOf(talking).thenApply(none -> tried());
    }

    /** Everything is said; only who answered may still be open. */
    CompletableFuture<Void> talked() {
        return talked;
    }

    private static CompletableFuture<Void> allOf(List<CompletableFuture<?>> all) {
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Connection> connect(InetAddress address) {
        InetSocketAddress remote = new InetSocketAddress(address, target.port());
        if (!target.transport().equals(Transport.TCP)) {
            return network.connector().udp(loop, remote);
        }
        CompletableFuture<Connection> connecting = network.connector().tcp(loop, remote, pass.stageTimeout());
        connecting.thenAccept(connection -> pass.queue()
                .answered(network.ticker().nanos() - connection.elapsed().toNanos(), connection.synRoundTrip()));
        return connecting;
    }

    private void settled(int place, Connection connection) {
        if (connection.failure().isNone()) {
            window.connected(place).forEach(due -> talk(due, due != place));
        } else {
            untold(place, who.ofRefused(connection));
            window.failed(place).forEach(due -> talk(due, true));
        }
        for (int idle : window.idle()) {
            connections.get(idle).join().close();
            untold(idle, WhoAsked.NOBODY);
        }
        settled++;
        if (settled == addresses.size()) {
            closeUntalked();
        }
    }

    /** Nothing is said at this address. */
    private void untold(int place, CompletableFuture<WhoAnswered> answering) {
        talks.get(place).complete(Said.NOTHING);
        small.get(place).complete(SmallAgain.NOT_ASKED);
        answering.thenAccept(whos.get(place)::complete);
    }

    /** Once every connect has ended, a connection outside the window has nothing to wait for. */
    private void closeUntalked() {
        for (int place = 0; place < addresses.size(); place++) {
            Connection connection = connections.get(place).join();
            if (connection.failure().isNone() && !window.isDue(place)) {
                connection.close();
                untold(place, WhoAsked.NOBODY);
            }
        }
    }

    /**
     * A connection that had to wait for its turn may be closed by now, which says nothing of the peer, or the peer's greeting
     * came while nobody listened: it is made anew.
     */
    private void talk(int place, boolean waited) {
        Connection connection = connections.get(place).join();
        boolean closed =
                connection.channel().map(channel -> !channel.isActive()).orElse(true);
        boolean missed = waited && Probes.serverSpeaksFirst(target.probe());
        if (!(closed || missed) || !target.transport().equals(Transport.TCP)) {
            talk(place, connection);
            return;
        }
        connection.close();
        connect(addresses.get(place)).thenAccept(again -> {
            if (again.failure().isNone()) {
                connections.set(place, CompletableFuture.completedFuture(again));
                talk(place, again);
            } else {
                untold(place, WhoAsked.NOBODY);
            }
        });
    }

    private void talk(int place, Connection connection) {
        Talk talk = new Talk(
                target,
                names.getOrDefault(addresses.get(place), host),
                connection.remote(),
                connection.channel().orElseThrow(),
                network.apart(),
                loop,
                pass.confirming(),
                network.ticker().nanos() + pass.stageTimeout().toNanos());
        who.ofStanding(connection).thenAccept(whos.get(place)::complete);
        SmallAgain.beside(talk, talks.get(place)).thenAccept(small.get(place)::complete);
        begin(talk).thenCompose(said -> apart(talk, said)).whenComplete((said, bug) -> {
            if (bug == null) {
                talks.get(place).complete(said);
            } else {
                talks.get(place).completeExceptionally(bug);
            }
        });
    }

    private CompletableFuture<Said> begin(Talk talk) {
        try {
            return Probes.conversation(target.probe()).hold(talk);
        } catch (RuntimeException bug) {
            talk.channel().close();
            return CompletableFuture.failedFuture(bug);
        }
    }

    /** On the first address whose usual handshake has an answer; where there is only silence, nothing more is asked. */
    private CompletableFuture<Said> apart(Talk talk, Said said) {
        List<OffersApart.Offer> offers = OffersApart.after(target, said.handshakes());
        // With little time left a silence would say nothing of the peer.
        boolean late = talk.left().multipliedBy(2).compareTo(pass.stageTimeout()) < 0;
        if (apartTaken || late || offers.isEmpty()) {
            return CompletableFuture.completedFuture(said);
        }
        apartTaken = true;
        return new OffersApart(talk, offers).run().thenApply(said::and);
    }

    private List<Tried> tried() {
        List<Tried> tried = new ArrayList<>();
        for (int place = 0; place < addresses.size(); place++) {
            Said said = talks.get(place).join();
            tried.add(Tried.of(
                    target,
                    names.getOrDefault(addresses.get(place), host),
                    connections.get(place).join(),
                    said,
                    whos.get(place).join(),
                    small.get(place).join()));
            said.further().forEach(attempt -> tried.add(new Tried(attempt, List.of())));
        }
        return tried;
    }
}
