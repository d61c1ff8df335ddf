package dev.plumbline.agent.probe;

import dev.plumbline.words.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of an answer what names a person, a machine or a session, before it becomes a fact: facts are kept for long and
 * handed to others. Of headers only those are kept whose values speak of servers and proxies; of others that they were there.
 * In URLs the values of queries and fragments and the user go, in pages also hardware addresses, the names in front of {@code
 * @}, the values of form fields and what stands behind words such as <i>user</i> or <i>token</i>. A compressed body, which
 * nobody asked for, is not kept. What is no text is left as it is. Pure.
 */
final class Scrub {
    static final String GONE = "~";
    static final String NOT_KEPT = "(not kept)";

    private static final Set<String> KEPT = Set.of(
            "accept-ranges",
            "age",
            "allow",
            "alt-svc",
            "apns-id",
            "cache-control",
            "connection",
            "content-encoding",
            "content-language",
            "content-length",
            "content-range",
            "content-type",
            "date",
            "expires",
            "last-modified",
            "pragma",
            "proxy-agent",
            "proxy-connection",
            "retry-after",
            "server",
            "strict-transport-security",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "x-cache",
            "x-cache-lookup",
            "x-powered-by",
            "x-squid-error");
    private static final Set<String> LINKS = Set.of("location", "content-location", "refresh", "link");
    private static final Set<String> CHALLENGES = Set.of("www-authenticate", "proxy-authenticate");

    private static final Pattern SCHEME = Pattern.compile(
            "(?:^|,)\\s*(basic|bearer|digest|hoba|kerberos|mutual|negotiate|ntlm|scram-[a-z0-9-]+)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT_TYPE = Pattern.compile("text/|html|json|xml|javascript|urlencoded");

    private record Rule(Pattern pattern, String by) {
        static Rule of(String regex, String by) {
            return new Rule(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), by);
        }

        String in(String text) {
            return pattern.matcher(text).replaceAll(by);
        }
    }

    private static final String LABEL =
            "\\b((?:user|benutzer|login|account|client|device)[ _-]?(?:name|id|kennung|mac)?"
                    + "|mac(?:[ _-]?addr(?:ess|esse)?)?|host[ _-]?name|computer|session(?:[ _-]?id)?|token|password|passwort|pwd)";

    private static final List<Rule> RULES = List.of(
            Rule.of("//[^/?#@\\s\"'<>]{1,256}@", "//" + GONE + "@"),
            // A query or fragment with values: the names stay, they tell what a portal knows.
            Rule.of("(?<=[?&;#])((?!amp;)[a-z0-9_.\\[\\]%-]{1,64})=[^\\s\"'<>&#]{1,1024}", "$1=" + GONE),
            Rule.of("(?<=[a-z0-9/._-])\\?[a-z0-9%._+/=-]{8,1024}(?=[\"'\\s<>)#;]|$)", "?" + GONE),
            // Hardware addresses, also one that the end of what was kept cuts.
            Rule.of("(?<![0-9a-f])(?:[0-9a-f]{2}(?:[:-]|%3a)){5}[0-9a-f]{2}(?![0-9a-f])", GONE),
            Rule.of("(?<![0-9a-f:-])(?:[0-9a-f]{2}(?:[:-]|%3a)){2,5}[0-9a-f]{0,2}$", GONE),
            Rule.of("\\b[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}\\b", GONE),
            Rule.of("/[0-9a-f]{12}(?=[/?#\"'\\s<]|$)", "/" + GONE),
            Rule.of("\\beyj[a-z0-9_-]{8,1024}(?:\\.[a-z0-9_-]{0,1024}){0,4}", GONE),
            Rule.of("\\b(bearer|basic|negotiate|ntlm)\\s+[a-z0-9+/=._-]{8,1024}", "$1 " + GONE),
            Rule.of(
                    "\\b(value\\s*=\\s*)(?:\"[^\"]{1,1024}\"?|'[^']{1,1024}'?|[^\\s>\"']{1,1024})",
                    "$1\"" + GONE + "\""),
            Rule.of(LABEL + "([\"']?\\s*[:=]\\s*[\"']?)[^\\s\"'<>&,;]{1,256}", "$1$2" + GONE),
            Rule.of(
                    LABEL
                            + "(\\s*:?\\s*</(?:td|th|dt|b|strong|label|span)>\\s*:?\\s*(?:<(?:td|dd|b|strong|span)\\b[^>]{0,80}>\\s*)?)"
                            + "[^\\s<>&][^<>&]{0,255}",
                    "$1$2" + GONE),
            Rule.of("[a-z0-9._%+-]{1,64}@(?=[a-z0-9-]{1,63}\\.)", GONE + "@"));

    private Scrub() {}

    /** What is kept of the headers, whose names are in lower case. */
    static Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, value) -> kept.put(name, header(name, value)));
        return kept;
    }

    private static String header(String name, String value) {
        if (LINKS.contains(name)) {
            return link(value);
        }
        if (CHALLENGES.contains(name)) {
            return SCHEME.matcher(value).results().map(m -> m.group(1)).collect(Collectors.joining(", "));
        }
        return KEPT.contains(name) ? text(value) : NOT_KEPT;
    }

    /** In a link everything behind the question mark is a query, also what has no name. */
    private static String link(String value) {
        Matcher bare = Pattern.compile("\\?[^=&;#\\s\"'<>]+(?=$|[#\\s\"'<>;,])").matcher(value);
        return text(bare.replaceAll("?" + GONE));
    }

    /**
     * What is kept of the beginning of a body.
     *
     * @param headers of the same answer; empty where the protocol has none
     */
    static Bytes body(Bytes start, Map<String, String> headers) {
        if (!headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")) {
            return Bytes.EMPTY;
        }
        String text = start.latin1();
        boolean declared = TEXT_TYPE
                .matcher(headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT))
                .find();
        if (!declared && text.chars().anyMatch(Scrub::isControl)) {
            return start;
        }
        return Bytes.of(text(text).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isControl(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    }

    /** What is kept of any text that a stranger said. */
    static String text(String text) {
        String kept = text;
        for (Rule rule : RULES) {
            kept = rule.in(kept);
        }
        return kept;
    }
}
