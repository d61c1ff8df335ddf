package dev.plumbline.agent;

import dev.plumbline.agent.helper.HelperSettings;
import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.Section;
import dev.plumbline.identity.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The agent's configuration file.
 *
 * @param collector key {@code collector}: one {@code host:port} or a list, tried in turn
 * @param identity keys {@code certificate}, {@code key}, {@code trust} under {@code identity}
 * @param data key {@code data}: folder of the spool and the plan; default {@code data} beside the file
 * @param spoolBytes key {@code spool-megabytes}: bound of the spool; default 256
 * @param proxy keys {@code address} and {@code credentials} under {@code proxy}: one that is tried beside the direct way,
 *     and a file with {@code user:password} for it alone; default none
 * @param overlays key {@code overlays} under {@code catalog}: files whose trust anchors the agent knows; default none
 * @param hold section {@code hold}: which connections are left quiet, and for how long
 * @param helper section {@code helper}: the echoes that this agent serves, or where another one does; default none
 */
public record AgentConfig(
        List<CollectorAddress> collector,
        TlsFiles identity,
        Path data,
        long spoolBytes,
        List<Path> overlays,
        HoldSettings hold,
        HelperSettings helper,
        Optional<ProxyChoice> proxy) {
    private static final int STANDARD_MEGABYTES = (int) (SqliteSpool.STANDARD_BYTES >> 20);

    public AgentConfig {
        collector = List.copyOf(collector);
        overlays = List.copyOf(overlays);
    }

    /** Holding as usual, without a helper or a proxy. */
    public AgentConfig(
            List<CollectorAddress> collector, TlsFiles identity, Path data, long spoolBytes, List<Path> overlays) {
        this(
                collector,
                identity,
                data,
                spoolBytes,
                overlays,
                HoldSettings.STANDARD,
                HelperSettings.NONE,
                Optional.empty());
    }

    /**
     * @throws ConfigException with every problem of the file
     */
    public static AgentConfig read(Path file) throws ConfigException {
        return read(ConfigFile.read(file));
    }

    static AgentConfig read(ConfigFile file) throws ConfigException {
        Section root = file.root();
        List<CollectorAddress> collector = root.values("collector", CollectorAddress::parse);
        if (!root.has("collector")) {
            root.problem("collector", "is missing; give the collector's address, such as 192.0.2.1:50051");
        }
        AgentConfig config = new AgentConfig(
                collector,
                TlsFiles.of(root.section("identity")),
                root.path("data", file.folder().resolve("data")),
                (long) root.integer("spool-megabytes", 1, 1 << 20, STANDARD_MEGABYTES) << 20,
                root.section("catalog")
                        .values("overlays", s -> file.folder().resolve(s).normalize()),
                HoldSettings.read(root.section("hold")),
                HelperSettings.read(root.section("helper")),
                ProxyConfig.read(root.section("proxy")));
        file.finish();
        return config;
    }
}
