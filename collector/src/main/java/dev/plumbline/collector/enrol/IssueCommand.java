package dev.plumbline.collector.enrol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector issue}: makes one agent's certificate. */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        description = "Issues an agent's certificate: agent.pem, agent.key and ca.pem.")
public final class IssueCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Folder that init wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--segment", required = true, paramLabel = "ID", description = "Segment on which the agent stands.")
    @SuppressWarnings("NullAway.Init")
    private String segment;

    @Option(names = "--agent", required = true, paramLabel = "NAME", description = "Name of the agent.")
    @SuppressWarnings("NullAway.Init")
    private String agent;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write into.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--authority", paramLabel = "CHAIN.PEM", description = "As given to init, where it was.")
    private Optional<Path> authority = Optional.empty();

    @Option(names = "--authority-key", paramLabel = "KEY.PEM", description = "Its key.")
    private Optional<Path> authorityKey = Optional.empty();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Override
    public Integer call() {
        if (authority.isPresent() != authorityKey.isPresent()) {
            spec.commandLine().getErr().println("give both --authority and --authority-key, or neither");
            return 2;
        }
        try {
            AuthorityFolder folder = new AuthorityFolder(dir);
            SegmentId place = new SegmentId(segment);
            Instant now = Instant.now();
            SiteAuthority issuer =
                    authority.isPresent() ? folder.load(authority.get(), authorityKey.get(), now) : folder.load(now);
            SpiffeId id = folder.issue(issuer, place, agent, out, now);
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? JsonNodeFactory.instance
                                            .objectNode()
                                            .put("identity", id.toString())
                                            .put("folder", out.toString())
                                            .toPrettyString()
                                    : "Issued " + id + " into " + out);
            return 0;
        } catch (ConfigException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }
}
