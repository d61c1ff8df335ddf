package dev.plumbline.collector.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline alert list|test}. */
@Command(
        name = "alert",
        description = "Who is told of causes, what waits for them, and whether they can be reached; for operators.",
        mixinStandardHelpOptions = true)
final class AlertCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private AlertCommand() {}

    /** With what it consists of. */
    static CommandLine line(Surroundings surroundings) {
        return new CommandLine(new AlertCommand())
                .addSubcommand(new AlertListCommand(surroundings))
                .addSubcommand(new AlertTestCommand(surroundings));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say which: alert list, or alert test");
    }
}
