package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.metrics.MetricSource;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of enrolment put together: the services for the port of agents and operators, and the port for hosts that have no
 * certificate yet, where the configuration asks for it.
 */
public final class EnrolmentOffice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentOffice.class);

    private final EnrolmentFile file;
    private final AgentRegister register;
    private final RefusedTries refused;
    private final TokenRegister tokens;
    private final Approvals approvals;
    private final Doors doors;
    private final Optional<Enrolment> enrolment;
    private final EnrolmentMetrics standing;
    private final Clock clock;
    private @Nullable EnrolmentServer server;
    private @Nullable SiteAuthority authority;

    private EnrolmentOffice(
            EnrolmentFile file,
            AgentRegister register,
            RefusedTries refused,
            TokenRegister tokens,
            Approvals approvals,
            Doors doors,
            Optional<Enrolment> enrolment,
            EnrolmentMetrics standing,
            Clock clock) {
        this.file = file;
        this.standing = standing;
        this.register = register;
        this.refused = refused;
        this.tokens = tokens;
        this.approvals = approvals;
        this.doors = doors;
        this.enrolment = enrolment;
        this.clock = clock;
    }

    /**
     * Opens the office, and its port where there are settings.
     *
     * @param site as it is declared now
     * @param settings empty = nobody can join or renew; revoking, and the lists, are there all the same
     * @param own the collector's
     * @throws ConfigException when the authority cannot be read or the port not be opened
     */
    public static EnrolmentOffice open(
            EnrolmentFile file,
            RevokedAgents revoked,
            Agents agents,
            Supplier<Site> site,
            Optional<EnrolmentSettings> settings,
            LiveIdentity own,
            Clock clock)
            throws ConfigException {
        AgentRegister register = new AgentRegister(file, revoked, agents, site.get(), clock);
        RefusedTries refused = new RefusedTries(file, clock);
        TokenRegister tokens = new TokenRegister(file, site, refused, clock);
        Approvals approvals = new Approvals(file, site, clock);
        Doors doors = Doors.of(
                settings.map(EnrolmentSettings::hosts).orElse(List.of()),
                own.current().chain().get(0));
        EnrolmentMetrics standing = new EnrolmentMetrics(file, agents::connected, site);
        if (settings.isEmpty()) {
            return new EnrolmentOffice(
                    file, register, refused, tokens, approvals, doors, Optional.empty(), standing, clock);
        }
        EnrolmentSettings with = settings.get();
        SiteAuthority authority = SiteAuthority.load(with.certificate(), with.key(), own.current(), clock.instant());
        Enrolment enrolment = new Enrolment(file, authority, doors, site, with.isApprovalRequired(), clock);
        EnrolmentOffice office = new EnrolmentOffice(
                file, register, refused, tokens, approvals, doors, Optional.of(enrolment), standing, clock);
        office.authority = authority;
        office.server = EnrolmentServer.start(
                with.listen(), own, authority.chain().certificates(), new EnrolmentService(enrolment, doors));
        return office;
    }

    /** For the port where identities are proved by certificate. */
    public List<BindableService> services() {
        List<BindableService> all = new ArrayList<>(administration());
        all.add(new RenewalService(enrolment));
        return all;
    }

    /** What people and tools ask, on whatever port. */
    public List<BindableService> administration() {
        return List.of(
                new AdministrationService(register, enrolment, clock),
                new ApprovalService(approvals),
                new AccessTokenService(tokens, clock));
    }

    /** Who could be connected, and what comes to the port for hosts without a certificate. */
    public List<MetricSource> metrics() {
        List<MetricSource> all = new ArrayList<>();
        all.add(standing);
        Optional.ofNullable(server).map(EnrolmentServer::metrics).ifPresent(all::addAll);
        return all;
    }

    /** When the authority ends that issues to agents; empty where there is none. */
    public Optional<Instant> authorityEnds() {
        return Optional.ofNullable(authority).map(a -> a.chain().ends());
    }

    /** Of people and tools. */
    public TokenRegister tokens() {
        return tokens;
    }

    /** Writes down who was refused. */
    public RefusedCalls refused() {
        return refused;
    }

    /** What the port for hosts without a certificate serves; nothing where there is none. */
    public List<ServerServiceDefinition> served() {
        return Optional.ofNullable(server).map(EnrolmentServer::services).orElse(List.of());
    }

    /**
     * Keeps the collector's own certificate from ending.
     *
     * @param renewed where one that the collector gives itself is kept
     */
    public AutoCloseable tend(LiveIdentity own, Path renewed) {
        OwnCertificate tended = new OwnCertificate(own, Optional.ofNullable(authority), renewed, file, clock);
        tended.begin();
        return tended;
    }

    /** Is told of the agents that connect. */
    public AgentRegister register() {
        return register;
    }

    /** The port for agents is open from now on: tokens can be given and used. */
    public void ready(int agentsPort) {
        EnrolmentServer opened = server;
        if (opened != null) {
            doors.open(opened.port(), agentsPort);
        }
    }

    @Override
    public void close() {
        EnrolmentServer opened = server;
        if (opened != null) {
            opened.close();
        }
        try {
            register.tellRepeats();
            if (enrolment.isPresent()) {
                enrolment.get().tellVain(true);
            }
        } catch (Refusal | EnrolmentFileException e) {
            LOG.warn("the latest tries in vain are not written down: {}", e.getMessage());
        }
        tokens.close();
        refused.close();
    }
}
