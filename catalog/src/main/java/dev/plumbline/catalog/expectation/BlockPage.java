package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the page that a filter shows in place of the answer: by a proxy's own error header, by status 451, or by an HTML
 * page that speaks of blocking. "Access denied" alone is no sign: content networks say so for a bare path.
 */
final class BlockPage {
    private static final List<String> SIGNS = List.of(
            "web filter",
            "webfilter",
            "content filter",
            "url filter",
            "acceptable use",
            "has been blocked",
            "is blocked",
            "was blocked",
            "blocked by",
            "site blocked",
            "page blocked",
            "access blocked",
            "network administrator",
            "fortiguard",
            "zscaler",
            "websense",
            "forcepoint",
            "sophos",
            "umbrella",
            "lightspeed",
            "securly",
            "smoothwall",
            "blue coat",
            "palo alto networks");
    private static final Pattern TITLE = Pattern.compile("<title>([^<]{1,120})", Pattern.CASE_INSENSITIVE);

    private BlockPage() {}

    static Optional<Assessment> of(Exchange e) {
        String body = e.bodyStart().latin1();
        String lower = body.toLowerCase(Locale.ROOT);
        if (e.headers().containsKey("x-squid-error")) {
            return found("HTTP " + e.status() + " is an error page of a proxy ("
                    + e.headers().get("x-squid-error") + ")");
        }
        if (e.status() == 451) {
            return found("HTTP 451: a filter says that the answer is withheld for legal reasons");
        }
        boolean html = Answers.header(e, "content-type").contains("html")
                || lower.contains("<html")
                || lower.contains("<!doctype html");
        if (html && SIGNS.stream().anyMatch(lower::contains)) {
            Matcher title = TITLE.matcher(body);
            return found("HTTP " + e.status() + " is a filter's page"
                    + (title.find() ? " ('" + title.group(1).strip() + "')" : ""));
        }
        return Optional.empty();
    }

    private static Optional<Assessment> found(String because) {
        return Optional.of(new Assessment(Outcome.BLOCK_PAGE, because));
    }
}
