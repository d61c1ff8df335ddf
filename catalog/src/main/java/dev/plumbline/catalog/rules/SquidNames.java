package dev.plumbline.catalog.rules;

import java.util.List;

/** Names in access lists of squid. */
public final class SquidNames {
    private SquidNames() {}

    /**
     * One line a name. A leading dot stands for the domain and all below it; squid refuses a domain beside one that holds it.
     *
     * @param kind dstdomain or ssl::server_name
     */
    public static List<String> acl(String acl, String kind, List<String> names) {
        return Names.domains(names).stream()
                .map(d -> "acl " + acl + " " + kind + " " + (Names.isWildcard(d, names) ? "." : "") + d)
                .toList();
    }
}
