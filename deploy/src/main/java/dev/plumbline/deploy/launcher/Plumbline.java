package dev.plumbline.deploy.launcher;

import dev.plumbline.catalog.cli.CatalogCommand;
import dev.plumbline.collector.cli.ExitCode;
import dev.plumbline.collector.cli.PluginCommand;
import dev.plumbline.collector.cli.QueryCommands;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.deploy.here.HereCommand;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The program {@code plumbline}. */
@Command(
        name = "plumbline",
        mixinStandardHelpOptions = true,
        description = "Shows which network segment breaks the path to Apple's push service, and by what.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Asked and answered; here, verify-now --wait, report: every requirement is met",
            "1:here, verify-now --wait, report: a requirement is broken; alert test: a receiver did not take it",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "3:here, verify-now --wait, report: too little is known",
            "4:The collector cannot be reached",
            "70:An internal error; check has codes of its own, those of Nagios"
        })
public final class Plumbline {
    /** Answers are for people and programs: no logging framework is started for them unless one is named. */
    private static final String LOGGING = "slf4j.provider";

    private Plumbline() {}

    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
            // Else Netty looks for another framework to warn with, and finds the JDK's.
            InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
        }
        System.exit(commandLine(Surroundings.ofProcess()).execute(arguments));
    }

    /** Every command of the program, one line each. */
    public static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Plumbline());
        QueryCommands.all(surroundings).forEach(line::addSubcommand);
        line.getSubcommands().values().forEach(Plumbline::explain);
        line.addSubcommand(new HereCommand(surroundings));
        line.addSubcommand(new CatalogCommand());
        line.addSubcommand(new CompletionCommand());
        return line.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setExecutionExceptionHandler((e, at, parsed) -> {
                    at.getErr().println("internal error, please report it: " + e);
                    e.printStackTrace(at.getErr());
                    return ExitCode.INTERNAL;
                })
                .setParameterExceptionHandler((e, all) -> {
                    CommandLine at = e.getCommandLine();
                    String sentence =
                            e.getMessage() + " (see " + at.getCommandSpec().qualifiedName() + " --help)";
                    at.getErr().println(sentence);
                    if (at.getCommand() instanceof PluginCommand plugin) {
                        plugin.refuse(sentence);
                    }
                    // ExitCode.USAGE, but for commands whose callers read exit codes in another way.
                    return at.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    /** A command that asks the collector, and says nothing of its exit codes, has those of an answer. */
    private static void explain(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (usage.exitCodeList().isEmpty()) {
            Map<String, String> codes = new LinkedHashMap<>();
            codes.put(String.valueOf(ExitCode.OK), "Asked and answered");
            codes.put(String.valueOf(ExitCode.USAGE), "Wrong usage or configuration");
            codes.put(String.valueOf(ExitCode.UNREACHABLE), "The collector cannot be reached");
            codes.put(String.valueOf(ExitCode.INTERNAL), "An internal error");
            usage.exitCodeListHeading("Exit codes:%n").exitCodeList(codes);
        }
        command.getSubcommands().values().forEach(Plumbline::explain);
    }
}
