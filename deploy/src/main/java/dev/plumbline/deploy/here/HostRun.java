package dev.plumbline.deploy.here;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One round on this host from catalog to report. */
final class HostRun {
    private final Question question;
    private final Uplink uplink;
    private final Surroundings surroundings;
    private final ProgressLine progress;
    private final boolean firstLookShown;

    HostRun(Question question, Uplink uplink, Surroundings surroundings, boolean firstLookShown) {
        this.question = question;
        this.uplink = uplink;
        this.surroundings = surroundings;
        this.progress =
                new ProgressLine(surroundings.err(), surroundings.terminal().isProgressShown());
        this.firstLookShown = firstLookShown;
    }

    /** @throws ConfigException when an overlay is wrong; nothing was probed then */
    HostReport run() throws ConfigException {
        // Native libraries take as long to load as the catalog takes to read.
        CompletableFuture<Network> opening = CompletableFuture.supplyAsync(uplink.open());
        Catalog catalog;
        try {
            catalog = Catalog.load(question.overlays());
        } catch (ConfigException e) {
            opening.thenAccept(Network::close);
            throw e;
        }
        Site site = HostSite.of(question.roles(), question.services());
        try (Network network = opening.join()) {
            return measured(catalog, site, network);
        } finally {
            progress.clear();
        }
    }

    private HostReport measured(Catalog catalog, Site site, Network network) {
        List<Target> targets = HostSite.targets(catalog, site);
        Instant start = surroundings.clock().instant();
        RoundOrder order =
                order(targets, start.toEpochMilli(), uplink.leadsOut().test(network));
        HostFacts facts = new HostFacts(order.targets().size(), progress::show);
        HostJudge judge = new HostJudge(site, targets, catalog.anchors());
        CompletableFuture<RoundSummary> round = new RoundRunner(
                        network, Suspicion.ofExpectations(catalog.anchors()), question.control())
                .run(order, new RoundSettings(question.stageTimeout(), 1, 0), facts);
        if (firstLookShown) {
            firstLook(facts, judge, round, start);
        }
        RoundSummary summary = round.join();
        Instant end = surroundings.clock().instant();
        return new HostReport(
                question.roles(),
                site.edition(),
                targets,
                judge.verdict(facts.batch(summary), facts, order.round(), end),
                summary,
                Duration.between(start, surroundings.clock().instant()));
    }

    /** Says what the first look makes likely while the second is under way. */
    private void firstLook(HostFacts facts, HostJudge judge, CompletableFuture<RoundSummary> round, Instant start) {
        facts.firstLook()
                .thenAcceptAsync(seen -> {
                    Instant now = surroundings.clock().instant();
                    List<String> lines = seen.isEmpty() || round.isDone()
                            ? List.of()
                            : HostText.firstLook(
                                    judge.ifConfirmed(seen, facts, start.toEpochMilli(), now),
                                    Duration.between(start, now),
                                    surroundings.terminal().width());
                    if (!lines.isEmpty() && !round.isDone()) {
                        progress.clear();
                        lines.forEach(surroundings.out()::println);
                        surroundings.out().println();
                        surroundings.out().flush();
                    }
                })
                .join();
    }

    /** Without a way out nothing is probed: every failure would be the host's own. */
    private static RoundOrder order(List<Target> targets, long round, boolean leadsOut) {
        if (leadsOut) {
            return RoundOrder.of(targets, round);
        }
        Map<TargetId, SkipReason> skipped = new LinkedHashMap<>();
        targets.forEach(t -> skipped.put(t.id(), SkipReason.NO_NETWORK));
        return new RoundOrder(List.of(), round, "", "", skipped);
    }
}
