package dev.plumbline.collector.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of pages; what stands in them is encoded (RFC 3986 section 2.1). Pure. */
public final class Links {
    private Links() {}

    public static String segment(String id) {
        return "/segments/" + part(id);
    }

    public static String target(String segment, String target) {
        return segment(segment) + "/targets/" + part(target);
    }

    public static String finding(String id) {
        return "/findings/" + part(id);
    }

    /** A path with one parameter more; one that is empty is left out. */
    public static String with(String path, String parameter, String value) {
        return value.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + parameter + "=" + part(value);
    }

    /** One segment of a path, or one value of a query. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%40", "@");
    }
}
