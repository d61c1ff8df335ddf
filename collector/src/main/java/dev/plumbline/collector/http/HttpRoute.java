package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import dev.plumbline.collector.access.Audience;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is served beside the rpcs.
 *
 * @param path as Armeria writes it, such as {@code /metrics} or {@code prefix:/page}
 * @param audience whose token it needs; empty = everybody is answered, without a token
 * @param described what the description of the port says of it; empty = nothing, such as of a page
 * @param isOfWholeSite whether it tells of all segments, so that a token for some of them does not open it
 * @param isStream whether its answer has no end, and is counted among the streams
 */
public record HttpRoute(
        Set<HttpMethod> methods,
        String path,
        Optional<Audience> audience,
        Optional<Description> described,
        boolean isOfWholeSite,
        boolean isStream,
        HttpService service) {
    /** @param answer what comes with 200 */
    public record Description(String summary, MediaType answer) {}

    public HttpRoute {
        methods = Set.copyOf(methods);
    }

    /** For everybody who reaches the port. */
    public static HttpRoute open(String path, HttpService service) {
        return new HttpRoute(
                Set.of(HttpMethod.GET, HttpMethod.HEAD),
                path,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                service);
    }

    /** What is sent to it, for everybody who reaches the port. */
    public static HttpRoute posted(String path, HttpService service) {
        return new HttpRoute(Set.of(HttpMethod.POST), path, Optional.empty(), Optional.empty(), false, false, service);
    }

    /** Events without an end, for everybody who reaches the port. */
    public static HttpRoute events(String path, HttpService service) {
        return new HttpRoute(Set.of(HttpMethod.GET), path, Optional.empty(), Optional.empty(), false, true, service);
    }

    /** For whoever shows a token of this role or one above it. */
    public static HttpRoute of(String path, Audience audience, HttpService service) {
        return new HttpRoute(
                Set.of(HttpMethod.GET, HttpMethod.HEAD),
                path,
                Optional.of(audience),
                Optional.empty(),
                false,
                false,
                service);
    }

    /** The same, for tokens of the whole site alone. */
    public HttpRoute ofWholeSite() {
        return new HttpRoute(methods, path, audience, described, true, isStream, service);
    }

    /** The same, described. */
    public HttpRoute described(String summary, MediaType answer) {
        return new HttpRoute(
                methods,
                path,
                audience,
                Optional.of(new Description(summary, answer)),
                isOfWholeSite,
                isStream,
                service);
    }
}
