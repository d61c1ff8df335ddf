package dev.plumbline.agent.probe;

import dev.plumbline.words.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param authority host of the Host header or :authority
 * @param headers beyond those that every request has, names in lower case; {@code user-agent} takes the place of the usual one
 * @param asked what is asked, where a target is asked in several ways; else empty
 * @param appetite how much of the answer is wanted
 */
record HttpAsk(
        String method,
        String authority,
        String path,
        Map<String, String> headers,
        Bytes body,
        String asked,
        Appetite appetite) {
    /** Neutral on purpose: portals let the operating systems' own detection agents pass. */
    static final String USER_AGENT = "plumbline/0.1";

    static HttpAsk get(String authority, String path) {
        return new HttpAsk("GET", authority, path, Map.of(), Bytes.EMPTY, "", Appetite.USUAL);
    }

    static HttpAsk post(String authority, String path, String contentType, Bytes body) {
        return new HttpAsk("POST", authority, path, Map.of("content-type", contentType), body, "", Appetite.USUAL);
    }

    static HttpAsk postJson(String authority, String path, String body) {
        return post(authority, path, "application/json", Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    HttpAsk with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAsk(method, authority, path, more, body, asked, appetite);
    }

    HttpAsk wanting(Appetite more) {
        return new HttpAsk(method, authority, path, headers, body, asked, more);
    }

    HttpAsk asking(String words) {
        return new HttpAsk(method, authority, path, headers, body, words, appetite);
    }
}
