package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.judge.SiteJudge;
import dev.plumbline.collector.judge.TestPki;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.TargetId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One firewall of one seed on the broken segment, the two others clean, and what the judge says of the round. */
final class Trial {
    private static final int WORLDS = 40;
    private static final Map<Long, World> KNOWN = new LinkedHashMap<>();
    private static final List<String> SINKS = List.of("203.0.113.66", "0.0.0.0", "127.0.0.1");

    private final World world;
    private final Firewall firewall;
    private final TestPki pki;
    private Noise noise = Noise.NONE;
    private final Map<AgentId, Batch> batches = new LinkedHashMap<>();

    Trial(long seed, TestPki pki) {
        Random random = new Random(seed);
        this.pki = pki;
        this.world = KNOWN.computeIfAbsent((long) random.nextInt(WORLDS), World::new);
        this.firewall = Administrator.firewall(world, random);
        Wire wire = new Wire(pki, SINKS.get(random.nextInt(SINKS.size())), random.nextBoolean());
        for (Segment segment : world.site().segments()) {
            List<TargetId> targets =
                    world.plan(segment.id()).targets().stream().map(t -> t.id()).toList();
            boolean broken = segment.id().equals(World.BROKEN);
            Noise some = Noise.some(targets, random);
            if (broken) {
                noise = some;
            }
            Agent agent = new Agent(world, segment, broken ? firewall : new Firewall(), some, wire);
            batches.put(agent.id(), agent.batch());
        }
    }

    World world() {
        return world;
    }

    Firewall firewall() {
        return firewall;
    }

    Map<AgentId, Batch> batches() {
        return batches;
    }

    Truth truth() {
        return new Truth(world, firewall, noise);
    }

    SiteJudge judge() {
        TrustAnchors anchors = World.catalog()
                .anchors()
                .with(IdentityClass.APPLE_PRIVATE, List.of(pki.privateRoot()))
                .with(IdentityClass.PUBLIC, List.of(pki.publicRoot()));
        return new SiteJudge(
                world.site(),
                world::plan,
                hash -> Optional.ofNullable(pki.certificates().get(hash)),
                anchors);
    }

    RoundVerdict verdict() {
        SiteJudge judge = judge();
        batches.forEach(judge::accept);
        return judge.judge(World.ROUND, Agent.AT.plusSeconds(30));
    }
}
