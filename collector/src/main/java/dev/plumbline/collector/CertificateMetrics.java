package dev.plumbline.collector;

import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * When the collector's certificates end.
 *
 * @param authority that issues to agents, where there is one
 * @param people the people's port's own, where it has one
 */
record CertificateMetrics(LiveIdentity own, Optional<Instant> authority, Supplier<Optional<Instant>> people)
        implements MetricSource {
    @Override
    public void tell(Families families) {
        ends(families, "collector", own.current().chain().get(0).getNotAfter().toInstant());
        authority.ifPresent(ends -> ends(families, "authority", ends));
        people.get().ifPresent(ends -> ends(families, "people", ends));
    }

    private static void ends(Families families, String which, Instant at) {
        families.moment(
                "plumbline_certificate_expiry_timestamp_seconds",
                "When a certificate of the collector ends.",
                at,
                "certificate",
                which);
    }
}
