package dev.plumbline.agent.bundle;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.words.SegmentId;
import java.util.List;
import java.util.Set;

/**
 * What a round was asked about, and of which catalog.
 *
 * @param roles empty where targets were named and no role
 * @param services empty for all
 * @param edition the one in force
 * @param editions all that the program knew, oldest first
 * @param catalogHash lower-case hex SHA-256 over the targets of the whole catalog, overlays included
 */
public record Asked(Set<Role> roles, Set<Service> services, String edition, List<String> editions, String catalogHash) {
    private static final SegmentId ANY = new SegmentId("catalog");

    public Asked {
        roles = Set.copyOf(roles);
        services = Set.copyOf(services);
        editions = List.copyOf(editions);
    }

    /** The same question of this catalog. */
    public static Asked of(Set<Role> roles, Set<Service> services, String edition, Catalog catalog) {
        return new Asked(
                roles,
                services,
                edition,
                catalog.editions().stream().map(Edition::id).toList(),
                hashOf(catalog));
    }

    /** What {@link #catalogHash} is for a catalog. */
    public static String hashOf(Catalog catalog) {
        return PlanCodec.seal(Plan.of("", ANY, catalog.targets(), Plan.Settings.DEFAULT))
                .hash();
    }
}
