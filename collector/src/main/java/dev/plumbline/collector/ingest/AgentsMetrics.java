package dev.plumbline.collector.ingest;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The connected agents by segment: not by agent, since hosts come and go, and whoever asks for one finds it by {@code plumbline
 * agents}.
 *
 * @param site as it is declared now
 */
public record AgentsMetrics(Agents agents, Supplier<Site> site) implements MetricSource {
    @Override
    public void tell(Families families) {
        Map<SegmentId, List<ConnectedAgent>> bySegment =
                agents.connected().stream().collect(Collectors.groupingBy(ConnectedAgent::segment));
        for (Segment segment : site.get().segments()) {
            tell(families, segment.id().value(), bySegment.getOrDefault(segment.id(), List.of()));
        }
        families.gauge("plumbline_ingest_streams", "Streams of agents, also before their hello.", agents.streams());
        families.gauge("plumbline_ingest_streams_limit", "How many streams are taken at once.", Bounds.STREAMS);
        families.counter(
                "plumbline_ingest_streams_refused_total",
                "Streams that were refused because a bound was reached.",
                agents.refusedStreams());
    }

    private static void tell(Families families, String segment, List<ConnectedAgent> connected) {
        families.gauge(
                "plumbline_agents_connected",
                "Agents of the segment that hold a stream.",
                connected.stream().map(ConnectedAgent::identity).distinct().count(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agents_lost_observations",
                "Observations that the connected agents could not keep, as they told.",
                connected.stream().mapToLong(a -> a.losses().observations()).sum(),
                "segment",
                segment);
        connected.stream()
                .map(ConnectedAgent::clockAhead)
                .max(Comparator.comparing(Duration::abs))
                .ifPresent(ahead -> families.gauge(
                        "plumbline_agents_clock_ahead_seconds",
                        "The agent's clock less the collector's, of the one that is most wrong, as its latest round says.",
                        // An agent may say any year, which is too long for nanoseconds.
                        ahead.toMillis() / 1e3,
                        "segment",
                        segment));
    }
}
