package dev.plumbline.deploy.manual;

import dev.plumbline.agent.AgentMain;
import dev.plumbline.collector.CollectorMain;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.deploy.launcher.Plumbline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the man pages and completions of all programs below a folder, as a distribution's {@code share} has them. */
public final class Manuals {
    private Manuals() {}

    /** @param arguments the folder, and the version that the pages name */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), arguments[1]);
    }

    static void write(Path share, String version) throws IOException {
        Path pages = Files.createDirectories(share.resolve("man/man1"));
        Path bash = Files.createDirectories(share.resolve("bash-completion/completions"));
        for (CommandLine program : programs()) {
            for (ManualPage page : ManualPage.all(program, version)) {
                Files.writeString(pages.resolve(page.name() + ".1"), page.text());
            }
            String name = program.getCommandName();
            Files.writeString(bash.resolve(name), AutoComplete.bash(name, program));
        }
    }

    static List<CommandLine> programs() {
        return List.of(
                Plumbline.commandLine(Surroundings.ofProcess()),
                new CommandLine(AgentMain.class),
                new CommandLine(CollectorMain.class));
    }
}
