package dev.plumbline.collector.web;

import com.linecorp.armeria.common.RequestHeaders;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a request was made by a page of this origin, as its browser says: by {@code Sec-Fetch-Site} (Fetch Metadata), and where that
 * is missing by {@code Origin}. Pure.
 */
final class SameOrigin {
    private static final String SITE = "sec-fetch-site";

    private SameOrigin() {}

    /** Whether a form may be taken: what does not say where it comes from is not. */
    static boolean sent(RequestHeaders headers) {
        return sent(
                Optional.ofNullable(headers.get(SITE)),
                Optional.ofNullable(headers.get("origin")),
                Optional.ofNullable(headers.authority()));
    }

    static boolean sent(Optional<String> site, Optional<String> origin, Optional<String> authority) {
        if (site.isPresent()) {
            return site.get().equals("same-origin");
        }
        return origin.isPresent()
                && authority
                        .map(a -> a.toLowerCase(Locale.ROOT))
                        .filter(a -> origin.get().equals("https://" + a)
                                || origin.get().equals("http://" + a))
                        .isPresent();
    }

    /** Whether a page of another site led here: the browser holds the session back then. */
    static boolean isFromElsewhere(RequestHeaders headers) {
        String site = headers.get(SITE);
        return site != null && (site.equals("cross-site") || site.equals("same-site"));
    }
}
