package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.plumbline.collector.listing.FieldViolation;
import io.netty.util.AsciiString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rpcs that answer once. Parameters that there are not, or that cannot be read, are refused by name before they are transcoded,
 * which would leave them out.
 */
final class Transcoded extends SimpleDecoratingHttpService implements HttpServiceWithRoutes {
    private static final List<AsciiString> ASKED = List.of(
            HttpHeaderNames.METHOD,
            HttpHeaderNames.PATH,
            HttpHeaderNames.SCHEME,
            HttpHeaderNames.AUTHORITY,
            HttpHeaderNames.AUTHORIZATION);

    private final List<Binding> bindings;
    private final Refuser refuser;
    private final Set<Route> routes;

    Transcoded(GrpcService rpcs, List<Binding> bindings, Refuser refuser, Places places) {
        super(new AtOnce(rpcs, places));
        this.bindings = List.copyOf(bindings);
        this.refuser = refuser;
        // gRPC itself is spoken at the people's port.
        Set<Route> paths = new LinkedHashSet<>(rpcs.routes());
        paths.removeAll(rpcs.methodsByRoute().keySet());
        this.routes = Set.copyOf(paths);
    }

    @Override
    public Set<Route> routes() {
        return routes;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        for (Binding binding : bindings) {
            Optional<Map<String, String>> variables = binding.read(context.decodedPath());
            if (variables.isPresent() && binding.verb().equals(request.method())) {
                return refuser.answer(
                        context, request, binding, (asked, by) -> answer(binding, variables.get(), asked, by));
            }
        }
        throw HttpStatusException.of(HttpStatus.NOT_FOUND);
    }

    private HttpResponse answer(
            Binding binding, Map<String, String> variables, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        try {
            Question.of(
                    binding,
                    variables,
                    List.copyOf(context.queryParams().stream().toList()),
                    "");
        } catch (FieldViolation e) {
            return Refuser.refused(e);
        }
        // Nothing is asked in a body, and nobody waits for one.
        return unwrap().serve(context, HttpRequest.of(asked(request.headers()))).mapHeaders(Transcoded::withoutGrpc);
    }

    /**
     * What is asked, and who says so. All else would become metadata of the call, which Armeria takes for what a gRPC client sent: a
     * {@code -bin} header that is no base64 would break the call before anybody could close it.
     */
    private static RequestHeaders asked(RequestHeaders headers) {
        RequestHeadersBuilder asked = RequestHeaders.builder();
        ASKED.forEach(name -> headers.getAll(name).forEach(value -> asked.add(name, value)));
        return asked.build();
    }

    private static ResponseHeaders withoutGrpc(ResponseHeaders headers) {
        return headers.withMutations(h -> {
            h.remove("grpc-status");
            h.remove("grpc-encoding");
            h.remove("grpc-accept-encoding");
        });
    }
}
