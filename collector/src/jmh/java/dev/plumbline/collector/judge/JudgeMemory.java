package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.SegmentId;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much a judge keeps for each target of each segment once it has judged twenty rounds of fifty segments and forgot their
 * facts, as the collector does after each; and what the verdict of a round takes while it is written. {@link #main} prints the
 * table: the heap in use after a collection, less what was in use before the judge was made.
 */
final class JudgeMemory {
    private static final int SEGMENTS = 50;
    private static final int ROUNDS = 20;
    private static final long PERIOD_MILLIS = 60_000;
    private static final String ANY = "wifi";

    private final TestPki pki = new TestPki();
    private final Catalog catalog = Catalog.builtIn();
    private final Site site = new Site(
            "campus",
            "campus.example",
            "plumbline-2026",
            EnumSet.allOf(Service.class),
            EnumSet.allOf(Platform.class),
            IntStream.range(0, SEGMENTS).mapToObj(JudgeMemory::segment).toList());
    private final Batch batch;
    private final Batch faulty;

    private JudgeMemory(String fault) {
        batch = batch("");
        faulty = batch(fault);
    }

    /** As the scene has it, many times: its agents stand at the same address, each behind a way out of its own. */
    private static Segment segment(int i) {
        String name = ANY + "-" + i;
        return new Segment(
                new SegmentId(name), name, SegmentKind.WIFI, Set.of(Role.DEVICE), List.of("10.20.20.0/24"), name);
    }

    private Batch batch(String fault) {
        return new Scene(pki, Set.of(ANY), Scene.Fault.all(fault))
                .batches()
                .values()
                .iterator()
                .next();
    }

    private SiteJudge judge() {
        TrustAnchors anchors = catalog.anchors()
                .with(IdentityClass.APPLE_PRIVATE, List.of(pki.privateRoot()))
                .with(IdentityClass.PUBLIC, List.of(pki.publicRoot()));
        return new SiteJudge(
                site, this::plan, hash -> Optional.ofNullable(pki.certificates().get(hash)), anchors);
    }

    private Plan plan(SegmentId id) {
        return Planner.plan(catalog, site, site.segment(id).orElseThrow(), Plan.Settings.DEFAULT);
    }

    /** The fault lies on every second segment. */
    private RoundVerdict judged(SiteJudge judge, long round) {
        for (int i = 0; i < SEGMENTS; i++) {
            SegmentId segment = site.segments().get(i).id();
            judge.accept(new AgentId(segment, segment + "-1"), Rehearsed.inRound(i % 2 == 0 ? batch : faulty, round));
        }
        RoundVerdict verdict = judge.judge(round, Instant.ofEpochMilli(round).plusSeconds(30));
        judge.forgetBefore(round + 1);
        return verdict;
    }

    private void measure(String fault) {
        judged(judge(), Scene.ROUND);
        long nothing = heap();
        SiteJudge judge = judge();
        List<RoundVerdict> latest = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            latest.clear();
            latest.add(judged(judge, Scene.ROUND + i * PERIOD_MILLIS));
        }
        int cells = latest.get(0).cells().size();
        long withVerdict = heap();
        latest.clear();
        long steady = heap();
        // Asked after it was weighed, so that it is not collected before.
        if (!judge.rounds().isEmpty()) {
            throw new IllegalStateException("the judge still holds facts of rounds " + judge.rounds());
        }
        System.out.printf(
                Locale.ROOT,
                "%-36s %8d %12d %12d%n",
                fault.isEmpty() ? "(none)" : fault,
                cells,
                (steady - nothing) / cells,
                (withVerdict - steady) / cells);
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    public static void main(String[] arguments) {
        System.out.printf(
                "bytes for each target of each segment: %d segments after %d rounds%n%-36s %8s %12s %12s%n",
                SEGMENTS, ROUNDS, "fault on every second segment", "cells", "judge", "last verdict");
        for (String fault :
                List.of("", ANY + ":silent tcp/5223", ANY + ":foreign tcp/443", ANY + ":silent all@apple")) {
            new JudgeMemory(fault).measure(fault);
        }
    }
}
