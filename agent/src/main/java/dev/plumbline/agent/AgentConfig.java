package dev.plumbline.agent;

import dev.plumbline.agent.helper.HelperSettings;
import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.net.Leaving;
import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.policy.PolicySection;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.Section;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.metrics.MetricsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The agent's configuration for one segment; a file has one, or a list of several that one process serves.
 *
 * @param collector key {@code collector}: one {@code host:port} or a list, tried in turn
 * @param identity keys {@code certificate}, {@code key}, {@code trust} under {@code identity}
 * @param isRenewed key {@code renew} under {@code identity}: the certificate is renewed before it ends, and its file, which holds
 *     the key as well, replaced; default false
 * @param data key {@code data}: folder of the spool and the plan; default {@code data} beside the file
 * @param spool keys {@code spool-megabytes} and {@code spool-days}: bounds of the spool; default 256 and 14
 * @param proxy keys {@code address} and {@code credentials} under {@code proxy}: one that is tried beside the direct way,
 *     and a file with {@code user:password} for it alone; default none
 * @param overlays key {@code overlays} under {@code catalog}: files whose trust anchors the agent knows; default none
 * @param hold section {@code hold}: which connections are left quiet, and for how long
 * @param helper section {@code helper}: the echoes that this agent serves, or where another one does; default none
 * @param leaving how probes leave the host: its own way, unless the segment is one of several of the file
 * @param policy section {@code policy}: what the host allows, whatever a collector asks for
 * @param metrics section {@code metrics}: where the process shows its metrics; default nowhere
 */
public record AgentConfig(
        List<CollectorAddress> collector,
        TlsFiles identity,
        boolean isRenewed,
        Path data,
        SpoolBounds spool,
        List<Path> overlays,
        HoldSettings hold,
        HelperSettings helper,
        Optional<ProxyChoice> proxy,
        Leaving leaving,
        Policy policy,
        Optional<MetricsSettings> metrics) {
    private static final int METRICS_PORT = 9464;
    private static final int STANDARD_MEGABYTES = (int) (SpoolBounds.STANDARD.maxBytes() >> 20);
    private static final int STANDARD_DAYS = (int) SpoolBounds.STANDARD.maxAge().toDays();

    public AgentConfig {
        collector = List.copyOf(collector);
        overlays = List.copyOf(overlays);
    }

    /** Holding as usual, without renewal, a helper or a proxy. */
    public AgentConfig(
            List<CollectorAddress> collector, TlsFiles identity, Path data, long spoolBytes, List<Path> overlays) {
        this(
                collector,
                identity,
                false,
                data,
                new SpoolBounds(spoolBytes, SpoolBounds.STANDARD.maxAge()),
                overlays,
                HoldSettings.STANDARD,
                HelperSettings.NONE,
                Optional.empty(),
                Leaving.ANYHOW,
                Policy.STANDARD,
                Optional.empty());
    }

    /**
     * The configuration of a file that serves one segment.
     *
     * @throws ConfigException with every problem of the file
     */
    public static AgentConfig read(Path file) throws ConfigException {
        return read(ConfigFile.read(file));
    }

    static AgentConfig read(ConfigFile file) throws ConfigException {
        List<AgentConfig> all = readAll(file);
        if (all.size() > 1) {
            throw new ConfigException(List.of(file.root().where() + ": serves several segments, and one is asked for"));
        }
        return all.get(0);
    }

    /**
     * One for each segment that the file's process serves, in the order of the file.
     *
     * @throws ConfigException with every problem of the file
     */
    public static List<AgentConfig> readAll(Path file) throws ConfigException {
        return readAll(ConfigFile.read(file));
    }

    static List<AgentConfig> readAll(ConfigFile file) throws ConfigException {
        Section root = file.root();
        List<CollectorAddress> collector = root.values("collector", CollectorAddress::parse);
        if (!root.has("collector")) {
            root.problem("collector", "is missing; give the collector's address, such as 192.0.2.1:50051");
        }
        List<ServedSegment> segments = ServedSegment.readAll(root, file.folder());
        SpoolBounds spool = new SpoolBounds(
                (long) root.integer("spool-megabytes", 1, 1 << 20, STANDARD_MEGABYTES) << 20,
                Duration.ofDays(root.integer("spool-days", 1, 3650, STANDARD_DAYS)));
        List<Path> overlays = root.section("catalog")
                .values("overlays", s -> file.folder().resolve(s).normalize());
        HoldSettings hold = HoldSettings.read(root.section("hold"));
        HelperSettings helper = HelperSettings.read(root.section("helper"));
        Optional<ProxyChoice> proxy = ProxyConfig.read(root.section("proxy"));
        if (root.has(ServedSegment.KEY) && !helper.listen().isEmpty()) {
            root.problem("helper", "listens, which an agent of several segments does not; run the helper by itself");
        }
        Policy policy = PolicySection.read(root.section("policy"));
        checkHelper(root, helper, policy);
        Optional<MetricsSettings> metrics = MetricsSettings.read(root, METRICS_PORT);
        file.finish();
        return segments.stream()
                .map(one -> new AgentConfig(
                        collector,
                        one.identity(),
                        one.isRenewed(),
                        one.data(),
                        spool,
                        overlays,
                        hold,
                        helper,
                        proxy,
                        one.leaving(),
                        policy,
                        metrics))
                .toList();
    }

    /** A helper that the same file forbids would never be asked, and nobody would know why. */
    private static void checkHelper(Section root, HelperSettings helper, Policy policy) {
        helper.refusedBy(policy)
                .ifPresent(why -> root.problem("helper", "is refused by the policy of this file: " + why));
    }
}
