package dev.plumbline.deploy.here;

import dev.plumbline.agent.bundle.BundleException;
import dev.plumbline.agent.bundle.BundleFile;
import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Words;
import dev.plumbline.collector.cli.ExitCode;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.Durations;
import dev.plumbline.words.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline here}: the full verdict for this host, measured now, with nothing installed. */
@Command(
        name = "here",
        mixinStandardHelpOptions = true,
        description = "Judges this host once: what passes, what breaks, by what, and what to change.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every rule is met",
            "1:a rule is broken",
            "2:wrong usage or configuration",
            "3:not enough is known",
            "70:internal error"
        })
public final class HereCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "what this host is to Apple: device (when none is given), mdm-server, content-cache")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME",
            description = "only what this service needs, such as apns or certificate-validation")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--overlay", paramLabel = "FILE", description = "changes to the catalog")
    private List<Path> overlays = new ArrayList<>();

    @Option(
            names = "--timeout",
            defaultValue = "4s",
            description = "for each stage of a probe, such as 4s (when not given) or 800ms")
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
            names = "--edition",
            paramLabel = "ID",
            description = "the edition of Apple's list to judge by; plumbline-2026 when none is given")
    private Optional<String> edition = Optional.empty();

    @Option(names = "--table", description = "print what was proved of each target, and by what kind of probe")
    private boolean table;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "also write all facts to this file, so that they can be judged elsewhere")
    private Optional<Path> bundle = Optional.empty();

    @Option(names = "--force", description = "with --bundle: replace a file of that name")
    private boolean force;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description =
                    "judge the facts of a bundle instead of measuring; with --overlay by its trust anchors, else by"
                            + " those in the bundle")
    private Optional<Path> replay = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings surroundings;
    private final Uplink uplink;

    public HereCommand(Surroundings surroundings) {
        this(surroundings, Uplink.ofHost());
    }

    HereCommand(Surroundings surroundings, Uplink uplink) {
        this.surroundings = surroundings;
        this.uplink = uplink;
    }

    @Override
    public Integer call() {
        if (replay.isPresent() && bundle.isPresent()) {
            throw usage("--bundle writes what is measured now and --replay measures nothing; give one of them");
        }
        Set<Role> asked = asked(Role.class, "--role", roles);
        edition.filter(id -> !Catalog.editionIds().contains(id)).ifPresent(id -> {
            throw usage("--edition: there is no edition '" + id + "', only " + String.join(", ", Catalog.editionIds()));
        });
        Question question =
                new Question(asked, services(), edition.orElse(HostSite.EDITION), overlays, stageTimeout(), control());
        HostReport report;
        try {
            if (replay.isPresent()) {
                report = new Replay(replay.get(), asked, services(), edition, overlays).run();
                show(report);
            } else {
                Optional<BundleFile> file =
                        bundle.isPresent() ? Optional.of(BundleFile.at(bundle.get(), force)) : Optional.empty();
                report = new HostRun(question, uplink, surroundings, !json && !table, file).run(this::show);
            }
        } catch (ConfigException e) {
            throw usage(String.valueOf(e.getMessage()));
        } catch (BundleException e) {
            throw usage((replay.isPresent() ? "--replay " : "--bundle ") + e.getMessage());
        }
        return switch (report.answer()) {
            case MET -> ExitCode.OK;
            case BROKEN -> ExitCode.BROKEN;
            case INSUFFICIENT -> ExitCode.INSUFFICIENT;
        };
    }

    private HelperControl control() {
        try {
            return HelperControl.named(helper, helperPin);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private void show(HostReport report) {
        if (json) {
            surroundings.out().println(Printable.json(HostJson.of(report)));
        } else if (table) {
            print(HostTable.of(report, surroundings.terminal().width()));
        } else {
            print(HostText.of(report, surroundings.terminal().width()));
        }
        surroundings.out().flush();
    }

    private void print(List<String> lines) {
        lines.stream().map(Printable::line).forEach(surroundings.out()::println);
    }

    private Set<Service> services() {
        return asked(Service.class, "--set", sets);
    }

    private <E extends Enum<E>> Set<E> asked(Class<E> type, String option, List<String> words) {
        Set<E> all = EnumSet.noneOf(type);
        for (String word : words) {
            try {
                all.add(Words.of(type, word));
            } catch (IllegalArgumentException e) {
                throw usage(option + " " + e.getMessage());
            }
        }
        return all;
    }

    private Duration stageTimeout() {
        try {
            Duration parsed = Durations.parse(timeout);
            if (parsed.compareTo(SHORTEST) < 0) {
                throw usage("--timeout " + timeout + " is too short; 100ms is the least");
            }
            return parsed;
        } catch (IllegalArgumentException e) {
            throw usage("--timeout " + e.getMessage());
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
