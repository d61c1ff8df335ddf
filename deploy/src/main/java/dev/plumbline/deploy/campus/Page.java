package dev.plumbline.deploy.campus;

import dev.plumbline.words.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer. */
record Page(int status, String contentType, Bytes body, Map<String, String> headers) {
    static Page of(int status, String contentType, String body) {
        return new Page(status, contentType, Bytes.of(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    Page with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Page(status, contentType, body, all);
    }
}
