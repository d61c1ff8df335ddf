package dev.plumbline.collector;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.delivery.AlertService;
import dev.plumbline.collector.delivery.Alerts;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.enrol.EnrolmentOffice;
import dev.plumbline.collector.enrol.FirstToken;
import dev.plumbline.collector.enrol.OwnCertificate;
import dev.plumbline.collector.enrol.RevokedAgents;
import dev.plumbline.collector.enrol.SegmentAdministrationService;
import dev.plumbline.collector.enrol.SegmentRegister;
import dev.plumbline.collector.http.HttpRoute;
import dev.plumbline.collector.http.HttpServer;
import dev.plumbline.collector.http.ShownMetrics;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.AgentsMetrics;
import dev.plumbline.collector.ingest.CollectorServer;
import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalMetrics;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.people.FollowedCertificate;
import dev.plumbline.collector.people.PeopleServer;
import dev.plumbline.collector.people.PeopleSettings;
import dev.plumbline.collector.query.Facts;
import dev.plumbline.collector.query.LatencyMetrics;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.collector.query.ReportService;
import dev.plumbline.collector.query.VerdictMetrics;
import dev.plumbline.collector.query.WatchMetrics;
import dev.plumbline.collector.query.Watches;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.RoundMetrics;
import dev.plumbline.collector.round.SteadyClock;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreMetrics;
import dev.plumbline.collector.web.WebPages;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveChain;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.metrics.Exposition;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.metrics.MetricsPort;
import dev.plumbline.metrics.MetricsSettings;
import dev.plumbline.metrics.ProgramMetrics;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    /** Later than that is no clock that was set a little back: it would take days of half speed to catch up. */
    private static final Duration MOST_AHEAD = Duration.ofDays(2);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<ServerServiceDefinition> served = new ArrayList<>();
    private int port;
    private Optional<PeopleServer> people = Optional.empty();
    private Optional<HttpServer> http = Optional.empty();
    private Optional<FollowedCertificate> shownToPeople = Optional.empty();
    private int segments;
    private final List<MetricSource> told = new ArrayList<>();
    private volatile Optional<Exposition> metrics = Optional.empty();
    private Optional<Integer> metricsPort = Optional.empty();

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
        DataFolder data = kept(DataFolder.take(config.data()));
        SqliteJournal journal = kept(journal(data));
        Snapshot snapshot = new Snapshot(data.snapshot(), data.store());
        snapshot.discard();
        Recovery recovery = new Recovery(data, config);
        recovery.makeMissing(journal);
        snapshot.replaceMissing(data.store());
        snapshot.keepWhereHistoryBegins((closing, position) -> {
            agree(data, journal, closing, position);
            checkKept(data, journal, position);
        });
        SqliteStore store = kept(SqliteStore.open(data.store()));
        agree(data, journal, store);
        checkKept(data, journal, store);
        recovery.finish(journal, store);
        // Certificates are checked by the host's own clock, everything else goes by the site's time.
        Clock time = SteadyClock.over(clock, latest(data, journal, clock));
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
        services.add(parts.getInstance(QueryService.class));
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
        AlertService alerts = alerts(config, inForce, store, pipeline, data, clock);
        services.add(alerts);
        SegmentAdministrationService segmentAdministration = new SegmentAdministrationService(SegmentRegister.open(
                enrolments, config.written(), changes, inForce, agents, office.tokens(), time, clock));
        services.add(segmentAdministration);
        CollectorServer server =
                kept(CollectorServer.start(config.listen(), own, services, revoked, office.refused(), clock));
        port = server.port();
        served.addAll(server.services());
        served.addAll(office.served());
        openToPeople(
                config,
                own,
                List.of(
                        parts.getInstance(QueryService.class),
                        parts.getInstance(ReportService.class),
                        segmentAdministration,
                        alerts),
                parts,
                office,
                clock);
        office.ready(port);
        kept(office.tend(own, renewed));
        if (config.metrics().isPresent() || config.http().isPresent()) {
            Connections connections = parts.getInstance(Connections.class);
            LatencyMetrics latencies = new LatencyMetrics(inForce::declared);
            RoundMetrics rounds = new RoundMetrics();
            pipeline.listen(latencies);
            pipeline.listen(rounds);
            told.addAll(List.of(
                    new VerdictMetrics(inForce::declared, store, connections, config.patience(), time),
                    latencies,
                    new AgentsMetrics(agents, inForce::site),
                    rounds,
                    new JudgeMetrics(pipeline, journal, retention, time),
                    new JournalMetrics(journal),
                    new StoreMetrics(store),
                    new FolderMetrics(data),
                    parts.getInstance(AgentGatewayService.class).metrics(),
                    new WatchMetrics(parts.getInstance(Watches.class)),
                    new CertificateMetrics(
                            own, office.authorityEnds(), () -> shownToPeople.map(FollowedCertificate::ends))));
            told.addAll(office.metrics());
            told.addAll(server.metrics());
            people.map(PeopleServer::metrics).ifPresent(told::addAll);
            show(config.metrics());
        }
        pipeline.start();
    }

    private void show(Optional<MetricsSettings> settings) throws ConfigException {
        String version = Optional.ofNullable(Collector.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        ProgramMetrics all = kept(new ProgramMetrics("plumbline-collector", version, told));
        metrics = Optional.of(all);
        if (settings.isPresent()) {
            metricsPort =
                    Optional.of(kept(MetricsPort.open(settings.get(), all)).port());
        }
    }

    /** Receivers hear of rounds after the store has them; what they are told of is read from there. */
    private AlertService alerts(
            CollectorConfig config,
            SiteInForce inForce,
            SqliteStore store,
            Pipeline pipeline,
            DataFolder data,
            Clock clock)
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
                clock));
        pipeline.listen(alerts);
        return new AlertService(Optional.of(alerts));
    }

    private void openToPeople(
            CollectorConfig config,
            LiveIdentity own,
            List<BindableService> also,
            Injector parts,
            EnrolmentOffice office,
            Clock clock)
            throws ConfigException {
        LiveChain shown = shownToPeople(config, own, clock);
        if (config.people().isPresent()) {
            List<BindableService> services = new ArrayList<>(office.administration());
            services.addAll(also);
            PeopleServer server = kept(PeopleServer.start(
                    config.people().get(), shown, services, office.tokens(), office.refused(), clock));
            served.addAll(server.services());
            people = Optional.of(server);
        }
        if (config.http().isPresent()) {
            http = Optional.of(kept(HttpServer.start(
                    config.http().get(),
                    shown,
                    List.of(parts.getInstance(QueryService.class)),
                    routes(parts),
                    pages(config, parts, office, clock),
                    office.tokens(),
                    office.refused(),
                    clock)));
        }
    }

    private List<HttpRoute> routes(Injector parts) {
        List<HttpRoute> routes = new ArrayList<>(parts.getInstance(new Key<Set<HttpRoute>>() {}));
        routes.add(ShownMetrics.route(() -> metrics));
        return routes;
    }

    private static WebPages pages(CollectorConfig config, Injector parts, EnrolmentOffice office, Clock clock) {
        List<BindableService> asked = new ArrayList<>(office.administration());
        asked.add(parts.getInstance(ReportService.class));
        return new WebPages(
                config.site().id(),
                parts.getInstance(QueryService.class),
                asked,
                parts.getInstance(Facts.class),
                clock);
    }

    /** The organisation's own certificate, or the collector's. */
    private LiveChain shownToPeople(CollectorConfig config, LiveIdentity own, Clock clock) throws ConfigException {
        Optional<PeopleSettings.Own> files = config.people().flatMap(PeopleSettings::own);
        if (files.isEmpty()) {
            return own.shown();
        }
        FollowedCertificate followed = kept(FollowedCertificate.read(files.get(), clock));
        followed.begin();
        shownToPeople = Optional.of(followed);
        return followed.shown();
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

    /** A store that knows more than its journal would pass over every new batch until the positions had caught up. */
    static void agree(DataFolder data, SqliteJournal journal, SqliteStore store) throws ConfigException {
        agree(data, journal, store.closing(), store.position());
    }

    private static void agree(DataFolder data, SqliteJournal journal, long closing, long position)
            throws ConfigException {
        if (closing > lastClosing(journal)) {
            throw new ConfigException(List.of(data.journal() + ": ends at closing " + lastClosing(journal) + ", but "
                    + data.store() + " contains closing " + closing
                    + putBackOrBegin(data)));
        }
        if (position > journal.end()) {
            throw new ConfigException(List.of(data.journal() + ": ends at position " + journal.end() + ", but "
                    + data.store() + " was judged up to " + position
                    + putBackOrBegin(data)));
        }
    }

    /** What stands for records that are gone is in the store, or in the snapshot. */
    static void checkKept(DataFolder data, SqliteJournal journal, SqliteStore store) throws ConfigException {
        checkKept(data, journal, store.position());
    }

    private static void checkKept(DataFolder data, SqliteJournal journal, long position) throws ConfigException {
        try {
            if (position < journal.deletedTo()) {
                throw new ConfigException(List.of(data.store() + ": was judged up to position " + position
                        + ", but records of " + data.journal() + " up to " + journal.deletedTo()
                        + " were deleted by its retention; "
                        + (Files.exists(data.snapshot())
                                ? "move it away: it is made anew from " + data.snapshot()
                                : "put back the store that belongs to it, or a backup")));
            }
        } catch (JournalException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The latest time that stands in the journal. One that is days ahead of this host's clock was written by a wrong clock, or
     * this one is wrong: nobody can tell the two apart but who looks.
     */
    private static Instant latest(DataFolder data, SqliteJournal journal, Clock clock) throws ConfigException {
        Instant now = clock.instant();
        Instant latest = Instant.EPOCH;
        try {
            for (JournalEntry entry : journal.tail(journal.end() - 1, 1)) {
                latest = entry.record().receivedAt();
            }
            for (Closing closing : journal.closings(journal.lastClosing() - 1, 1)) {
                latest = closing.closedAt().isAfter(latest) ? closing.closedAt() : latest;
            }
        } catch (JournalException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
        if (latest.isAfter(now.plus(MOST_AHEAD))) {
            throw new ConfigException(
                    List.of(data.journal() + ": ends at " + latest + ", but this host's clock says " + now
                            + "; set the clock, or, when the journal was written by a clock that ran ahead, put back a backup"
                            + " of before or move journal and store away and begin anew"));
        }
        return latest;
    }

    /** The snapshot too, or the store would be made of it again. */
    private static String putBackOrBegin(DataFolder data) {
        return "; put back the journal that belongs to it, or move "
                + (Files.exists(data.snapshot()) ? "both and " + data.snapshot() : "both") + " away and begin anew";
    }

    private static long lastClosing(SqliteJournal journal) throws ConfigException {
        try {
            return journal.lastClosing();
        } catch (JournalException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static SqliteJournal journal(DataFolder data) throws ConfigException {
        try {
            return SqliteJournal.open(data.journal());
        } catch (JournalException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
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
        return people.map(PeopleServer::port);
    }

    /** The port where metrics are shown; empty where the configuration asks for none. */
    public Optional<Integer> metricsPort() {
        return metricsPort;
    }

    /** The same page for another port. */
    public Optional<Exposition> metrics() {
        return metrics;
    }

    /** The port of the same over HTTP; empty where the configuration asks for none. */
    public Optional<Integer> httpPort() {
        return http.map(HttpServer::port);
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
