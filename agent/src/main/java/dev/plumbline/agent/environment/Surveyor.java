package dev.plumbline.agent.environment;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.pac.PacLimits;
import dev.plumbline.agent.pac.PacRunner;
import dev.plumbline.agent.probe.Proxies;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Surroundings;
import dev.plumbline.words.Surroundings.CaptivePortal;
import dev.plumbline.words.Surroundings.Discovery;
import dev.plumbline.words.Surroundings.DnsControl;
import dev.plumbline.words.Surroundings.ProxySetting;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks around the host beside a round: settings, WPAD, portal, resolvers. Anew whenever somebody waits, else what was seen
 * within half an hour serves again.
 */
public final class Surveyor {
    private static final Duration SERVES = Duration.ofMinutes(30);
    private static final Duration CONTROLS = Duration.ofMillis(2500);
    private static final Duration SEARCH = Duration.ofMillis(1500);
    /**
     * Tries through a proxy do not wait for longer until somebody names one. Where it comes later, what fails directly is
     * tried when it is confirmed.
     */
    private static final Duration DECISION = Duration.ofSeconds(3);

    private static final Duration DECISION_ON_DEMAND = Duration.ofSeconds(2);

    /** Of a script's process, on a host that is busy with other agents' processes at the same moment. */
    private static final Duration START = Duration.ofSeconds(6);

    private static final Logger LOG = LoggerFactory.getLogger(Surveyor.class);

    private final Network network;
    private final Optional<ProxyChoice> configured;
    private final @Nullable Supplier<Ambient> ambient;
    private final PacRunner runner;
    private final ScriptMemory memory;
    private final Duration search;

    // Guarded by this.
    private @Nullable Look last;
    private long lastAt;

    /** @param search for a name on the way to a script, and again for its fetch */
    Surveyor(
            Network network,
            Optional<ProxyChoice> configured,
            @Nullable Supplier<Ambient> ambient,
            PacRunner runner,
            Duration search) {
        this.network = network;
        this.configured = configured;
        this.ambient = ambient;
        this.runner = runner;
        this.memory = new ScriptMemory(network.ticker(), SERVES);
        this.search = search;
    }

    /**
     * For this host; on a network with seams nothing is looked at, since nothing of the host's own settings holds there.
     *
     * @param configured a proxy that the agent's own configuration names
     */
    public static Surveyor of(Network network, Optional<ProxyChoice> configured) {
        PacRunner runner = new PacRunner(PacLimits.STANDARD, START);
        return new Surveyor(network, configured, network.isOfHost() ? Ambient::ofHost : null, runner, SEARCH);
    }

    /**
     * Begins to look; returns at once.
     *
     * @param somebodyWaits false for a round of the schedule
     */
    public Survey begin(List<Target> targets, long round, boolean somebodyWaits, Duration stageTimeout) {
        Supplier<Ambient> around = ambient;
        if (around == null || targets.isEmpty()) {
            return Survey.NONE;
        }
        Look look = look(around, targets, round, somebodyWaits, stageTimeout);
        Set<TargetId> chosen = ProxiedTargets.of(targets, somebodyWaits);
        Set<TargetId> tried = ConcurrentHashMap.newKeySet();
        long patience = shorter(somebodyWaits ? DECISION_ON_DEMAND : DECISION, stageTimeout)
                .toMillis();
        Proxies proxies = (target, host) -> chosen.contains(target.id()) && !tried.contains(target.id())
                ? route(look, target, host)
                        .completeOnTimeout(Optional.empty(), patience, TimeUnit.MILLISECONDS)
                        .thenApply(choice -> choice.filter(once -> tried.add(target.id())))
                : CompletableFuture.completedFuture(Optional.empty());
        return new Survey(look.seen(), proxies);
    }

    private record Look(
            CompletableFuture<Ambient> ambient,
            CompletableFuture<ScriptSearch.Result> search,
            CompletableFuture<Surroundings> seen) {}

    private synchronized Look look(
            Supplier<Ambient> around, List<Target> targets, long round, boolean somebodyWaits, Duration stageTimeout) {
        long now = network.ticker().nanos();
        Look known = last;
        if (!somebodyWaits && known != null && now - lastAt < SERVES.toNanos()) {
            return known;
        }
        Look fresh = fresh(around, targets, round, stageTimeout);
        last = fresh;
        lastAt = now;
        return fresh;
    }

    private Look fresh(Supplier<Ambient> around, List<Target> targets, long round, Duration stageTimeout) {
        CompletableFuture<List<DnsControl>> controls =
                new ResolverControls(network, shorter(CONTROLS, stageTimeout)).ask();
        CompletableFuture<Ambient> told = CompletableFuture.supplyAsync(around);
        Duration limit = shorter(search, stageTimeout);
        CompletableFuture<ScriptSearch.Result> searched = told.thenCompose(
                a -> new ScriptSearch(network, runner, memory, limit, ownAddress()).run(a, targets, round));
        CompletableFuture<Optional<CaptivePortal>> portal = told.thenCompose(a -> portal(a.leases(), limit));
        CompletableFuture<Surroundings> seen = CompletableFuture.allOf(controls, searched, portal)
                .thenApply(none -> new Surroundings(
                        settings(told.join()),
                        searched.join().discoveries(),
                        searched.join().scripts(),
                        controls.join(),
                        portal.join(),
                        Optional.empty()))
                .exceptionally(bug -> {
                    LOG.error("the look around this host failed by itself", bug);
                    return Surroundings.UNSEEN;
                });
        return new Look(told, searched, seen);
    }

    private List<ProxySetting> settings(Ambient told) {
        List<ProxySetting> all = new ArrayList<>();
        configured.ifPresent(c -> all.add(new ProxySetting("configuration", "proxy", c.name())));
        all.addAll(told.variables().facts());
        return all;
    }

    private CompletableFuture<Optional<CaptivePortal>> portal(List<Discovery> leases, Duration limit) {
        return leases.stream()
                .filter(lease ->
                        lease.method().equals("dhcp-114") && !lease.found().isEmpty())
                .findFirst()
                .map(lease -> PortalQuestion.ask(network, lease.found(), limit).thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** The configuration speaks first, then the environment, then the network's script. */
    private CompletableFuture<Optional<ProxyChoice>> route(Look look, Target target, String host) {
        if (configured.isPresent()) {
            return CompletableFuture.completedFuture(configured);
        }
        return look.ambient()
                .thenCompose(told -> {
                    ProxyRoute route = told.variables().routeTo(target.probe().isPlainHttp(), host, target.port());
                    return route.decided()
                            ? CompletableFuture.completedFuture(route.proxy())
                            : look.search().thenApply(found -> scripted(found, target));
                })
                .exceptionally(bug -> Optional.empty());
    }

    private static Optional<ProxyChoice> scripted(ScriptSearch.Result found, Target target) {
        String answer = found.answers().getOrDefault(target.id(), "");
        return found.scripts().stream()
                .findFirst()
                .flatMap(script -> ProxyAddress.ofScriptAnswer(answer, script.foundBy()));
    }

    private String ownAddress() {
        return HostEnvironment.sources(network).stream()
                .filter(address -> address.indexOf(':') < 0)
                .findFirst()
                .orElse("127.0.0.1");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
