package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpHeaders;
import io.grpc.Metadata;
import java.util.Base64;

/** What a call said at its end, as it travels over HTTP/2. */
final class Trailers {
    private static final String DETAILS = "grpc-status-details-bin";
    private static final Metadata.Key<byte[]> KEY = Metadata.Key.of(DETAILS, Metadata.BINARY_BYTE_MARSHALLER);

    private Trailers() {}

    /** The details of its status, where there are any. */
    static Metadata of(HttpHeaders headers) {
        Metadata trailers = new Metadata();
        String details = headers.get(DETAILS);
        if (details != null) {
            trailers.put(KEY, Base64.getDecoder().decode(details));
        }
        return trailers;
    }
}
