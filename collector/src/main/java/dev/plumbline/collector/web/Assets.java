package dev.plumbline.collector.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Styles, scripts and the sign of the pages, from the class path. Each has its hash in its path, so that a browser keeps it until
 * another version brings another one.
 */
public final class Assets implements HttpService {
    static final String ROUTE = "/assets/{hash}/{name}";
    private static final int HASH_DIGITS = 16;
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final MediaType SCRIPT = MediaType.parse("text/javascript; charset=utf-8");

    /** @param tag as HTTP has it, in quotes */
    @SuppressWarnings("ArrayRecordComponent") // written once and handed to a socket
    private record Asset(MediaType type, String tag, byte[] plain, byte[] zipped) {}

    private final Map<String, Asset> all = new TreeMap<>();

    /** Reads them; a program in which one is missing does not start. */
    Assets() {
        add("page.css", MediaType.CSS_UTF_8, "page.css");
        add("page.js", SCRIPT, "page.js");
        add("icon.svg", MediaType.SVG_UTF_8, "icon.svg");
        add("htmx.js", SCRIPT, WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js");
        add("sse.js", SCRIPT, WEBJARS + "htmx-ext-sse/2.2.2/sse.js");
        add("uplot.js", SCRIPT, WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js");
        add("uplot.css", MediaType.CSS_UTF_8, WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
    }

    private void add(String name, MediaType type, String resource) {
        byte[] plain = read(resource);
        String hash = Sha256.of(plain).hex().substring(0, HASH_DIGITS);
        all.put(name, new Asset(type, "\"" + hash + "\"", plain, zip(plain)));
    }

    private static byte[] read(String resource) {
        try (InputStream file = Assets.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(file, resource + " is missing in this program")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " in this program cannot be read", e);
        }
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be compressed", e);
        }
        return bytes.toByteArray();
    }

    /** Where a page finds it. */
    String path(String name) {
        String tag = Objects.requireNonNull(all.get(name), name).tag();
        return "/assets/" + tag.replace("\"", "") + "/" + name;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Asset asset = all.get(Objects.requireNonNull(context.pathParam("name")));
        // One of another version is not this one.
        if (asset == null || !asset.tag().equals("\"" + context.pathParam("hash") + "\"")) {
            return HttpResponse.of(HttpStatus.NOT_FOUND);
        }
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(asset.type())
                .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .set(HttpHeaderNames.VARY, "accept-encoding")
                .set(HttpHeaderNames.ETAG, asset.tag());
        if (asset.tag().equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return HttpResponse.of(headers.status(HttpStatus.NOT_MODIFIED).build());
        }
        boolean isZipped =
                request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip");
        if (isZipped) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(isZipped ? asset.zipped() : asset.plain()));
    }
}
