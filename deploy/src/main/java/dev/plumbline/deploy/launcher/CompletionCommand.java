package dev.plumbline.deploy.launcher;

import dev.plumbline.catalog.Words;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code plumbline completion SHELL}: what a shell needs to complete the program's commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what a shell needs to complete commands and options.",
            "In ~/.bashrc or ~/.zshrc: source <(plumbline completion bash), or zsh."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:Printed", "2:No such shell"})
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SHELL",
            description = "bash or zsh",
            converter = OfWord.class,
            completionCandidates = Shells.class)
    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    /** Those that take the same script: zsh reads it by its bashcompinit, which the script turns on. */
    private enum Shell {
        BASH,
        ZSH
    }

    static final class OfWord implements ITypeConverter<Shell> {
        @Override
        public Shell convert(String word) {
            try {
                return Words.of(Shell.class, word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Shell.values()).map(Words::of).iterator();
        }
    }

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        String script = AutoComplete.bash(program.getCommandName(), program);
        spec.commandLine()
                .getOut()
                .print(
                        switch (shell) {
                            case BASH, ZSH -> script;
                        });
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
