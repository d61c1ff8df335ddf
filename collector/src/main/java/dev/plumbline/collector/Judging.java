package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.Sight;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.collector.judge.SiteJudge;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The judges of a configuration, and a name for all that they decide by beside the facts. */
record Judging(CollectorConfig config, Catalog catalog, Plans plans, List<String> overlays) implements Judges {
    /** @param overlays digests of the files, of when the catalog was read */
    Judging {
        overlays = List.copyOf(overlays);
    }

    static Judging of(CollectorConfig config) throws ConfigException {
        Catalog catalog = config.catalog();
        return new Judging(config, catalog, Plans.of(catalog, config.site(), config.settings()), digests(config));
    }

    @Override
    public RoundJudge begin(Certificates evidence) {
        return new SiteJudge(config.site(), plans::plan, evidence, catalog.anchors(), config.agreements());
    }

    @Override
    public Sight sight() {
        return new Sight() {
            @Override
            public boolean isDeclared(SegmentId segment) {
                return config.site().segment(segment).isPresent();
            }

            @Override
            public boolean isAsked(SegmentId segment, TargetId target) {
                return plans.plan(segment).targets().stream().anyMatch(t -> t.id().equals(target));
            }
        };
    }

    Basis basis() {
        return new Basis(version(), configuration(), config.site().edition(), config.patience());
    }

    /** Of the program. */
    static String version() {
        return Optional.ofNullable(Judging.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Written out in one order: sets are not the same in every process. */
    private Sha256 configuration() {
        Site site = config.site();
        List<String> lines = new ArrayList<>();
        lines.add(site.id() + " " + site.domain() + " " + site.edition());
        lines.add(words(site.services()) + " " + words(site.platforms()));
        for (Segment segment : site.segments()) {
            lines.add(segment.id() + " " + segment.name() + " " + segment.kind() + " " + words(segment.roles()) + " "
                    + segment.cidrs() + " " + segment.egressGroup() + " " + segment.mustNotReach());
            lines.add(plans.plan(segment.id()).hash());
        }
        config.agreements()
                .maintenance()
                .forEach(m -> lines.add(
                        words(m.segments()) + " " + m.from() + " " + m.to() + " " + m.owner() + " " + m.reason()));
        config.agreements().waivers().forEach(w -> lines.add(w.toString()));
        lines.add(config.timing().toString());
        lines.addAll(overlays);
        return Sha256.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String words(Collection<?> set) {
        return set.stream().map(String::valueOf).sorted().collect(Collectors.joining(","));
    }

    /** Of the overlays as they lie there now. */
    static List<String> digests(CollectorConfig config) {
        return config.overlays().stream().map(Judging::content).toList();
    }

    private static String content(Path overlay) {
        try {
            return Sha256.of(Files.readAllBytes(overlay)).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(overlay + " was read a moment ago and cannot be read now", e);
        }
    }
}
