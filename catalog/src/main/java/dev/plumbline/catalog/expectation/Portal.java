package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows a captive portal by where it sends people: to a host that has nothing to do with the one asked. */
final class Portal {
    /** Domains among which Apple's own servers redirect. */
    private static final List<String> APPLE = List.of(
            "apple.com",
            "icloud.com",
            "itunes.com",
            "mzstatic.com",
            "cdn-apple.com",
            "icloud-content.com",
            "aaplimg.com",
            "apple-cloudkit.com",
            "apple-livephotoskit.com",
            "apzones.com",
            "icloud.com.cn",
            "appleschoolcontent.com");

    /** An absolute or scheme-relative reference (RFC 3986 §4.2), its host without user and port. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:]+)");

    private Portal() {}

    static Optional<Assessment> of(String host, Exchange e) {
        if (e.status() == 511) {
            return Optional.of(new Assessment(Outcome.PORTAL, "HTTP 511: the network asks for a login (RFC 6585)"));
        }
        if (e.status() < 300 || e.status() > 399) {
            return Optional.empty();
        }
        return location(e)
                .filter(to -> !related(host, to))
                .map(to -> new Assessment(
                        Outcome.PORTAL, "HTTP " + e.status() + " sends everybody who asks for " + host + " to " + to));
    }

    /** Host of the redirect; empty for one within the same server. */
    private static Optional<String> location(Exchange e) {
        Matcher absolute = ABSOLUTE.matcher(Answers.header(e, "location"));
        return absolute.lookingAt() ? Optional.of(absolute.group(1)) : Optional.empty();
    }

    static boolean related(String asked, String to) {
        return domain(asked).equals(domain(to)) || (ofApple(asked) && ofApple(to));
    }

    private static boolean ofApple(String host) {
        return APPLE.stream().anyMatch(d -> host.equals(d) || host.endsWith("." + d));
    }

    /** The last two labels: enough to tell relatives among the hosts of the catalog. */
    private static String domain(String host) {
        int last = host.lastIndexOf('.');
        int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
        return host.substring(before + 1);
    }
}
