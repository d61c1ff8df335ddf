package dev.plumbline.catalog.rules;

import java.util.List;

/** Tests of a proxy script (PAC) on the host that is asked for. */
public final class PacTest {
    private PacTest() {}

    /** One expression a domain, true for its hosts; {@code host} is the script's own argument. */
    public static List<String> hosts(List<String> names) {
        return Names.domains(names).stream()
                .map(d -> "host.toLowerCase() == \"" + d + "\""
                        + (Names.isWildcard(d, names) ? " || dnsDomainIs(host.toLowerCase(), \"." + d + "\")" : ""))
                .toList();
    }
}
