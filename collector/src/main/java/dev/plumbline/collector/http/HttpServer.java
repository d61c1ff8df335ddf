package dev.plumbline.collector.http;

import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.TokenRegister;
import dev.plumbline.collector.ingest.Bounds;
import dev.plumbline.collector.ingest.Door;
import dev.plumbline.collector.people.Admittance;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveChain;
import dev.plumbline.metrics.MetricSource;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The port where people and tools ask over HTTP. What strangers can hold of it is bounded as at their port for gRPC, and its
 * connections, too, are served by a thread of their own.
 */
public final class HttpServer implements AutoCloseable {
    private static final Function<JsonFormat.Printer, JsonFormat.Printer> ON_ONE_LINE =
            JsonFormat.Printer::omittingInsignificantWhitespace;

    private static final String PORT = "http";

    private final Server server;
    private final Threads threads;
    private final List<MetricSource> metrics;

    private HttpServer(Server server, Threads threads, List<MetricSource> metrics) {
        this.server = server;
        this.threads = threads;
        this.metrics = metrics;
    }

    /**
     * Who comes, and how much is answered at once.
     *
     * @param asked questions with a token
     * @param open what needs none
     */
    private record Bounded(Places asked, Places open, Places streams) {
        static Bounded all() {
            return new Bounded(
                    new Places("answer", HttpBounds.AT_ONCE, HttpBounds.AT_ONCE_OF_ONE),
                    new Places("open", HttpBounds.AT_ONCE, HttpBounds.AT_ONCE_OF_ONE),
                    new Places("stream", HttpBounds.STREAMS, HttpBounds.STREAMS_OF_ONE));
        }
    }

    /**
     * @param connections accepts them, reads and writes them; does nothing that takes longer
     * @param writers make answers of what was found
     * @param waiting for disks
     */
    private record Threads(EventLoopGroup connections, EventLoopGroup writers, BlockingTaskExecutor waiting) {
        static Threads begin() {
            return new Threads(
                    // Of the transport that Armeria finds on this host, since it opens its sockets by that one.
                    EventLoopGroups.builder()
                            .numThreads(1)
                            .threadFactory(new DefaultThreadFactory("http"))
                            // Long enough for the writers to say there what became of the streams that were cut.
                            .gracefulShutdown(Duration.ofMillis(200), Duration.ofSeconds(1))
                            .build(),
                    EventLoopGroups.newEventLoopGroup(HttpBounds.WRITERS, "http-writer"),
                    BlockingTaskExecutor.builder()
                            .numThreads(HttpBounds.THREADS)
                            .threadNamePrefix("http-waiting")
                            .build());
        }

        void end() {
            connections.shutdownGracefully();
            writers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            waiting.shutdown();
        }
    }

    /**
     * Opens the port.
     *
     * @param shown its certificate; one that replaces it is shown too
     * @param services whose annotated rpcs are served
     * @param routes what is served beside them
     * @param pages and to browsers
     * @throws ConfigException when it cannot be opened, with a sentence that names it
     */
    public static HttpServer start(
            HttpSettings settings,
            LiveChain shown,
            List<BindableService> services,
            Collection<HttpRoute> routes,
            Pages pages,
            TokenRegister tokens,
            RefusedCalls refused,
            Clock clock)
            throws ConfigException {
        Door door = new Door(Bounds.PEOPLE, Bounds.PEOPLE_MEMBERS, Bounds.PEOPLE_OF_ONE);
        Threads threads = Threads.begin();
        Admittance admittance = new Admittance(tokens, refused, door, clock);
        List<ServerServiceDefinition> asked = services.stream()
                // The last is asked first.
                .map(s -> ServerInterceptors.intercept(
                        s.bindService(), new LoggedBugs(), admittance.ofCalls(), new CallerAddress()))
                .toList();
        ServerBuilder builder = bounded(settings, shown, threads, door);
        Bounded places = Bounded.all();
        List<HttpRoute> beside = new ArrayList<>(routes);
        beside.addAll(pages.routes(admittance));
        serve(builder, asked, beside, pages, new Refuser(admittance), places);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            threads.end();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(List.of("http.listen: "
                    + settings.listen().getHostString() + ":"
                    + settings.listen().getPort()
                    + " cannot be opened (" + cause.getMessage() + "); stop what uses it or name another address"));
        }
        ScheduledFuture<?> unused =
                threads.waiting().scheduleWithFixedDelay(admittance::endThoseOver, 1, 1, TimeUnit.SECONDS);
        return new HttpServer(
                server, threads, List.of(door.metrics(PORT), places.asked(), places.open(), places.streams()));
    }

    private static ServerBuilder bounded(HttpSettings settings, LiveChain shown, Threads threads, Door door) {
        ServerBuilder builder = Server.builder()
                // Armeria ends these in turn, and the second time finds nothing left to wait for.
                .workerGroup(threads.connections(), true)
                .bossGroupFactory(name -> threads.connections())
                .serviceWorkerGroup(threads.writers(), false)
                .blockingTaskExecutor(threads.waiting(), true)
                .childChannelPipelineCustomizer(pipeline -> comeIn(door, pipeline, settings.isPlain()))
                .maxNumConnections(Bounds.PEOPLE.all() + Bounds.PEOPLE_MEMBERS)
                .idleTimeout(HttpBounds.IDLE)
                .requestTimeout(HttpBounds.REQUEST)
                .maxRequestLength(HttpBounds.BODY_BYTES)
                .http1MaxInitialLineLength(HttpBounds.LINE_BYTES)
                .http1MaxHeaderSize(HttpBounds.HEADER_BYTES)
                .http2MaxHeaderListSize(HttpBounds.HEADER_LIST_BYTES)
                .http2MaxStreamsPerConnection(HttpBounds.OF_CONNECTION)
                .http2MaxResetFramesPerWindow(100, 30)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .meterRegistry(NoopMeterRegistry.get())
                // What breaks is logged where it does; what peers do is no news.
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .disableServerHeader()
                .setHeaders(SecurityHeaders.ALL.entrySet());
        return settings.isPlain()
                ? builder.http(settings.listen())
                : builder.https(settings.listen())
                        .tlsEngineType(TlsEngineType.JDK)
                        .tls(new ShownCertificate(shown))
                        .tlsCustomizer(tls -> tls.protocols("TLSv1.3"));
    }

    private static void comeIn(Door door, ChannelPipeline pipeline, boolean isPlain) {
        if (!(pipeline.channel() instanceof SocketChannel channel) || !door.admits(channel)) {
            pipeline.channel().unsafe().close(pipeline.channel().voidPromise());
            return;
        }
        OptionsGate.at(pipeline, isPlain);
    }

    private static void serve(
            ServerBuilder builder,
            List<ServerServiceDefinition> asked,
            List<HttpRoute> routes,
            Pages pages,
            Refuser refuser,
            Bounded places) {
        List<Binding> bindings =
                asked.stream().flatMap(s -> Binding.of(s).stream()).toList();
        Transcoded transcoded = new Transcoded(transcoding(asked), bindings, refuser, places.asked());
        builder.service(transcoded, EncodingService.newDecorator());
        bindings.stream()
                .filter(Binding::isStream)
                .forEach(binding -> builder.service(
                        Route.builder()
                                .methods(binding.verb())
                                .path("exact:" + binding.path())
                                .build(),
                        streamed(binding, refuser, places)));
        routes.add(described(bindings, routes));
        for (HttpRoute route : routes) {
            HttpService service = route.audience()
                    .<HttpService>map(audience ->
                            new ForAudience(bounded(route, places), audience, route.isOfWholeSite(), refuser))
                    .orElseGet(() -> bounded(route, places));
            builder.service(
                    Route.builder().methods(route.methods()).path(route.path()).build(), service);
        }
        builder.decorator(service -> new UnderWay(service, Patience.USUAL.reading()));
        builder.errorHandler(new RefusedRequests(path -> methods(path, bindings, routes), pages));
    }

    private static HttpService streamed(Binding binding, Refuser refuser, Bounded places) {
        return binding.isFile()
                ? new StreamedRpc(binding, refuser, places.asked(), FileCall::new)
                : new StreamedRpc(binding, refuser, places.streams(), EventCall::patient);
    }

    private static HttpService bounded(HttpRoute route, Bounded places) {
        if (route.service() instanceof AtAnyTime) {
            return route.service();
        }
        Places asked = route.audience().isPresent() ? places.asked() : places.open();
        return new AtOnce(route.service(), route.isStream() ? places.streams() : asked);
    }

    private static GrpcService transcoding(List<ServerServiceDefinition> asked) {
        GrpcServiceBuilder rpcs = GrpcService.builder()
                .useBlockingTaskExecutor(true)
                .useClientTimeoutHeader(false)
                .maxRequestMessageLength(HttpBounds.BODY_BYTES)
                .jsonMarshallerFactory(service -> GrpcJsonMarshaller.builderForGson()
                        .jsonPrinterCustomizer(ON_ONE_LINE)
                        .build())
                .enableHttpJsonTranscoding(HttpJsonTranscodingOptions.builder()
                        .queryParamMatchRules(
                                HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE,
                                HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD)
                        .errorHandler((context, status, response) -> RefusedAnswer.of(RefusedAnswer.message(
                                status,
                                Trailers.of(response.trailers().isEmpty() ? response.headers() : response.trailers()))))
                        .build());
        asked.forEach(rpcs::addService);
        return rpcs.build();
    }

    private static HttpRoute described(List<Binding> bindings, List<HttpRoute> routes) {
        byte[][] text = new byte[1][];
        HttpRoute route = HttpRoute.of(
                        "/openapi.json",
                        Audience.VIEWER,
                        (context, request) -> HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, text[0]))
                .described("This description.", MediaType.JSON_UTF_8);
        List<HttpRoute> all = new ArrayList<>(routes);
        all.add(route);
        text[0] = OpenApi.of(bindings, all);
        return route;
    }

    /** Pages have their own errors. */
    private static Set<String> methods(String path, List<Binding> bindings, List<HttpRoute> routes) {
        Set<String> methods = new TreeSet<>();
        bindings.stream()
                .filter(b -> b.read(path).isPresent())
                .forEach(b -> methods.add(b.verb().name()));
        routes.stream()
                .filter(r -> r.path().equals(path))
                .flatMap(r -> r.methods().stream())
                .map(HttpMethod::name)
                .forEach(methods::add);
        return methods;
    }

    /** The port that was opened. */
    public int port() {
        return server.activeLocalPort();
    }

    /** What it holds of its bounds. */
    public List<MetricSource> metrics() {
        return metrics;
    }

    /** Cuts what is under way: a question is asked again. */
    @Override
    public void close() {
        try {
            server.stop().get(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What is left ends with its thread.
        }
        threads.end();
    }
}
