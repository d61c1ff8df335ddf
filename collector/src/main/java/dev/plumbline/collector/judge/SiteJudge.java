package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.evidence.Holds;
import dev.plumbline.collector.evidence.PoolReader;
import dev.plumbline.collector.evidence.Reader;
import dev.plumbline.collector.evidence.RoundFacts;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.collector.rule.FollowsAgent;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges whole rounds of one site: read, mask, contrast, ask the rules, confirm, explain, write. A pure function of the facts
 * of the round, the connections held in the day before its end, the plans and the catalog, but for what was silent, what
 * flapped and which builds spoke in the rounds before.
 */
public final class SiteJudge implements RoundJudge {
    private final Site site;
    private final SegmentFacts segmentFacts;
    private final Map<SegmentId, Map<TargetId, Target>> targets;
    private final Map<TargetId, Target> allTargets;
    private final Duties duties;
    private final SegmentJudge segmentJudge;
    private final Beyond beyond;
    private final SilentRounds silentRounds = new SilentRounds();
    private final FormerBuilds formerBuilds = new FormerBuilds();
    private final Flaps flaps = new Flaps();
    private final RoundWriter writer;
    private final FindingWriter findingWriter = new FindingWriter();
    private final TreeMap<Long, RoundFacts> rounds = new TreeMap<>();
    private final Holds holds = new Holds();

    /**
     * @param plans the plan of each declared segment
     * @param certificates evidence by hash
     */
    public SiteJudge(Site site, Function<SegmentId, Plan> plans, Certificates certificates, TrustAnchors anchors) {
        this(site, plans, certificates, anchors, Agreements.NONE);
    }

    /** @param agreements what counts as excused in a round that begins while it holds */
    public SiteJudge(
            Site site,
            Function<SegmentId, Plan> plans,
            Certificates certificates,
            TrustAnchors anchors,
            Agreements agreements) {
        this.site = site;
        this.segmentJudge = new SegmentJudge(flaps::began);
        this.beyond = new Beyond(site, flaps::began);
        this.targets = site.segments().stream()
                .collect(Collectors.toMap(
                        Segment::id, s -> byId(plans.apply(s.id()).targets())));
        this.allTargets =
                byId(targets.values().stream().flatMap(m -> m.values().stream()).toList());
        this.duties = new Duties(site, id -> targets.getOrDefault(id, Map.of()).values());
        this.writer = new RoundWriter(allTargets, duties, flaps, agreements);
        this.segmentFacts =
                new SegmentFacts(site, id -> targets.getOrDefault(id, Map.of()), new Reader(certificates, anchors));
    }

    @Override
    public void accept(AgentId agent, Batch batch) {
        Stream.concat(
                        batch.observations().stream().map(o -> o.round()),
                        batch.summaries().stream().map(s -> s.round()))
                .distinct()
                .forEach(round ->
                        rounds.computeIfAbsent(round, r -> new RoundFacts()).addAll(agent, batch, round));
        if (targets.containsKey(agent.segment())) {
            holds.add(agent.segment(), batch.holds());
        }
    }

    @Override
    public Set<Long> rounds() {
        return new LinkedHashSet<>(rounds.keySet());
    }

    @Override
    public Set<AgentId> finished(long round) {
        RoundFacts facts = rounds.get(round);
        return facts == null ? Set.of() : facts.finished();
    }

    @Override
    public void recall(Collection<Cell> cells) {
        flaps.recall(
                cells.stream().filter(c -> targets.containsKey(c.segment())).toList());
    }

    @Override
    public void forgetBefore(long round) {
        rounds.headMap(round, false).clear();
    }

    @Override
    public RoundVerdict judge(long round, Instant closedAt) {
        return judge(round, closedAt, (finding, claims) -> false);
    }

    /**
     * The verdict for a site of one host, of which no other segment can speak. What fails there plainly breaks the rule for
     * that host; its cause stays a suspicion, because whose rule it is cannot be told.
     */
    public RoundVerdict judgeAlone(long round, Instant closedAt) {
        return judge(round, closedAt, new PlainFailure(allTargets)::isPlain);
    }

    /** @param suffices which suspicions settle the state of their targets though nobody is accused by them */
    private RoundVerdict judge(long round, Instant closedAt, BiPredicate<Finding, List<Claim>> suffices) {
        RoundFacts facts = rounds.getOrDefault(round, new RoundFacts());
        List<SegmentReading> readings = segmentFacts.read(facts, segment -> holds.readings(segment, closedAt)).stream()
                .map(r -> formerBuilds.learn(segmentJudge.heard(r), round))
                .toList();
        List<SegmentCase> cases = cases(readings, round);
        List<Finding> findings = new ArrayList<>();
        List<Finding> suspicions = new ArrayList<>();
        List<Finding> causes = new ArrayList<>();
        for (SegmentCase segment : cases) {
            if (Elsewhere.isOutside(segment.reading())) {
                continue;
            }
            Segment declared = segment.reading().segment();
            Place place = Place.of(declared.id());
            Descriptions own = segment.descriptions();
            findings.addAll(findingWriter.write(
                    place,
                    segment.claims(),
                    own,
                    (m, t) -> duties.owes(declared.id(), t.id())
                            || (m == Mechanism.UDP_SILENT && Planner.optional(t, site, declared))
                            || m == Mechanism.OUTBOUND_OPEN));
            List<Finding> suspected =
                    findingWriter.write(place, segment.suspected(), own, (m, t) -> duties.owes(declared.id(), t.id()));
            suspicions.addAll(suspected);
            suspected.stream()
                    .filter(f -> suffices.test(f, segment.suspected()))
                    .forEach(causes::add);
            suspicions.addAll(
                    findingWriter.write(place, segment.doubtful(), own, (m, t) -> duties.owes(declared.id(), t.id())));
        }
        findings.addAll(beyond.judge(cases));
        findings.addAll(WrongClocks.of(readings));
        findings.sort(Comparator.comparing(Finding::place).thenComparing(Finding::mechanism));
        causes.addAll(0, findings);
        return writer.write(round, closedAt, cases, findings, suspicions, causes, pools(facts, readings));
    }

    private static List<PoolSight> pools(RoundFacts facts, List<SegmentReading> readings) {
        List<PoolSight> sights = new ArrayList<>();
        for (SegmentReading segment : readings) {
            AgentId agent = new AgentId(segment.segment().id(), segment.agent());
            for (TargetReading target : segment.readings()) {
                if (target.target().poolSize() > 0) {
                    sights.addAll(PoolReader.read(
                            segment, target, facts.of(agent, target.target().id())));
                }
            }
        }
        return sights;
    }

    /** Masked segments take no part in the contrast: what they see says nothing of the rest. */
    private List<SegmentCase> cases(List<SegmentReading> readings, long round) {
        Map<SegmentId, List<Claim>> masks = new TreeMap<>();
        readings.forEach(r -> masks.put(r.segment().id(), segmentJudge.mask(r)));
        List<SegmentReading> comparable = readings.stream()
                .filter(r -> masks.getOrDefault(r.segment().id(), List.of()).isEmpty())
                .toList();
        List<SegmentReading> shown =
                comparable.stream().map(FollowsAgent::forOthers).toList();
        return readings.stream()
                .map(r -> comparable.contains(r)
                        ? confirmed(r, round, segmentJudge.judge(r, Elsewhere.of(r, recalling(r, shown))))
                        : segmentJudge.masked(r, masks.getOrDefault(r.segment().id(), List.of())))
                .toList();
    }

    /** Others, with what passed there before the round where it had begun to fail here by then. */
    private List<SegmentReading> recalling(SegmentReading self, List<SegmentReading> others) {
        return others.stream()
                .map(o -> o.recalling(
                        id -> self.target(id).filter(SegmentJudge::fails).map(flaps::began)))
                .toList();
    }

    private SegmentCase confirmed(SegmentReading reading, long round, SegmentCase segment) {
        SegmentCase parted = new Confirmation(
                        reading,
                        segment.descriptions(),
                        silentRounds.before(reading.segment().id(), round))
                .of(segment);
        silentRounds.learn(parted, round);
        return parted;
    }

    private static Map<TargetId, Target> byId(List<Target> targets) {
        return targets.stream().collect(Collectors.toMap(Target::id, t -> t, (a, b) -> a));
    }
}
