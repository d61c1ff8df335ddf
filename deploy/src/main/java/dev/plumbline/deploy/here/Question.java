package dev.plumbline.deploy.here;

import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is asked of this host.
 *
 * @param roles device when none is given
 * @param services only what these need; empty = everything
 * @param edition the one in force
 * @param stageTimeout how long one stage of a probe may take
 * @param control the helper that is asked beside the targets
 */
record Question(
        Set<Role> roles,
        Set<Service> services,
        String edition,
        List<Path> overlays,
        Duration stageTimeout,
        HelperControl control) {
    Question {
        roles = roles.isEmpty() ? Set.of(Role.DEVICE) : Set.copyOf(roles);
        services = Set.copyOf(services);
        overlays = List.copyOf(overlays);
    }
}
