package dev.plumbline.agent.cli;

import dev.plumbline.agent.bundle.Asked;
import dev.plumbline.agent.bundle.BundleException;
import dev.plumbline.agent.bundle.BundleFile;
import dev.plumbline.agent.bundle.CutShort;
import dev.plumbline.agent.bundle.Recording;
import dev.plumbline.agent.environment.ConfiguredProxy;
import dev.plumbline.agent.environment.HostEnvironment;
import dev.plumbline.agent.environment.Surveyor;
import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.Durations;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline-agent probe}: the facts of one round, measured now from this host. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = "Probes targets once from this host and prints the facts, without a verdict.")
public final class ProbeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TARGET", description = "ids of targets; all of the edition when none is given")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--role", description = "only what device, mdm-server or content-cache needs")
    private Optional<String> role = Optional.empty();

    @Option(names = "--edition", defaultValue = "plumbline-2026", description = "edition whose targets are probed")
    private String edition = "plumbline-2026";

    @Option(names = "--catalog-overlay", paramLabel = "FILE", description = "changes to the catalog")
    private List<Path> overlays = new ArrayList<>();

    @Option(names = "--timeout", defaultValue = "4s", description = "for each stage of a probe, such as 4s or 800ms")
    private String timeout = "4s";

    @Option(
            names = "--helper",
            split = ",",
            paramLabel = "ECHO",
            description = "echoes of a helper to ask as a control: tls:ADDRESS:PORT, http:... or udp:...")
    private List<String> helper = new ArrayList<>();

    @Option(names = "--helper-pin", paramLabel = "PIN", description = "the helper's pin, as it printed it")
    private Optional<String> helperPin = Optional.empty();

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            description = "a proxy to try beside the direct way, in place of one that the host or the network names")
    private Optional<String> proxy = Optional.empty();

    @Option(
            names = "--proxy-credentials",
            paramLabel = "FILE",
            description = "one line, user:password, for the proxy of --proxy when it asks for them")
    private Optional<Path> credentials = Optional.empty();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "also write all facts to this file, for 'plumbline here --replay FILE' elsewhere")
    private Optional<Path> bundle = Optional.empty();

    @Option(names = "--force", description = "with --bundle: replace a file of that name")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Supplier<Network> uplink;

    public ProbeCommand() {
        this(Network::ofHost);
    }

    ProbeCommand(Supplier<Network> uplink) {
        this.uplink = uplink;
    }

    @Override
    public Integer call() {
        Catalog catalog = catalog();
        List<Target> chosen = chosen(catalog);
        HelperControl control = control();
        RoundSettings settings = new RoundSettings(stageTimeout(), 1, 0);
        Optional<ProxyChoice> named = proxy();
        Facts facts = new Facts();
        PrintWriter out = spec.commandLine().getOut();
        boolean live = !json && Terminal.isWatched();
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), live);
        Optional<Recording> recording = recording(catalog, chosen);
        try (Network network = uplink.get()) {
            RoundOrder order = RoundOrder.of(chosen, System.currentTimeMillis());
            RoundListener told = facts.and(progress);
            RoundListener listener = recording.isPresent() ? told.and(recording.get()) : told;
            RoundRunner runner = new RoundRunner(
                    network, Suspicion.ofExpectations(catalog.anchors()), Surveyor.of(network, named), control);
            Optional<CutShort> cutShort = recording.map(r -> r.untilOver(
                    order.round(), () -> HostEnvironment.read(network, Duration.ZERO, settings.stageTimeout())));
            runner.run(order, settings, listener).join();
            cutShort.ifPresent(CutShort::close);
        }
        progress.clear();
        if (json) {
            FactsJson.write(facts, out);
        } else {
            FactsTable.write(facts, chosen, catalog.anchors(), out);
        }
        out.flush();
        if (recording.isPresent() && facts.summary().isPresent()) {
            finish(recording.get(), facts.summary().get());
        }
        return 0;
    }

    private HelperControl control() {
        try {
            return HelperControl.named(helper, helperPin);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Recording> recording(Catalog catalog, List<Target> chosen) {
        if (bundle.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Recording(
                    BundleFile.at(bundle.get(), force),
                    Asked.of(role.map(this::role).map(Set::of).orElse(Set.of()), Set.of(), edition, catalog),
                    chosen,
                    catalog.anchors(),
                    Clock.systemUTC(),
                    spec.commandLine().getErr()));
        } catch (BundleException e) {
            throw usage("--bundle " + e.getMessage());
        }
    }

    private void finish(Recording recording, RoundSummary summary) {
        try {
            recording.finish(summary, summary.endedAt(), Duration.between(summary.startedAt(), summary.endedAt()));
        } catch (BundleException e) {
            throw usage("--bundle " + e.getMessage());
        }
    }

    private Catalog catalog() {
        try {
            return Catalog.load(overlays);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private List<Target> chosen(Catalog catalog) {
        if (catalog.edition(edition).isEmpty()) {
            throw usage("there is no edition '" + edition + "', only "
                    + catalog.editions().stream().map(one -> one.id()).toList());
        }
        List<Target> chosen = new ArrayList<>();
        for (String id : targets) {
            chosen.add(target(catalog, id));
        }
        if (targets.isEmpty()) {
            chosen.addAll(catalog.targets(edition));
        }
        role.ifPresent(word -> {
            Role wanted = role(word);
            chosen.removeIf(target -> !target.roles().contains(wanted));
        });
        return chosen;
    }

    private Target target(Catalog catalog, String id) {
        try {
            return catalog.target(new TargetId(id))
                    .orElseThrow(() -> usage("there is no target '" + id + "' in the catalog"));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Optional<ProxyChoice> proxy() {
        if (proxy.isEmpty() && credentials.isPresent()) {
            throw usage("--proxy-credentials needs the proxy that they are for: --proxy");
        }
        try {
            Optional<String> authorization = credentials.map(ConfiguredProxy::authorization);
            return proxy.map(address -> ConfiguredProxy.of(address, authorization));
        } catch (IllegalArgumentException e) {
            throw usage("--proxy: " + e.getMessage());
        }
    }

    private Role role(String word) {
        try {
            return Words.of(Role.class, word);
        } catch (IllegalArgumentException e) {
            throw usage("--role " + e.getMessage());
        }
    }

    private Duration stageTimeout() {
        try {
            return Durations.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw usage("--timeout " + e.getMessage());
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
