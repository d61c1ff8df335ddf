package dev.plumbline.catalog;

import dev.plumbline.config.Section;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One target of an overlay: every key is optional and stands for itself; what is not written stays as it was. */
final class OverlayTarget {
    /** What is read on with when an id or a host is missing; a problem is noted then, so nobody gets to see it. */
    private static final String STAND_IN = "missing";

    private OverlayTarget() {}

    /** A target of the organisation: id and host must be given. */
    static Optional<Target> added(Section section, String id, RowRef source, Duration interval) {
        if (!section.has("host")) {
            section.problem("host", "is missing; a new target has an id, a host and a port");
        }
        return ofKeys(section, id, source, interval);
    }

    /** Reads every key of a target that is not known, so that their own faults are told beside that one. */
    static void askAll(Section section) {
        ofKeys(section, STAND_IN, new RowRef(RowRef.OVERLAY, 0, ""), Duration.ZERO);
    }

    private static Optional<Target> ofKeys(Section section, String id, RowRef source, Duration interval) {
        String host = section.text("host", STAND_IN);
        ProbeKind probe = section.valueOr("probe", ProbeKind::ofWord, ProbeKind.HTTPS);
        IdentityClass identity = probe.seesCertificate() ? IdentityClass.ORGANISATION : IdentityClass.NONE;
        try {
            Target base = new Target(
                    new TargetId(id.isEmpty() ? STAND_IN : id),
                    host,
                    0,
                    443,
                    Transport.TCP,
                    probe,
                    host,
                    identity,
                    List.of(),
                    "/",
                    Set.of(Service.ORGANISATION),
                    Set.of(Role.DEVICE),
                    Set.of(),
                    Obligation.REQUIRED,
                    Optional.empty(),
                    ProxyPolicy.UNSTATED,
                    interval,
                    List.of(source));
            return changed(section, base);
        } catch (IllegalArgumentException e) {
            section.problem("id", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static Optional<Target> changed(Section section, Target base) {
        String host = section.text("host", base.host());
        Set<Service> services = words(section, "services", Service.class, base.services());
        Set<Role> roles = words(section, "roles", Role.class, base.roles());
        Set<Platform> platforms = words(section, "platforms", Platform.class, base.platforms());
        List<String> ladder = section.has("alpn") ? section.texts("alpn") : base.alpnLadder();
        int pool = section.integer("pool", 0, 1000, base.poolSize());
        int port = section.integer("port", 1, 65535, base.port());
        Transport transport = section.valueOr("transport", Transport::ofWord, base.transport());
        ProbeKind probe = section.valueOr("probe", ProbeKind::ofWord, base.probe());
        String serverName =
                section.text("server-name", base.serverName().equals(base.host()) ? host : base.serverName());
        IdentityClass identity = section.valueOr("identity", s -> Words.of(IdentityClass.class, s), base.identity());
        String path = section.text("path", base.path());
        Obligation obligation = section.valueOr("obligation", s -> Words.of(Obligation.class, s), base.obligation());
        Optional<LocalDate> retiredOn =
                section.valueOr("retired-on", s -> Optional.of(TargetReader.date(s)), base.retiredOn());
        ProxyPolicy proxy = section.valueOr("proxy", s -> Words.of(ProxyPolicy.class, s), base.proxy());
        Duration interval = section.duration("minimum-interval", base.minimumInterval());
        try {
            return Optional.of(new Target(
                    base.id(),
                    host,
                    pool,
                    port,
                    transport,
                    probe,
                    serverName,
                    identity,
                    ladder,
                    path,
                    services,
                    roles,
                    platforms,
                    obligation,
                    obligation == Obligation.RETIRED ? retiredOn : Optional.empty(),
                    proxy,
                    interval,
                    base.sources()));
        } catch (IllegalArgumentException e) {
            section.problem("id", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Set<E> words(Section section, String key, Class<E> type, Set<E> before) {
        List<E> given = section.values(key, s -> Words.of(type, s));
        return section.has(key) ? Set.copyOf(given) : before;
    }
}
