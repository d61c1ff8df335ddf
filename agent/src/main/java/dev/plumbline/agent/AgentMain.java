package dev.plumbline.agent;

import dev.plumbline.agent.cli.HoldCommand;
import dev.plumbline.agent.cli.PathCommand;
import dev.plumbline.agent.cli.ProbeCommand;
import dev.plumbline.agent.enrol.JoinCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** Entry point of plumbline-agent: the list of its commands. */
@Command(
        name = "plumbline-agent",
        mixinStandardHelpOptions = true,
        description = "Measures from this host what Apple devices and MDM servers need.",
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Done as asked",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error"
        },
        subcommands = {
            ProbeCommand.class,
            PathCommand.class,
            HoldCommand.class,
            PlanCommand.class,
            JoinCommand.class,
            RunCommand.class
        })
public final class AgentMain {
    /** Exit code of an internal error: a bug, told with its stack trace. */
    private static final int INTERNAL = 70;

    private AgentMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AgentMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    e.printStackTrace(line.getErr());
                    return INTERNAL;
                })
                .execute(arguments));
    }
}
