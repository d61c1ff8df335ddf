package dev.plumbline.collector.enrol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.config.ConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector init}: makes a site's authority and the first certificates. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description =
                "Makes the site's certificate authority, the collector's certificate, an operator's, and the first"
                        + " administrator's token.")
public final class InitCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Folder to write into.")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--site", required = true, paramLabel = "ID", description = "Id of the site, as in collector.yaml.")
    @SuppressWarnings("NullAway.Init")
    private String site;

    @Option(
            names = "--domain",
            required = true,
            paramLabel = "DOMAIN",
            description = "Trust domain of the identities, such as campus.example.")
    @SuppressWarnings("NullAway.Init")
    private String domain;

    @Option(
            names = "--address",
            required = true,
            arity = "1..*",
            paramLabel = "HOST_OR_IP",
            description = "Name or IP address by which agents reach the collector; may be given several times.")
    @SuppressWarnings("NullAway.Init")
    private List<String> addresses;

    @Option(
            names = "--authority",
            paramLabel = "CHAIN.PEM",
            description =
                    "An authority of the organisation's in place of one of its own: its certificate, then what issued it,"
                            + " up to the one that hosts are to trust.")
    private Optional<Path> authority = Optional.empty();

    @Option(names = "--authority-key", paramLabel = "KEY.PEM", description = "Its key; it is read and not copied.")
    private Optional<Path> authorityKey = Optional.empty();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Override
    public Integer call() {
        if (authority.isPresent() != authorityKey.isPresent()) {
            spec.commandLine().getErr().println("give both --authority and --authority-key, or neither");
            return 2;
        }
        BearerToken token;
        try {
            AuthorityFolder folder = new AuthorityFolder(dir);
            token = authority.isPresent()
                    ? folder.init(domain, site, authority.get(), authorityKey.get(), addresses, Instant.now())
                    : folder.init(domain, site, addresses, Instant.now());
        } catch (ConfigException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
        PrintWriter out = spec.commandLine().getOut();
        Path kept = dir.resolve("administrator.token");
        if (json) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("site", site)
                    .put("folder", dir.toString())
                    .put("administratorToken", token.text())
                    .put("administratorTokenFile", kept.toString())
                    .toPrettyString());
        } else {
            out.println(authority.isPresent() ? madeUnder(authority.get()) : made());
            out.println("The first administrator's token, for 90 days, shown once and kept in " + kept + ": "
                    + token.text());
        }
        return 0;
    }

    private String made() {
        return "Made the authority of site " + site + " in " + dir
                + ". Keep ca.key safe. Name it in collector.yaml (enrolment.authority) and invite agents with: plumbline"
                + " invite --segment SEGMENT; or issue a certificate by hand with: plumbline-collector issue"
                + " --dir " + dir + " --segment SEGMENT --agent NAME --out DIR";
    }

    private String madeUnder(Path chain) {
        return "Made the certificates of site " + site + " in " + dir
                + ". Name the authority in collector.yaml: enrolment: {authority: {certificate: " + chain + ", key: "
                + authorityKey.orElseThrow() + "}}";
    }
}
