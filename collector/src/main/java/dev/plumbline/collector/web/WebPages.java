package dev.plumbline.collector.web;

import com.github.benmanes.caffeine.cache.Ticker;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.encoding.EncodingService;
import dev.plumbline.collector.http.HttpRoute;
import dev.plumbline.collector.http.Pages;
import dev.plumbline.collector.people.Admittance;
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

    private static final Map<String, Page> PAGES = Map.of(
            "/", new MatrixPage(),
            "/findings", new FindingsPage(),
            "/findings/{finding}", new FindingPage());

    private final Assets assets = new Assets();
    private final Printer printer;
    private final List<BindableService> services;
    private final Clock clock;

    /**
     * @param site its id
     * @param services that the pages ask
     */
    public WebPages(String site, List<BindableService> services, Clock clock) {
        this.printer = new Printer(site, assets, asker -> "");
        this.services = List.copyOf(services);
        this.clock = clock;
    }

    @Override
    public List<HttpRoute> routes(Admittance admittance) {
        Rpcs rpcs = new Rpcs(services, admittance);
        Reception reception = new Reception(new Sessions(clock, Ticker.systemTicker()), admittance, printer);
        List<HttpRoute> routes = new ArrayList<>();
        routes.add(HttpRoute.open(Assets.ROUTE, assets));
        routes.add(HttpRoute.open("/sign-in", reception::form));
        routes.add(HttpRoute.posted("/sign-in", reception::signIn));
        routes.add(HttpRoute.posted("/sign-out", reception::signOut));
        PAGES.forEach((path, page) -> routes.add(HttpRoute.open(
                path,
                zipped(new SignedIn(reception, rpcs, printer, clock, visit -> printer.page(visit, page))))));
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
