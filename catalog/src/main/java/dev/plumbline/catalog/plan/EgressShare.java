package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One agent's share of what all agents behind one public address may do together: Apple, and whoever guards the way there,
 * sees them as one. Pure.
 *
 * <p>Every declared segment of the egress group counts for one agent at least, whether one is connected or not, and a
 * segment with several for as many as were seen. Connected agents alone would be the wrong measure: an agent that lost
 * the collector goes on measuring by the plan on its disk, so its share must not be given away the moment its stream
 * ends; and plans would change with every reconnection.
 *
 * @param agents how many share, itself included
 */
public record EgressShare(int agents) {
    /** Of a target: its name leads to a few addresses of both families, and each is connected to. */
    private static final int USUAL_CONNECTIONS = 4;

    /** The only one behind its address. */
    public static final EgressShare WHOLE = new EgressShare(1);

    public EgressShare {
        if (agents < 1) {
            throw new IllegalArgumentException("at least one agent has a share, not " + agents);
        }
    }

    /** @param seen how many agents of a segment are known; none for a segment that is left out */
    public static EgressShare of(Site site, Segment segment, Map<SegmentId, Integer> seen) {
        return new EgressShare(site.segments().stream()
                .filter(one -> one.egressGroup().equals(segment.egressGroup()))
                .mapToInt(one -> Math.max(1, seen.getOrDefault(one.id(), 0)))
                .sum());
    }

    /**
     * The plan with its share, not sealed: the connections a second divided, at least one, and the minimum intervals of
     * couriers, provider API, NTP and SSH multiplied, so that the group asks no more often than one agent alone would. Its
     * members ask in the same rounds, for what is asked at different times cannot be compared.
     */
    public Plan of(Plan whole) {
        Plan.Settings settings = whole.settings();
        Plan.Settings shared = new Plan.Settings(
                settings.round(),
                settings.stageTimeout(),
                settings.confirmations(),
                Math.max(1, settings.connectionsPerSecond() / agents));
        return new Plan(
                "",
                whole.site(),
                whole.segment(),
                whole.targets().stream().map(this::of).toList(),
                whole.unread(),
                shared);
    }

    /**
     * A sentence when an agent's share is too small for its rounds, which would then never be whole; empty when it suffices.
     *
     * @param shared the plan with its share
     */
    public Optional<String> complaint(Plan shared) {
        Plan.Settings settings = shared.settings();
        long seconds = (long) shared.targets().size() * USUAL_CONNECTIONS / settings.connectionsPerSecond();
        if (seconds <= settings.round().toSeconds()) {
            return Optional.empty();
        }
        String sharing = agents == 1 ? "alone" : "one of " + agents + " agents";
        return Optional.of("segment " + shared.segment() + ", " + sharing + " behind its public address: at "
                + settings.connectionsPerSecond() + " connections a second a round of "
                + shared.targets().size() + " targets takes some " + seconds + " s, longer than the "
                + settings.round().toSeconds()
                + " s between rounds; raise rounds.every or probe.connections-per-second");
    }

    private Target of(Target target) {
        Duration interval = target.minimumInterval();
        return interval.isZero() || !isCounted(target.probe()) ? target : target.every(interval.multipliedBy(agents));
    }

    /** What somebody at the far end counts by address. */
    private static boolean isCounted(ProbeKind kind) {
        return switch (kind) {
            case COURIER, PROVIDER_API, NTP, SSH -> true;
            case HTTPS,
                    HTTP,
                    CAPTIVE,
                    BAG,
                    TCP,
                    NAME_ABSENT,
                    NAME_TEXT,
                    OCSP,
                    CERT_FILE,
                    PMV,
                    PLIST,
                    PLIST_PLAIN,
                    QUIC,
                    HTTP3,
                    DOH -> false;
        };
    }
}
