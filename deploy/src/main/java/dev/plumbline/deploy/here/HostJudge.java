package dev.plumbline.deploy.here;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.judge.SiteJudge;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Judges the round of this host. */
final class HostJudge {
    private final Site site;
    private final Plan plan;
    private final TrustAnchors anchors;

    HostJudge(Site site, List<Target> targets, TrustAnchors anchors) {
        this.site = site;
        this.anchors = anchors;
        Plan.Settings settings = Plan.Settings.DEFAULT;
        this.plan = Plan.of(site.id(), HostSite.AGENT.segment(), targets, settings);
    }

    RoundVerdict verdict(Batch batch, Certificates certificates, long round, Instant closedAt) {
        SiteJudge judge = new SiteJudge(site, segment -> plan, certificates, anchors);
        judge.accept(HostSite.AGENT, batch);
        return judge.judgeAlone(round, closedAt);
    }

    /** What the verdict will be if a second look sees the same. */
    RoundVerdict ifConfirmed(List<Observation> firstLook, Certificates certificates, long round, Instant closedAt) {
        List<Observation> both = firstLook.stream()
                .flatMap(o -> Stream.of(o, o.asTry(o.tryNumber() + 1)))
                .toList();
        Batch batch = new Batch(new UUID(0, 0), 1, "", both, List.of(), List.of());
        return verdict(batch, certificates, round, closedAt);
    }
}
