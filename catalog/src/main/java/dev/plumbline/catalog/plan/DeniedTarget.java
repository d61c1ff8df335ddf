package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent does about a port that some segment must not reach: resolve, connect, shake hands in TLS, since a connection
 * alone does not tell the host from a box that accepts in its place. No agent knows whether it is meant to fail.
 */
final class DeniedTarget {
    private DeniedTarget() {}

    static Target of(Denied denied) {
        return new Target(
                denied.target(),
                denied.host(),
                0,
                denied.port(),
                Transport.TCP,
                ProbeKind.HTTPS,
                denied.isAddress() ? "" : denied.host(),
                IdentityClass.ORGANISATION,
                List.of(),
                "/",
                Set.of(Service.ORGANISATION),
                EnumSet.allOf(Role.class),
                Set.of(),
                Obligation.OPTIONAL_BY_POLICY,
                Optional.empty(),
                ProxyPolicy.NO,
                Duration.ZERO,
                List.of());
    }
}
