package dev.plumbline.collector.ingest;

import dev.plumbline.catalog.plan.EgressShare;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.SegmentId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans with each egress group's caps divided among its agents. An agent that was seen counts until the collector
 * ends: it may be measuring without a stream. Another one that comes makes everybody's share smaller, and all streams of the
 * site are sent their new plans. Any thread.
 */
public final class SharedPlans implements PlanSource, AgentListener {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPlans.class);

    private final Agents agents;
    // Guarded by this.
    private Site site;
    private Map<SegmentId, Plan> whole;
    private final Map<SegmentId, Set<SpiffeId>> seen = new HashMap<>();
    private volatile Map<SegmentId, Plan> shared;

    /** @param whole the plan of each declared segment, as if its agents were alone */
    public SharedPlans(Site site, Map<SegmentId, Plan> whole, Agents agents) {
        this.site = site;
        this.whole = Map.copyOf(whole);
        this.agents = agents;
        this.shared = divide();
    }

    /** From now on the site is this: streams are sent what changed for them, and those of segments that are gone are ended. */
    public void declare(Site other, Map<SegmentId, Plan> plans) {
        synchronized (this) {
            site = other;
            whole = Map.copyOf(plans);
            seen.keySet().retainAll(whole.keySet());
            shared = divide();
        }
        agents.replan();
    }

    @Override
    public Optional<Plan> planFor(SegmentId segment) {
        return Optional.ofNullable(shared.get(segment));
    }

    @Override
    public void connected(ConnectedAgent agent) {
        synchronized (this) {
            boolean fresh = seen.computeIfAbsent(agent.segment(), segment -> new HashSet<>())
                    .add(agent.identity());
            Map<SegmentId, Plan> divided = fresh ? divide() : shared;
            if (divided.equals(shared)) {
                return;
            }
            shared = divided;
        }
        LOG.info("agent {} shares its way out: the caps of its egress group are divided anew", agent.identity());
        agents.replan();
    }

    private synchronized Map<SegmentId, Plan> divide() {
        Map<SegmentId, Integer> counts = seen.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().size()));
        return site.segments().stream()
                .filter(segment -> whole.containsKey(segment.id()))
                .collect(Collectors.toUnmodifiableMap(Segment::id, segment -> share(segment, counts)));
    }

    private synchronized Plan share(Segment segment, Map<SegmentId, Integer> counts) {
        EgressShare share = EgressShare.of(site, segment, counts);
        Plan plan = PlanCodec.seal(share.of(Objects.requireNonNull(whole.get(segment.id()))));
        share.complaint(plan).ifPresent(LOG::warn);
        return plan;
    }
}
