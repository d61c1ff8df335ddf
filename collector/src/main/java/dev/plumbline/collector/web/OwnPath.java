package dev.plumbline.collector.web;

/** Where somebody is led after signing in: to a page of this port, whatever a link says. Pure. */
final class OwnPath {
    static final String START = "/";
    private static final int LONGEST = 2_000;

    private OwnPath() {}

    /** @param asked a path with its query, as it stands in a request or in a form */
    static String of(String asked) {
        boolean isOwn = asked.length() <= LONGEST
                && asked.startsWith("/")
                // Browsers take two slashes, either way round, for the beginning of a host.
                && !asked.startsWith("//")
                && !asked.contains("\\")
                && asked.chars().allMatch(c -> c > ' ' && c < 0x7f)
                && !asked.startsWith("/sign-")
                && !asked.startsWith("/events");
        return isOwn ? asked : START;
    }
}
