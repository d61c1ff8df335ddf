package dev.plumbline.collector.web;

import com.github.benmanes.caffeine.cache.Ticker;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.encoding.EncodingService;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.http.HttpRoute;
import dev.plumbline.collector.http.Pages;
import dev.plumbline.collector.people.Admittance;
import dev.plumbline.collector.query.Facts;
import dev.plumbline.collector.query.QueryService;
import io.grpc.BindableService;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All pages, put together. */
public final class WebPages implements Pages {
    /** Paths of programs, which read no pages. */
    private static final List<String> PROGRAMS = List.of("/v1/", "/metrics", "/healthz", "/readyz", "/openapi.json");

    private final Assets assets = new Assets();
    private final Printer printer;
    private final QueryService queries;
    private final List<BindableService> services;
    private final Facts facts;
    private final Clock clock;
    private volatile Optional<Changes> changes = Optional.empty();

    /**
     * @param site its id
     * @param queries that the pages ask
     * @param services and besides
     * @param facts of which the pages tell
     */
    public WebPages(String site, QueryService queries, List<BindableService> services, Facts facts, Clock clock) {
        this.queries = queries;
        this.printer = new Printer(site, assets, this::latest);
        this.services = new ArrayList<>(services);
        this.services.add(queries);
        this.facts = facts;
        this.clock = clock;
    }

    private String latest(Asker asker) {
        return changes.map(c -> c.latest(asker)).orElse("");
    }

    private Map<String, Page> pages() {
        return Map.of(
                "/", new MatrixPage(),
                "/findings", new FindingsPage(),
                "/findings/{finding}", new FindingPage(),
                "/segments/{segment}", new SegmentPage(),
                "/segments/{segment}/targets/{target}", new TargetPage(facts),
                "/compare", new ComparePage(),
                "/agents", new AgentsPage(facts),
                "/report", new ReportPage());
    }

    private Map<String, SignedIn.Answering> answers() {
        LatencyAnswer latencies = new LatencyAnswer(facts);
        return Map.of(
                "/segments/{segment}/latencies.json", latencies::ofSegment,
                "/segments/{segment}/targets/{target}/latencies.json", latencies::ofTarget,
                "/report/file", ReportAnswer::of);
    }

    @Override
    public List<HttpRoute> routes(Admittance admittance) {
        Rpcs rpcs = new Rpcs(queries, services, admittance);
        Changes told = new Changes(rpcs, System::nanoTime);
        changes = Optional.of(told);
        Reception reception = new Reception(new Sessions(clock, Ticker.systemTicker()), admittance, printer);
        List<HttpRoute> routes = new ArrayList<>();
        routes.add(HttpRoute.open(Assets.ROUTE, assets));
        routes.add(HttpRoute.open("/sign-in", reception::form));
        routes.add(HttpRoute.posted("/sign-in", reception::signIn));
        routes.add(HttpRoute.posted("/sign-out", reception::signOut));
        routes.add(HttpRoute.events("/events", new LiveEvents(reception, told)));
        pages().forEach((path, page) -> routes.add(HttpRoute.open(
                path, zipped(new SignedIn(reception, rpcs, printer, clock, visit -> printer.page(visit, page))))));
        answers()
                .forEach((path, answering) -> routes.add(
                        HttpRoute.open(path, zipped(new SignedIn(reception, rpcs, printer, clock, answering)))));
        return routes;
    }

    private static HttpService zipped(HttpService service) {
        return service.decorate(EncodingService.newDecorator());
    }

    @Override
    public Optional<AggregatedHttpResponse> refused(RequestHeaders headers, HttpStatus status, String sentence) {
        boolean isBrowser = headers.get("accept", "").contains("text/html")
                && PROGRAMS.stream().noneMatch(headers.path()::startsWith);
        return isBrowser
                ? Optional.of(AggregatedHttpResponse.of(
                        PageHeaders.of(status).build(),
                        HttpData.wrap(printer.refusalText(
                                Optional.empty(),
                                status,
                                status.equals(HttpStatus.NOT_FOUND) ? "there is no such page" : sentence))))
                : Optional.empty();
    }
}
