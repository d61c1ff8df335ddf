package dev.plumbline.deploy.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The product's own programs as its users call them, inside the lab's namespaces. */
record Product(Path home, RunFolder folder, Commands commands) {
    private static final Duration QUERY = Duration.ofMinutes(1);
    private static final Duration VERIFY = Duration.ofMinutes(3);

    /** Makes the site's authority and an identity for each agent. */
    void issueIdentities() throws Trouble {
        List<String> init = new ArrayList<>(List.of(
                program("plumbline-collector"),
                "init",
                "--dir",
                folder.pki().toString(),
                "--site",
                Campus.SITE,
                "--domain",
                Campus.DOMAIN));
        for (String address : Campus.COLLECTOR_ADDRESSES) {
            init.addAll(List.of("--address", address));
        }
        commands.run(init, QUERY).expecting(0);
        for (Campus.Place place : Campus.SEGMENTS) {
            issue(place.id());
        }
    }

    /** The same for one agent only. */
    void issueIdentity(String segment) throws Trouble {
        List<String> init = List.of(
                program("plumbline-collector"),
                "init",
                "--dir",
                folder.pki().toString(),
                "--site",
                Campus.SITE,
                "--domain",
                Campus.DOMAIN,
                "--address",
                Campus.COLLECTOR_ADDRESSES.get(0));
        commands.run(init, QUERY).expecting(0);
        issue(segment);
    }

    private void issue(String segment) throws Trouble {
        List<String> issue = List.of(
                program("plumbline-collector"),
                "issue",
                "--dir",
                folder.pki().toString(),
                "--segment",
                segment,
                "--agent",
                segment + "-1",
                "--out",
                folder.agent(segment).toString());
        commands.run(issue, QUERY).expecting(0);
    }

    /** What one of the agent's commands prints in a segment; that nothing could be held is no answer. */
    String askAgent(String segment, List<String> words) throws Trouble {
        List<String> command = new ArrayList<>(in(segment, program("plumbline-agent")));
        command.addAll(words);
        return commands.run(command, VERIFY).expecting(0).output();
    }

    /** An agent with a configuration of its own. */
    Commands.Daemon startAgent(String segment, String configuration) throws Trouble {
        Path file = folder.writeAgent(segment, configuration);
        return commands.start(
                "agent of " + segment,
                in(segment, program("plumbline-agent"), "run", "--config", file.toString()),
                folder.log(segment));
    }

    Commands.Daemon startCollector() throws Trouble {
        return commands.start(
                "collector",
                in(
                        Campus.COLLECTOR_NAMESPACE,
                        program("plumbline-collector"),
                        "serve",
                        "--config",
                        folder.collectorConfiguration().toString()),
                folder.log("collector"));
    }

    Set<String> connectedAgents() throws Trouble {
        return Answers.connectedAgents(
                ask(QUERY, "segments", "--json").expecting(0).output());
    }

    RequiredTargets requiredTargets() throws Trouble {
        return Answers.required(matrix());
    }

    /** @param round whose verdict is asked for */
    List<Answers.Found> findings(long round) throws Trouble {
        return Answers.findings(ask(QUERY, "findings", "--json").expecting(0).output(), round);
    }

    /** What it says of one target, as it prints it. */
    List<String> explain(String segment, String target) throws Trouble {
        return ask(QUERY, "explain", segment, target)
                .expecting(0)
                .output()
                .lines()
                .toList();
    }

    /**
     * A whole round on every agent; ends when its verdict is in, whatever that is.
     *
     * @return the number of the round
     */
    long verifyNow() throws Trouble {
        return Answers.verifiedRound(
                ask(VERIFY, "verify-now", "--wait", "--json").expecting(0, 1, 3).output());
    }

    /**
     * Silence is no health: a collector that did not judge the round has no finding either.
     *
     * @throws Trouble when the matrix does not speak of the round
     */
    void requireJudged(long round) throws Trouble {
        long judged = Answers.judgedRound(matrix());
        if (judged < round) {
            throw new Trouble(
                    "round " + round + " was not judged: some segment was judged up to round " + judged + " only");
        }
    }

    private String matrix() throws Trouble {
        return ask(QUERY, "matrix", "--json").expecting(0).output();
    }

    private Commands.Ran ask(Duration limit, String... words) throws Trouble {
        List<String> command = new ArrayList<>(in(
                Campus.COLLECTOR_NAMESPACE,
                "env",
                "PLUMBLINE_CONFIG=" + folder.clientConfiguration(),
                program("plumbline")));
        command.addAll(List.of(words));
        return commands.run(command, limit);
    }

    private String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static List<String> in(String namespace, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        return whole;
    }
}
