package dev.plumbline.collector;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.delivery.AlertService;
import dev.plumbline.collector.delivery.Alerts;
import dev.plumbline.collector.delivery.Clocks;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.enrol.EnrolmentOffice;
import dev.plumbline.collector.enrol.FirstToken;
import dev.plumbline.collector.enrol.OwnCertificate;
import dev.plumbline.collector.enrol.RevokedAgents;
import dev.plumbline.collector.enrol.SegmentAdministrationService;
import dev.plumbline.collector.enrol.SegmentRegister;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.CollectorServer;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.collector.query.ReportService;
import dev.plumbline.collector.query.Watches;
import dev.plumbline.collector.round.SteadyClock;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.metrics.Exposition;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.metrics.MetricsPort;
import dev.plumbline.metrics.MetricsSettings;
import dev.plumbline.metrics.ProgramMetrics;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A collector that runs: opened in order, the port last, and closed in the opposite order. */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<ServerServiceDefinition> served = new ArrayList<>();
    private int port;
    private Optional<PeoplesPorts> people = Optional.empty();
    private int segments;
    private volatile Optional<Exposition> metrics = Optional.empty();
    private Optional<MetricsPort> metricsPort = Optional.empty();

    private Collector() {}

    /**
     * @throws ConfigException with sentences when something cannot be opened; then nothing is left open
     */
    public static Collector start(CollectorConfig config, Clock clock) throws ConfigException {
        Collector collector = new Collector();
        try {
            collector.open(config, clock);
            return collector;
        } catch (ConfigException | RuntimeException e) {
            collector.close();
            throw e;
        }
    }

    private void open(CollectorConfig config, Clock clock) throws ConfigException {
        Path renewed = config.data().resolve("identity.pem");
        TlsMaterial identity = OwnCertificate.load(config.identity(), renewed, clock.instant());
        check(config, identity);
        LiveIdentity own = new LiveIdentity(identity);
        // What is wrong with it is told before anything is opened.
        config.catalog();
        if (config.metrics().isPresent()) {
            MetricsPort.check(config.metrics().get());
        }
        DataFolder data = kept(DataFolder.take(config.data()));
        SqliteJournal journal = kept(Agreement.open(data));
        Agreement agreement = new Agreement(data, journal);
        Snapshot snapshot = new Snapshot(data.snapshot(), data.store());
        snapshot.discard();
        Recovery recovery = new Recovery(data, config);
        recovery.makeMissing(journal);
        snapshot.replaceMissing(data.store());
        snapshot.keepWhereHistoryBegins(agreement::check);
        SqliteStore store = kept(SqliteStore.open(data.store()));
        agreement.check(store);
        recovery.finish(journal, store);
        // Certificates are checked by the host's own clock, everything else goes by the site's time.
        Clock time = SteadyClock.over(clock, agreement.latest(clock));
        snapshot.keepWhatNoClosingTells(store, data.store());
        EnrolmentFile enrolments = kept(EnrolmentFile.open(data.enrolments()));
        List<SegmentChange> changes = SegmentRegister.settled(enrolments, config.written(), time);
        SiteInForce inForce = SiteInForce.open(config, changes);
        segments = inForce.site().segments().size();
        RevokedAgents revoked = RevokedAgents.of(enrolments);
        Agents agents = new Agents(revoked);
        Injector parts = Guice.createInjector(
                Stage.PRODUCTION, new CollectorModule(config, inForce, journal, store, agents, own, time));
        Pipeline pipeline = parts.getInstance(Pipeline.class);
        List<BindableService> services = new ArrayList<>();
        services.add(parts.getInstance(AgentGatewayService.class));
        services.add(parts.getInstance(QueryService.class).encoding());
        services.add(parts.getInstance(ReportService.class));
        Retention retention = new Retention(journal, store, snapshot, config.retention(), config.timing());
        pipeline.retain(retention);
        kept(pipeline);
        kept(parts.getInstance(Watches.class));
        EnrolmentOffice office =
                kept(EnrolmentOffice.open(enrolments, revoked, agents, inForce::site, config.enrolment(), own, clock));
        agents.listen(office.register());
        Optional<FirstToken> first = FirstToken.beside(config.identity().certificate());
        first.ifPresent(office.tokens()::takeIn);
        services.addAll(office.services());
        AlertService alerts = alerts(config, inForce, store, pipeline, data, new Clocks(time, clock));
        services.add(alerts);
        SegmentAdministrationService segmentAdministration = new SegmentAdministrationService(SegmentRegister.open(
                enrolments, config.written(), changes, inForce, agents, office.tokens(), time, clock));
        services.add(segmentAdministration);
        CollectorServer server =
                kept(CollectorServer.start(config.listen(), own, services, revoked, office.refused(), clock));
        port = server.port();
        served.addAll(server.services());
        served.addAll(office.served());
        people = Optional.of(kept(PeoplesPorts.open(
                config,
                own,
                List.of(
                        parts.getInstance(QueryService.class).encoding(),
                        parts.getInstance(ReportService.class),
                        segmentAdministration,
                        alerts),
                parts,
                () -> metrics,
                office,
                clock)));
        people.map(PeoplesPorts::services).ifPresent(served::addAll);
        office.ready(port);
        kept(office.tend(own, renewed));
        if (config.metrics().isPresent() || config.http().isPresent()) {
            List<MetricSource> told = new ArrayList<>(
                    parts.createChildInjector(new MetricsModule(config, inForce, journal, store, data, retention))
                            .getInstance(new Key<Set<MetricSource>>() {}));
            told.add(new CertificateMetrics(
                    own, office.authorityEnds(), () -> people.flatMap(PeoplesPorts::certificateEnds)));
            told.addAll(office.metrics());
            told.addAll(server.metrics());
            told.addAll(alerts.metrics());
            people.map(PeoplesPorts::metrics).ifPresent(told::addAll);
            show(config.metrics(), told);
        }
        pipeline.start();
    }

    private void show(Optional<MetricsSettings> settings, List<MetricSource> told) throws ConfigException {
        String version = Optional.ofNullable(Collector.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        ProgramMetrics all = kept(new ProgramMetrics("plumbline-collector", version, told));
        metrics = Optional.of(all);
        if (settings.isPresent()) {
            metricsPort = Optional.of(kept(MetricsPort.open(settings.get(), all)));
        }
    }

    /** Receivers hear of rounds after the store has them; what they are told of is read from there. */
    private AlertService alerts(
            CollectorConfig config,
            SiteInForce inForce,
            SqliteStore store,
            Pipeline pipeline,
            DataFolder data,
            Clocks clocks)
            throws ConfigException {
        if (config.alerts().isEmpty()) {
            return new AlertService(Optional.empty());
        }
        Alerts alerts = kept(Alerts.start(
                config.alerts().get(),
                config.site().id(),
                new StoredIncidents(store),
                new DeclaredBackground(inForce::declared),
                data.outbox(),
                clocks));
        pipeline.listen(alerts);
        return new AlertService(Optional.of(alerts));
    }

    private static void check(CollectorConfig config, TlsMaterial identity) throws ConfigException {
        String site = config.site().id();
        if (!identity.identity().site().equals(site)
                || !identity.identity().domain().equals(config.site().domain())) {
            throw new ConfigException(List.of(config.identity().certificate() + ": names " + identity.identity()
                    + ", but the site of this collector is " + site + " in "
                    + config.site().domain()
                    + "; make the certificate with plumbline-collector init --site " + site + " --domain "
                    + config.site().domain()));
        }
    }

    private <T extends AutoCloseable> T kept(T part) {
        opened.addFirst(part);
        return part;
    }

    /** The port that was opened. */
    public int port() {
        return port;
    }

    /** The port of people and tools; empty where the configuration asks for none. */
    public Optional<Integer> peoplePort() {
        return people.flatMap(PeoplesPorts::grpcPort);
    }

    /** The port where metrics are shown; empty where the configuration asks for none, and while it cannot be opened. */
    public Optional<Integer> metricsPort() {
        return metricsPort.flatMap(MetricsPort::port);
    }

    /** The same page for another port. */
    public Optional<Exposition> metrics() {
        return metrics;
    }

    /** The port of the same over HTTP; empty where the configuration asks for none. */
    public Optional<Integer> httpPort() {
        return people.flatMap(PeoplesPorts::httpPort);
    }

    /** What all ports serve. */
    List<ServerServiceDefinition> served() {
        return List.copyOf(served);
    }

    /** How many segments the site had when this began. */
    int segments() {
        return segments;
    }

    /** Agents are told to go, what was appended is written, then the files are closed. May be called again. */
    @Override
    public synchronized void close() {
        for (AutoCloseable part = opened.pollFirst(); part != null; part = opened.pollFirst()) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("{} could not be closed", part, e);
            }
        }
    }
}
