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
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
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

    private final Server server;
    private final EventLoopGroup loop;

    private HttpServer(Server server, EventLoopGroup loop) {
        this.server = server;
        this.loop = loop;
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
        return start(settings, shown, services, routes, pages, tokens, refused, clock, HttpBounds.KEEP_ALIVE);
    }

    static HttpServer start(
            HttpSettings settings,
            LiveChain shown,
            List<BindableService> services,
            Collection<HttpRoute> routes,
            Pages pages,
            TokenRegister tokens,
            RefusedCalls refused,
            Clock clock,
            Duration keepAlive)
            throws ConfigException {
        Door door = new Door(Bounds.PEOPLE, Bounds.PEOPLE_MEMBERS, Bounds.PEOPLE_OF_ONE);
        // Of the transport that Armeria finds on this host, since it opens its sockets by that one.
        EventLoopGroup loop = EventLoopGroups.newEventLoopGroup(1, "http");
        Admittance admittance = new Admittance(tokens, refused, door, clock);
        List<ServerServiceDefinition> asked = services.stream()
                // The last is asked first.
                .map(s -> ServerInterceptors.intercept(
                        s.bindService(), new LoggedBugs(), admittance.ofCalls(), new CallerAddress()))
                .toList();
        ServerBuilder builder = bounded(settings, shown, loop, door);
        List<HttpRoute> beside = new ArrayList<>(routes);
        beside.addAll(pages.routes(admittance));
        serve(builder, asked, beside, pages, new Refuser(admittance), keepAlive);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            end(loop);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(List.of("http.listen: "
                    + settings.listen().getHostString() + ":"
                    + settings.listen().getPort()
                    + " cannot be opened (" + cause.getMessage() + "); stop what uses it or name another address"));
        }
        ScheduledFuture<?> unused = loop.scheduleWithFixedDelay(admittance::endThoseOver, 1, 1, TimeUnit.SECONDS);
        return new HttpServer(server, loop);
    }

    private static ServerBuilder bounded(HttpSettings settings, LiveChain shown, EventLoopGroup loop, Door door) {
        ServerBuilder builder = Server.builder()
                .workerGroup(loop, false)
                .blockingTaskExecutor(
                        BlockingTaskExecutor.builder()
                                .numThreads(HttpBounds.THREADS)
                                .threadNamePrefix("http")
                                .build(),
                        true)
                .childChannelPipelineCustomizer(pipeline -> comeIn(door, pipeline))
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

    private static void comeIn(Door door, ChannelPipeline pipeline) {
        if (!(pipeline.channel() instanceof SocketChannel channel) || !door.admits(channel)) {
            pipeline.channel().unsafe().close(pipeline.channel().voidPromise());
        }
    }

    private static void serve(
            ServerBuilder builder,
            List<ServerServiceDefinition> asked,
            List<HttpRoute> routes,
            Pages pages,
            Refuser refuser,
            Duration keepAlive) {
        Semaphore atOnce = new Semaphore(HttpBounds.AT_ONCE);
        Semaphore streams = new Semaphore(HttpBounds.STREAMS);
        List<Binding> bindings =
                asked.stream().flatMap(s -> Binding.of(s).stream()).toList();
        Transcoded transcoded = new Transcoded(transcoding(asked), bindings, refuser);
        builder.service(transcoded, EncodingService.newDecorator(), service -> new AtOnce(service, atOnce));
        bindings.stream()
                .filter(Binding::isStream)
                .forEach(binding -> builder.service(
                        Route.builder()
                                .methods(binding.verb())
                                .path("exact:" + binding.path())
                                .build(),
                        new AtOnce(new EventStream(binding, refuser, keepAlive), streams)));
        routes.add(described(bindings, routes));
        for (HttpRoute route : routes) {
            HttpService service = route.audience()
                    .<HttpService>map(audience -> new ForAudience(route, audience, refuser))
                    .orElse(route.service());
            builder.service(
                    Route.builder().methods(route.methods()).path(route.path()).build(),
                    new AtOnce(service, route.isStream() ? streams : atOnce));
        }
        builder.errorHandler(new RefusedRequests(path -> methods(path, bindings, routes), pages));
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
        end(loop);
    }

    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
