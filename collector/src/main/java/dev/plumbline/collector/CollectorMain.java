package dev.plumbline.collector;

import dev.plumbline.collector.enrol.InitCommand;
import dev.plumbline.collector.enrol.IssueCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program {@code plumbline-collector}. */
@Command(
        name = "plumbline-collector",
        mixinStandardHelpOptions = true,
        description = "Compares what agents see on the segments of a site, and names what breaks the rule.",
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Done as asked",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error, or the disk failed"
        },
        subcommands = {
            ServeCommand.class,
            RejudgeCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            InitCommand.class,
            IssueCommand.class
        })
public final class CollectorMain {
    static final int USAGE = 2;
    static final int INTERNAL = 70;

    /** EX_TEMPFAIL of sysexits.h. */
    static final int NOT_NOW = 75;

    private CollectorMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CollectorMain())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    e.printStackTrace(line.getErr());
                    return INTERNAL;
                })
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println(e.getMessage());
                    return USAGE;
                });
    }
}
