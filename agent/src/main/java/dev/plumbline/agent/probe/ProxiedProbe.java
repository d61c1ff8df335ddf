package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Connector;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.ProxyAnswer;
import dev.plumbline.agent.net.ProxyWay;
import dev.plumbline.agent.net.Tunnel;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One target tried through a proxy, by the same conversation as directly, without a password and, where the proxy wants one
 * and it is known, once more with it. Each way shares one stage's time, which waits while a connection waits for its turn.
 */
final class ProxiedProbe {
    private static final int AUTHENTICATION_REQUIRED = 407;
    /** The only scheme in which a password is sent (RFC 7617). */
    private static final String BASIC = "basic";

    private final Network network;
    private final Pass pass;
    private final Target target;
    private final String host;
    private final EventLoop loop;
    private final ProxyChoice choice;
    private final boolean tunnels;
    private final long deadlineNanos;

    private ProxiedProbe(Network network, Pass pass, Target target, String host, EventLoop loop, ProxyChoice choice) {
        this.network = network.apart();
        this.pass = pass;
        this.target = target;
        this.host = host;
        this.loop = loop;
        this.choice = choice;
        this.tunnels = !target.probe().isPlainHttp();
        this.deadlineNanos = network.ticker().nanos() + pass.stageTimeout().toNanos();
    }

    /** Nothing when no proxy is found for the target; else its attempts. Completes normally, on the loop. */
    static CompletableFuture<List<Tried>> run(Network network, Pass pass, Target target, String host, EventLoop loop) {
        return pass.proxies()
                .proxyFor(target, host)
                .thenComposeAsync(
                        choice -> {
                            if (choice.isEmpty()) {
                                return CompletableFuture.completedFuture(List.of());
                            }
                            ProxyChoice anonymous = choice.get().withoutCredentials();
                            return new ProxiedProbe(network, pass, target, host, loop, anonymous)
                                    .attempt()
                                    .thenComposeAsync(
                                            tried -> again(tried, network, pass, target, host, loop, choice.get()),
                                            loop);
                        },
                        loop);
    }

    private static CompletableFuture<List<Tried>> again(
            List<Tried> anonymous,
            Network network,
            Pass pass,
            Target target,
            String host,
            EventLoop loop,
            ProxyChoice choice) {
        boolean wanted = anonymous.stream()
                .flatMap(tried -> tried.attempt().proxy().stream())
                .anyMatch(proxy -> proxy.status() == AUTHENTICATION_REQUIRED
                        && proxy.authenticateSchemes().contains(BASIC));
        if (!wanted || choice.authorization().isEmpty()) {
            return CompletableFuture.completedFuture(anonymous);
        }
        return new ProxiedProbe(network, pass, target, host, loop, choice)
                .attempt()
                .thenApply(authorized -> {
                    List<Tried> both = new ArrayList<>(anonymous);
                    both.addAll(authorized);
                    return both;
                });
    }

    private CompletableFuture<List<Tried>> attempt() {
        return pass.resolution().addresses(choice.host()).thenComposeAsync(this::connect, loop);
    }

    private CompletableFuture<List<Tried>> connect(Resolved resolved) {
        if (resolved.addresses().isEmpty()) {
            Failure failure = resolved.lookups().stream()
                    .map(lookup -> lookup.failure())
                    .filter(f -> !f.isNone())
                    .findFirst()
                    .orElse(Failure.of(FailureKind.NO_DATA));
            return CompletableFuture.completedFuture(
                    unresolved(Failure.of(failure.kind(), "the proxy's name " + choice.host() + " has no address")));
        }
        InetSocketAddress proxy = new InetSocketAddress(resolved.addresses().get(0), choice.port());
        ProxyWay way = new ProxyWay(proxy, host, target.port(), tunnels, choice.authorization());
        return network.connector().tcp(loop, proxy, left()).thenCompose(connection -> {
            if (connection.channel().isEmpty()) {
                return CompletableFuture.completedFuture(tried(connection, ProxyAnswer.NOTHING, Said.NOTHING));
            }
            Channel channel = connection.channel().get();
            if (tunnels) {
                return Tunnel.open(channel, way, left()).thenCompose(answer -> talk(connection, channel, way, answer));
            }
            Connector.absolute(channel, way);
            return talk(connection, channel, way, ProxyAnswer.NOTHING);
        });
    }

    private CompletableFuture<List<Tried>> talk(
            Connection connection, Channel channel, ProxyWay way, ProxyAnswer answer) {
        if (tunnels && !answer.isOpen()) {
            return CompletableFuture.completedFuture(tried(connection, answer, Said.NOTHING));
        }
        Talk talk = new Talk(
                target,
                host,
                connection.remote(),
                channel,
                network.through(way),
                loop,
                pass.confirming(),
                deadlineNanos);
        try {
            return Probes.conversation(target.probe()).hold(talk).thenApply(said -> tried(connection, answer, said));
        } catch (RuntimeException bug) {
            channel.close();
            return CompletableFuture.failedFuture(bug);
        }
    }

    private List<Tried> tried(Connection connection, ProxyAnswer answer, Said said) {
        Attempt own = new Attempt(
                host,
                target.transport(),
                connection.local(),
                Endpoints.of(connection.remote()),
                connection.startedAt(),
                connection.failure(),
                connection.elapsed(),
                connection.synRoundTrip(),
                said.handshakes(),
                said.exchange(),
                WhoAnswered.NOTHING);
        List<Tried> all = new ArrayList<>();
        all.add(new Tried(proxied(own, answer), said.evidence()));
        said.further().forEach(further -> all.add(new Tried(proxied(further, answer), List.of())));
        return all;
    }

    private Attempt proxied(Attempt attempt, ProxyAnswer answer) {
        ProxyAnswer told = tunnels ? answer : told(attempt);
        return attempt.through(proxy(attempt.connect().isNone() ? told.failure() : attempt.connect(), told));
    }

    /** In absolute form the proxy's answer and the server's cannot be told apart, but for one that asks for a password. */
    private static ProxyAnswer told(Attempt attempt) {
        if (attempt.exchange().isEmpty()) {
            return ProxyAnswer.NOTHING;
        }
        Exchange exchange = attempt.exchange().get();
        String challenges = exchange.status() == AUTHENTICATION_REQUIRED
                ? exchange.headers().getOrDefault("proxy-authenticate", "")
                : "";
        return new ProxyAnswer(exchange.status(), ProxyAnswer.schemes(challenges), exchange.failure());
    }

    private List<Tried> unresolved(Failure failure) {
        Attempt none = new Attempt(
                host,
                target.transport(),
                Endpoint.NONE,
                Endpoint.NONE,
                network.ticker().instant(),
                failure,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Optional.empty(),
                WhoAnswered.NOTHING);
        return List.of(new Tried(none.through(proxy(failure, ProxyAnswer.NOTHING)), List.of()));
    }

    private ThroughProxy proxy(Failure failure, ProxyAnswer answer) {
        return new ThroughProxy(
                choice.name(),
                choice.foundBy(),
                tunnels ? "CONNECT" : "GET",
                choice.authorization().isPresent(),
                answer.status(),
                answer.schemes(),
                failure);
    }

    private Duration left() {
        Duration left = Duration.ofNanos(
                deadlineNanos + network.waitedNanos() - network.ticker().nanos());
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }
}
