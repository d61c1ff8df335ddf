package dev.plumbline.agent.environment;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of documents as a network gives them. */
final class UrlText {
    private static final URI NOTHING = URI.create("");

    private UrlText() {}

    /** An empty one for what is none. */
    static URI parse(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            return NOTHING;
        }
    }

    /** The host without the brackets of an IPv6 address; empty without one. */
    static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().replaceAll("[\\[\\]]", "");
    }
}
