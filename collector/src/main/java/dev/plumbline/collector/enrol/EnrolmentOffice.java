package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsMaterial;
import io.grpc.BindableService;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of enrolment put together: the services for the port of agents and operators, and the port for hosts that have no
 * certificate yet, where the configuration asks for it.
 */
public final class EnrolmentOffice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentOffice.class);

    private final AgentRegister register;
    private final Doors doors;
    private final Optional<Enrolment> enrolment;
    private final Clock clock;
    private @Nullable EnrolmentServer server;

    private EnrolmentOffice(AgentRegister register, Doors doors, Optional<Enrolment> enrolment, Clock clock) {
        this.register = register;
        this.doors = doors;
        this.enrolment = enrolment;
        this.clock = clock;
    }

    /**
     * Opens the office, and its port where there are settings.
     *
     * @param settings empty = nobody can join or renew; revoking, and the lists, are there all the same
     * @param own the collector's
     * @throws ConfigException when the authority cannot be read or the port not be opened
     */
    public static EnrolmentOffice open(
            EnrolmentFile file,
            RevokedAgents revoked,
            Agents agents,
            Site site,
            Optional<EnrolmentSettings> settings,
            TlsMaterial own,
            Clock clock)
            throws ConfigException {
        AgentRegister register = new AgentRegister(file, revoked, agents, site, clock);
        Doors doors = Doors.of(
                settings.map(EnrolmentSettings::hosts).orElse(List.of()),
                own.chain().get(0));
        if (settings.isEmpty()) {
            return new EnrolmentOffice(register, doors, Optional.empty(), clock);
        }
        EnrolmentSettings with = settings.get();
        SiteAuthority authority = SiteAuthority.load(with.certificate(), with.key(), own, clock.instant());
        Enrolment enrolment = new Enrolment(file, authority, doors, site, clock);
        EnrolmentOffice office = new EnrolmentOffice(register, doors, Optional.of(enrolment), clock);
        office.server = EnrolmentServer.start(
                with.listen(), own, authority.certificate(), new EnrolmentService(enrolment, doors));
        return office;
    }

    /** For the port where identities are proved. */
    public List<BindableService> services() {
        return List.of(new AdministrationService(register, enrolment, clock), new RenewalService(enrolment));
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
    }
}
