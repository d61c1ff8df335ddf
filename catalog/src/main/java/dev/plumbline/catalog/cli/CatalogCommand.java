package dev.plumbline.catalog.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code catalog}: what the documents ask for and what is probed for it. Exit codes: 0 shown, 2 wrong use or configuration. */
@Command(
        name = "catalog",
        description =
                "Apple's list: its editions, rows and targets, new ones read in, and what a firewall has to let out.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        scope = ScopeType.INHERIT,
        subcommands = {
            EditionsCommand.class,
            RowsCommand.class,
            TargetsCommand.class,
            DiffCommand.class,
            ImportCommand.class,
            ExportCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Shown",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error"
        })
public final class CatalogCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: editions, rows, targets, diff, import or export");
    }

    /** A command line whose wrong use is one sentence on the error stream and exit code 2. */
    public static CommandLine commandLine() {
        return configured(new CommandLine(new CatalogCommand()));
    }

    /** Makes refusals of this command one sentence; other commands of the same line keep their own handler. */
    public static CommandLine configured(CommandLine line) {
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((e, args) -> {
            if (e instanceof RefusedException) {
                e.getCommandLine().getErr().println(e.getMessage());
                e.getCommandLine().getErr().flush();
                return 2;
            }
            return usual.handleParseException(e, args);
        });
        return line;
    }
}
