package dev.plumbline.deploy.here;

import dev.plumbline.agent.bundle.Asked;
import dev.plumbline.agent.bundle.BundleException;
import dev.plumbline.agent.bundle.BundleFile;
import dev.plumbline.agent.bundle.CutShort;
import dev.plumbline.agent.bundle.Recording;
import dev.plumbline.agent.environment.HostEnvironment;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Printable;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One round on this host from catalog to report. */
final class HostRun {
    private final Question question;
    private final Uplink uplink;
    private final Surroundings surroundings;
    private final ProgressLine progress;
    private final boolean firstLookShown;
    private final Optional<BundleFile> bundle;

    /** @param bundle where all facts are to be written to as well */
    HostRun(
            Question question,
            Uplink uplink,
            Surroundings surroundings,
            boolean firstLookShown,
            Optional<BundleFile> bundle) {
        this.question = question;
        this.uplink = uplink;
        this.surroundings = surroundings;
        this.progress =
                new ProgressLine(surroundings.err(), surroundings.terminal().isProgressShown());
        this.firstLookShown = firstLookShown;
        this.bundle = bundle;
    }

    /**
     * @param answered told the verdict, before the bundle is written
     * @throws ConfigException when an overlay is wrong; nothing was probed then
     * @throws BundleException when the bundle cannot be written
     */
    HostReport run(Consumer<HostReport> answered) throws ConfigException, BundleException {
        // Native libraries take as long to load as the catalog takes to read.
        CompletableFuture<Network> opening = CompletableFuture.supplyAsync(uplink.open());
        Catalog catalog;
        try {
            catalog = Catalog.load(question.overlays());
        } catch (ConfigException e) {
            opening.thenAccept(Network::close);
            throw e;
        }
        Site site = HostSite.of(question.roles(), question.services(), question.edition());
        try (Network network = opening.join()) {
            return measured(catalog, site, network, answered);
        } finally {
            progress.clear();
        }
    }

    private HostReport measured(Catalog catalog, Site site, Network network, Consumer<HostReport> answered)
            throws BundleException {
        List<Target> targets = HostSite.targets(catalog.targets(), site);
        Instant start = surroundings.clock().instant();
        RoundOrder order =
                order(targets, start.toEpochMilli(), uplink.leadsOut().test(network));
        HostFacts facts = new HostFacts(order.targets().size(), progress::show);
        HostJudge judge = new HostJudge(site, targets, catalog.anchors());
        Optional<Recording> recording = bundle.map(file -> recording(file, catalog, targets));
        Optional<CutShort> cutShort = recording.map(r -> r.untilOver(
                order.round(), () -> HostEnvironment.read(network, Duration.ZERO, question.stageTimeout())));
        CompletableFuture<RoundSummary> round = new RoundRunner(
                        network, Suspicion.ofExpectations(catalog.anchors()), question.control())
                .run(
                        order,
                        new RoundSettings(question.stageTimeout(), 1, 0),
                        recording.isPresent() ? facts.and(recording.get()) : facts);
        if (firstLookShown) {
            firstLook(facts, judge, round, start);
        }
        RoundSummary summary = round.join();
        cutShort.ifPresent(CutShort::close);
        Instant end = surroundings.clock().instant();
        RoundVerdict verdict = judge.verdict(facts.batch(summary), facts, order.round(), end);
        Duration elapsed = Duration.between(start, surroundings.clock().instant());
        HostReport report =
                new HostReport(question.roles(), site.edition(), targets, verdict, summary, elapsed, Optional.empty());
        progress.clear();
        answered.accept(report);
        if (recording.isPresent()) {
            recording.get().finish(summary, end, elapsed);
        }
        return report;
    }

    private Recording recording(BundleFile file, Catalog catalog, List<Target> targets) {
        return new Recording(
                file,
                Asked.of(question.roles(), question.services(), question.edition(), catalog),
                targets,
                catalog.anchors(),
                surroundings.clock(),
                surroundings.err());
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
                        lines.stream().map(Printable::line).forEach(surroundings.out()::println);
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
