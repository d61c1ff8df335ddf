package dev.plumbline.agent;

import dev.plumbline.agent.cli.ForecastJson;
import dev.plumbline.agent.cli.ForecastText;
import dev.plumbline.agent.forecast.Families;
import dev.plumbline.agent.forecast.Forecast;
import dev.plumbline.agent.forecast.Forecaster;
import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.stream.PlanFile;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.SegmentId;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline-agent plan}: what would be sent, to hand to whoever watches the network; sends nothing unless asked to. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Prints what would be probed, how often, how much and from where, and sends nothing.")
public final class PlanCommand implements Callable<Integer> {
    private static final Set<Service> NOT_STANDARD = EnumSet.of(Service.CHINA, Service.ORGANISATION);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the agent's configuration: its plan on disk is shown, where it has one")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            description = "without a plan on disk: what device, mdm-server or content-cache needs (default: device)")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--catalog-overlay", paramLabel = "FILE", description = "changes to the catalog, without a plan")
    private List<Path> overlays = new ArrayList<>();

    @Option(
            names = "--resolve",
            description = "ask the resolvers how many addresses each name has, instead of assuming 8 and 8 for a"
                    + " courier, 2 and 2 for the others")
    private boolean resolve;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            List<Forecast> forecasts = new ArrayList<>();
            List<List<String>> origins = new ArrayList<>();
            try (Network network = Network.ofHost()) {
                forecast(network, forecasts, origins);
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                ForecastJson.write(forecasts, origins, out);
            } else {
                for (int i = 0; i < forecasts.size(); i++) {
                    out.print(i == 0 ? "" : System.lineSeparator());
                    ForecastText.write(forecasts.get(i), origins.get(i), out);
                }
            }
            out.flush();
            return 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    private void forecast(Network network, List<Forecast> forecasts, List<List<String>> origins)
            throws ConfigException {
        if (config.isEmpty()) {
            one(network, Optional.empty(), forecasts, origins);
            return;
        }
        for (AgentConfig segment : AgentConfig.readAll(config.get())) {
            one(network.leaving(segment.leaving()), Optional.of(segment), forecasts, origins);
        }
    }

    private void one(Network network, Optional<AgentConfig> read, List<Forecast> forecasts, List<List<String>> origins)
            throws ConfigException {
        List<String> origin = new ArrayList<>();
        Plan plan = plan(read, origin);
        read.map(AgentConfig::leaving)
                .filter(leaving -> leaving.sources().isBound())
                .ifPresent(leaving -> origin.add("its probes leave by " + leaving.sources() + " and by nothing else"));
        HoldSettings hold = read.map(AgentConfig::hold).orElse(HoldSettings.STANDARD);
        int helpers = read.map(c -> c.helper().held().size()).orElse(0);
        forecasts.add(Forecaster.of(
                plan,
                hold,
                helpers,
                WayOut.of(network),
                addresses(network, plan, origin),
                Clock.systemUTC().instant()));
        origins.add(origin);
    }

    private Plan plan(Optional<AgentConfig> read, List<String> origin) throws ConfigException {
        Optional<Plan> kept =
                read.map(AgentConfig::data).filter(Files::isDirectory).flatMap(folder -> new PlanFile(folder).read());
        if (kept.isPresent() && roles.isEmpty()) {
            Plan plan = kept.get();
            origin.add("plan " + plan.hash().substring(0, 12) + " of segment " + plan.segment() + " in site "
                    + plan.site() + ", as the collector gave it to this agent");
            return plan;
        }
        origin.add("no plan of a collector: what the catalog holds for the role "
                + String.join(", ", roles.isEmpty() ? List.of("device") : roles)
                + ", for a site that uses all services; the collector's plan may ask for less, and sets the pace");
        Catalog catalog = Catalog.load(
                overlays.isEmpty() ? read.map(AgentConfig::overlays).orElse(List.of()) : overlays);
        Segment segment =
                new Segment(new SegmentId("here"), "this host", SegmentKind.WIRED, wanted(), List.of(), "here");
        Site site = new Site(
                "here",
                "invalid",
                "plumbline-2026",
                EnumSet.complementOf(EnumSet.copyOf(NOT_STANDARD)),
                EnumSet.allOf(Platform.class),
                List.of(segment));
        return Planner.plan(catalog, site, segment, Plan.Settings.DEFAULT);
    }

    private Set<Role> wanted() {
        Set<Role> wanted = EnumSet.noneOf(Role.class);
        for (String role : roles) {
            try {
                wanted.add(Words.of(Role.class, role));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--role " + e.getMessage());
            }
        }
        return wanted.isEmpty() ? EnumSet.of(Role.DEVICE) : wanted;
    }

    private Function<String, Families> addresses(Network network, Plan plan, List<String> origin) {
        boolean four = WayOut.has(network, true);
        boolean six = WayOut.has(network, false);
        String ways = four ? six ? "IPv4 and IPv6" : "IPv4 alone" : six ? "IPv6 alone" : "no family of addresses";
        if (resolve) {
            origin.add("names were asked of this host's resolvers just now; the host has a way out over " + ways);
            Map<String, Families> counted = WayOut.resolve(network, plan);
            return name -> counted.getOrDefault(name, new Families(0, 0)).over(four, six);
        }
        origin.add("every courier name is taken to have 8 IPv4 and 8 IPv6 addresses, every other name 2 and 2"
                + " (--resolve asks); the host has a way out over " + ways);
        Set<String> pools = WayOut.poolNames(plan);
        return name -> Families.assumed(pools.contains(name)).over(four, six);
    }
}
