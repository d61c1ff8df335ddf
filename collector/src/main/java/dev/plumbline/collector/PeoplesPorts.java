package dev.plumbline.collector;

import com.google.inject.Injector;
import com.google.inject.Key;
import dev.plumbline.collector.enrol.EnrolmentOffice;
import dev.plumbline.collector.http.HttpRoute;
import dev.plumbline.collector.http.HttpServer;
import dev.plumbline.collector.http.ShownMetrics;
import dev.plumbline.collector.people.FollowedCertificate;
import dev.plumbline.collector.people.PeopleServer;
import dev.plumbline.collector.people.PeopleSettings;
import dev.plumbline.collector.query.Facts;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.collector.query.ReportService;
import dev.plumbline.collector.web.WebPages;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveChain;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.metrics.Exposition;
import dev.plumbline.metrics.MetricSource;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The ports of people and tools: gRPC and HTTP, behind one certificate and the same tokens. Each is there where the configuration
 * asks for it.
 */
final class PeoplesPorts implements AutoCloseable {
    private final Optional<FollowedCertificate> followed;
    private Optional<PeopleServer> grpc = Optional.empty();
    private Optional<HttpServer> http = Optional.empty();

    private PeoplesPorts(Optional<FollowedCertificate> followed) {
        this.followed = followed;
    }

    /**
     * @param services that the gRPC port serves beside those of enrolment
     * @param metrics empty until the collector has begun
     * @throws ConfigException when a port cannot be bound or the organisation's certificate not be read; then nothing is left open
     */
    static PeoplesPorts open(
            CollectorConfig config,
            LiveIdentity own,
            List<BindableService> services,
            Injector parts,
            Supplier<Optional<Exposition>> metrics,
            EnrolmentOffice office,
            Clock clock)
            throws ConfigException {
        PeoplesPorts ports = new PeoplesPorts(followed(config, clock));
        try {
            ports.bind(config, own, services, parts, metrics, office, clock);
            return ports;
        } catch (ConfigException | RuntimeException e) {
            ports.close();
            throw e;
        }
    }

    /** The organisation's own certificate, where there is one; else the collector's is shown. */
    private static Optional<FollowedCertificate> followed(CollectorConfig config, Clock clock) throws ConfigException {
        Optional<PeopleSettings.Own> files = config.people().flatMap(PeopleSettings::own);
        return files.isEmpty() ? Optional.empty() : Optional.of(FollowedCertificate.read(files.get(), clock));
    }

    private void bind(
            CollectorConfig config,
            LiveIdentity own,
            List<BindableService> also,
            Injector parts,
            Supplier<Optional<Exposition>> metrics,
            EnrolmentOffice office,
            Clock clock)
            throws ConfigException {
        followed.ifPresent(FollowedCertificate::begin);
        LiveChain shown = followed.map(FollowedCertificate::shown).orElseGet(own::shown);
        if (config.people().isPresent()) {
            List<BindableService> services = new ArrayList<>(office.administration());
            services.addAll(also);
            grpc = Optional.of(PeopleServer.start(
                    config.people().get(), shown, services, office.tokens(), office.refused(), clock));
        }
        if (config.http().isPresent()) {
            http = Optional.of(HttpServer.start(
                    config.http().get(),
                    shown,
                    List.of(parts.getInstance(QueryService.class), parts.getInstance(ReportService.class)),
                    routes(parts, metrics),
                    pages(config, parts, office, clock),
                    office.tokens(),
                    office.refused(),
                    clock));
        }
    }

    private static List<HttpRoute> routes(Injector parts, Supplier<Optional<Exposition>> metrics) {
        List<HttpRoute> routes = new ArrayList<>(parts.getInstance(new Key<Set<HttpRoute>>() {}));
        routes.add(ShownMetrics.route(metrics));
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

    Optional<Integer> grpcPort() {
        return grpc.map(PeopleServer::port);
    }

    Optional<Integer> httpPort() {
        return http.map(HttpServer::port);
    }

    /** What the gRPC port serves. */
    List<ServerServiceDefinition> services() {
        return grpc.map(PeopleServer::services).orElse(List.of());
    }

    List<MetricSource> metrics() {
        List<MetricSource> all = new ArrayList<>();
        grpc.map(PeopleServer::metrics).ifPresent(all::addAll);
        http.map(HttpServer::metrics).ifPresent(all::addAll);
        return all;
    }

    /** When the organisation's own certificate ends. */
    Optional<Instant> certificateEnds() {
        return followed.map(FollowedCertificate::ends);
    }

    /** What is under way is cut, and asked again; the certificate is followed to the last. */
    @Override
    public void close() {
        http.ifPresent(HttpServer::close);
        grpc.ifPresent(PeopleServer::close);
        followed.ifPresent(FollowedCertificate::close);
    }
}
