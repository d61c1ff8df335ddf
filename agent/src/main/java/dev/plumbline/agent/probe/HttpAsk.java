package dev.plumbline.agent.probe;

/**
 * One HTTP request.
 *
 * @param authority host of the Host header or :authority
 */
record HttpAsk(String method, String authority, String path, String contentType, String body) {
    /** Neutral on purpose: portals let the operating systems' own detection agents pass. */
    static final String USER_AGENT = "plumbline/0.1";

    static HttpAsk get(String authority, String path) {
        return new HttpAsk("GET", authority, path, "", "");
    }

    static HttpAsk postJson(String authority, String path, String body) {
        return new HttpAsk("POST", authority, path, "application/json", body);
    }
}
