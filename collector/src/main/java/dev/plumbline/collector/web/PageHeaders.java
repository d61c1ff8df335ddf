package dev.plumbline.collector.web;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;

/** What every page says to its browser: run nothing and fetch nothing but what lies here, and be framed by nobody. */
final class PageHeaders {
    /** Without inline scripts, styles and evaluation, whatever stands in a page. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private PageHeaders() {}

    static ResponseHeadersBuilder of(HttpStatus status) {
        return of(status, MediaType.HTML_UTF_8);
    }

    static ResponseHeadersBuilder of(HttpStatus status, MediaType type) {
        return ResponseHeaders.builder(status)
                .contentType(type)
                .set("content-security-policy", POLICY)
                .set("x-content-type-options", "nosniff")
                .set("cache-control", "no-store")
                .set("referrer-policy", "same-origin")
                .set("cross-origin-opener-policy", "same-origin")
                .set("cross-origin-embedder-policy", "require-corp")
                .set("cross-origin-resource-policy", "same-origin")
                .set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    }
}
