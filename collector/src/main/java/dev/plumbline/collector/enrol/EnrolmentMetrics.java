package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many agents should be connected, and until when the certificates are good of those that are: the latest ones, since a stream
 * stands on with the one that it was opened with. Read now and then: agents that connect read the same file.
 */
final class EnrolmentMetrics implements MetricSource {
    private static final long FRESH_NANOS = 15_000_000_000L;

    private final EnrolmentFile file;
    private final Supplier<List<ConnectedAgent>> agents;
    private final Supplier<Site> site;
    private volatile @Nullable Read latest;

    private record Read(long atNanos, Map<SegmentId, List<KnownAgent>> known) {}

    /** @param agents that are connected now */
    EnrolmentMetrics(EnrolmentFile file, Supplier<List<ConnectedAgent>> agents, Supplier<Site> site) {
        this.file = file;
        this.agents = agents;
        this.site = site;
    }

    @Override
    public void tell(Families families) {
        Map<SegmentId, List<KnownAgent>> known = known();
        Set<SpiffeId> connected =
                agents.get().stream().map(ConnectedAgent::identity).collect(Collectors.toSet());
        for (Segment segment : site.get().segments()) {
            tell(families, segment.id().value(), known.getOrDefault(segment.id(), List.of()), connected);
        }
    }

    private static void tell(Families families, String segment, List<KnownAgent> known, Set<SpiffeId> connected) {
        families.gauge(
                "plumbline_agents_expected",
                "Agents of the segment that had a certificate and are not revoked.",
                known.size(),
                "segment",
                segment);
        known.stream()
                .filter(agent -> connected.contains(agent.identity()))
                .map(KnownAgent::certificateEnds)
                .flatMap(Optional::stream)
                .min(Comparator.<Instant>naturalOrder())
                .ifPresent(ends -> families.moment(
                        "plumbline_agents_certificate_expiry_timestamp_seconds",
                        "When the first of the connected agents' certificates ends; of each the latest that it was given.",
                        ends,
                        "segment",
                        segment));
    }

    private Map<SegmentId, List<KnownAgent>> known() {
        long now = System.nanoTime();
        Read before = latest;
        if (before == null || now - before.atNanos() > FRESH_NANOS) {
            before = new Read(now, read());
            latest = before;
        }
        return before.known();
    }

    /** One whose certificate has ended is missed all the more: it is given up only by its revocation. */
    private Map<SegmentId, List<KnownAgent>> read() {
        return file.read(EnrolmentRecords::agents).stream()
                .filter(agent -> agent.revoked().isEmpty())
                .filter(agent -> agent.certificateEnds().isPresent())
                .filter(agent -> agent.identity().segment().isPresent())
                .collect(Collectors.groupingBy(
                        agent -> agent.identity().segment().orElseThrow()));
    }
}
