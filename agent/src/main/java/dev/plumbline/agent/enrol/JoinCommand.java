package dev.plumbline.agent.enrol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.plumbline.agent.cli.Terminal;
import dev.plumbline.identity.JoinToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline-agent join}: spends a token on an identity of this host's own. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description =
                "Makes an agent of this host: key, certificate and configuration, in a folder that appears whole.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The host has its identity",
            "2:Wrong usage, a token that opens nothing, or a folder that cannot be written",
            "4:The collector cannot be reached",
            "70:An internal error"
        })
public final class JoinCommand implements Callable<Integer> {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TOKEN",
            description =
                    "what plumbline invite printed; - reads it from standard input, so that no list of processes has it")
    @SuppressWarnings("NullAway.Init")
    private String token;

    @Option(names = "--dir", paramLabel = "DIR", description = "folder to make (default: agent)")
    private Path dir = Path.of("agent");

    @Option(names = "--name", paramLabel = "NAME", description = "the agent's name (default: that of the host)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "for programs; that it waits is said on standard error")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            JoinToken parsed = JoinToken.parse(token.equals("-") ? standardInput() : token);
            String wanted = name.isPresent() ? name.get() : AgentName.ofHost(hostName());
            say(Join.run(parsed, dir, wanted, name.isPresent(), Clock.systemUTC(), waiting()));
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return JoinFailure.REFUSED;
        } catch (JoinFailure e) {
            err.println(e.getMessage());
            return e.exitCode();
        }
    }

    private Waiting waiting() {
        CommandLine line = spec.commandLine();
        return new WaitingText(json ? line.getErr() : line.getOut(), Terminal.isWatched());
    }

    private void say(Join.Joined joined) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("identity", joined.own().identity().toString())
                    .put("certificateEndsAt", joined.ends().toString())
                    .put("configuration", joined.configuration().toString())
                    .put("new", joined.isNew())
                    .toPrettyString());
            out.flush();
            return;
        }
        out.println((joined.isNew() ? "This host is " : "Nothing was asked: this host is already ")
                + joined.own().identity() + ", certificate until " + joined.ends() + ".");
        out.println("Start it: plumbline-agent run --config " + joined.configuration());
        out.flush();
    }

    private static String standardInput() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    /** As the kernel knows it: a question to DNS would be asked of the network that is not trusted yet. */
    private static String hostName() {
        try {
            return Files.readString(HOST_NAME, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
