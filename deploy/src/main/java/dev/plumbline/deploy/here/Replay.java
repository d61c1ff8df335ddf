package dev.plumbline.deploy.here;

import dev.plumbline.agent.bundle.Bundle;
import dev.plumbline.agent.bundle.BundleException;
import dev.plumbline.agent.bundle.BundleReader;
import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts of a bundle judged as if they had been measured here. */
final class Replay {
    private final Path file;
    private final Set<Role> roles;
    private final Set<Service> services;
    private final Optional<String> edition;
    private final List<Path> overlays;

    /**
     * @param roles empty for what the round was asked as
     * @param services empty for what the round was asked about
     * @param edition empty for the one that was in force then
     * @param overlays their anchors are taken in place of the bundle's when there are any
     */
    Replay(Path file, Set<Role> roles, Set<Service> services, Optional<String> edition, List<Path> overlays) {
        this.file = file;
        this.roles = roles;
        this.services = services;
        this.edition = edition;
        this.overlays = overlays;
    }

    HostReport run() throws BundleException, ConfigException {
        Bundle bundle = BundleReader.read(file);
        Catalog catalog = Catalog.load(overlays);
        Question question = new Question(
                roles.isEmpty() ? bundle.asked().roles() : roles,
                services.isEmpty() ? bundle.asked().services() : services,
                edition.orElse(bundle.asked().edition()),
                overlays,
                bundle.plan().settings().stageTimeout(),
                HelperControl.NONE);
        Site site = HostSite.of(
                question.roles(), question.services(), bundle.asked().edition());
        List<Target> measured = HostSite.targets(bundle.plan().targets(), site);
        List<Target> unmeasured = unmeasured(bundle, catalog, site);
        List<Target> all = Stream.concat(measured.stream(), unmeasured.stream()).toList();
        TrustAnchors anchors = overlays.isEmpty() ? bundle.anchors() : catalog.anchors();
        HostFacts facts = facts(bundle);
        return new HostReport(
                question.roles(),
                site.edition(),
                all,
                new HostJudge(site, all, anchors)
                        .verdict(
                                facts.batch(bundle.summary()),
                                facts,
                                bundle.summary().round(),
                                bundle.closedAt()),
                bundle.summary(),
                bundle.elapsed(),
                Optional.of(Origin.of(
                        file,
                        bundle,
                        catalog,
                        unmeasured.stream().map(Target::id).toList(),
                        overlays.isEmpty())));
    }

    private static HostFacts facts(Bundle bundle) {
        HostFacts facts = new HostFacts(bundle.observations().size(), (done, total) -> {});
        facts.keep(bundle.evidence());
        for (Observation observation : bundle.observations()) {
            facts.observed(observation, List.of());
        }
        return facts;
    }

    /**
     * What this program would probe for the question and the round was not asked for. A target that is new since then is none of
     * it: the round is judged by the plan that it had.
     */
    private static List<Target> unmeasured(Bundle bundle, Catalog catalog, Site site) {
        Set<TargetId> known =
                bundle.plan().targets().stream().map(Target::id).collect(Collectors.toCollection(HashSet::new));
        known.addAll(bundle.plan().unread().keySet());
        if (!bundle.asked().roles().isEmpty()) {
            Site then = HostSite.of(
                    bundle.asked().roles(),
                    bundle.asked().services(),
                    bundle.asked().edition());
            HostSite.targets(catalog.targets(), then).forEach(t -> known.add(t.id()));
        }
        List<Target> unmeasured = new ArrayList<>(HostSite.targets(catalog.targets(), site));
        unmeasured.removeIf(t -> known.contains(t.id()));
        return unmeasured;
    }
}
