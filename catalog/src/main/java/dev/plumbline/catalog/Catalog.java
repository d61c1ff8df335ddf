package dev.plumbline.catalog;

import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.TargetId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Editions, their rows, the targets derived from them and the trust anchors, with overlays applied. Immutable. */
public final class Catalog {
    private final Map<String, Edition> editions;
    private final List<Row> rows;
    private final Map<TargetId, Target> targets;
    private final TrustAnchors anchors;

    Catalog(List<Edition> editions, List<Row> rows, List<Target> targets, TrustAnchors anchors) {
        this.editions = new LinkedHashMap<>();
        editions.forEach(e -> this.editions.put(e.id(), e));
        this.rows = List.copyOf(rows);
        this.targets = new LinkedHashMap<>();
        targets.forEach(t -> this.targets.put(t.id(), t));
        this.anchors = anchors;
    }

    /** Ids of the editions that the program knows, oldest first. */
    public static List<String> editionIds() {
        return BuiltIn.EDITIONS;
    }

    /** The catalog that comes with the program. */
    public static Catalog builtIn() {
        try {
            return load(List.of());
        } catch (ConfigException e) {
            throw new IllegalStateException("the built-in catalog is broken: " + e.getMessage(), e);
        }
    }

    /**
     * The built-in catalog changed by overlays, in their order.
     *
     * @throws ConfigException with every problem of every overlay
     */
    public static Catalog load(List<Path> overlays) throws ConfigException {
        return Overlays.apply(BuiltIn.read(), overlays);
    }

    /** Oldest first. */
    public List<Edition> editions() {
        return List.copyOf(editions.values());
    }

    public Optional<Edition> edition(String id) {
        return Optional.ofNullable(editions.get(id));
    }

    /** All rows of all editions, as printed. */
    public List<Row> rows() {
        return rows;
    }

    /** Rows in the order of print; empty for an edition that does not exist. */
    public List<Row> rows(String edition) {
        return rows.stream().filter(r -> r.edition().equals(edition)).toList();
    }

    /** Targets of all editions, controls and overlay targets included. */
    public List<Target> targets() {
        return List.copyOf(targets.values());
    }

    /** Targets that serve a row of the edition, controls and targets of overlays. */
    public List<Target> targets(String edition) {
        return targets.values().stream().filter(t -> t.isIn(edition)).toList();
    }

    public Optional<Target> target(TargetId id) {
        return Optional.ofNullable(targets.get(id));
    }

    public TrustAnchors anchors() {
        return anchors;
    }
}
