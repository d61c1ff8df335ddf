package dev.plumbline.collector.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;

/** What a command answered that somebody typed. */
record Typed(int exitCode, String out, String err) {
    @CommandLine.Command(name = "plumbline")
    private static final class Top {}

    /** At the collector that a file names. */
    static Typed at(Path config, String... words) {
        return at(config, Clock.systemUTC(), new StringWriter(), words);
    }

    /**
     * The same, at a certain time.
     *
     * @param out may be read while the command runs
     */
    static Typed at(Path config, Clock clock, StringWriter out, String... words) {
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out),
                new PrintWriter(err),
                Map.of(CollectorOptions.CONFIG_VARIABLE, config.toString()),
                config.resolveSibling("home"),
                Terminal.PLAIN,
                clock);
        CommandLine line = new CommandLine(new Top());
        QueryCommands.all(surroundings).forEach(line::addSubcommand);
        int code =
                line.setErr(new PrintWriter(err)).setOut(new PrintWriter(out)).execute(words);
        return new Typed(code, out.toString(), err.toString());
    }

    JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out);
    }
}
