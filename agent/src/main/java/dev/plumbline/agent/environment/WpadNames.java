package dev.plumbline.agent.environment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a proxy script may be announced by DNS. A host asks for {@code wpad} under each of its search domains, and upwards
 * from there only as long as the parent is, or lies below, another of them: no other rule tells an organisation's own
 * suffix from one that it shares with strangers ({@code co.uk}), and a name beyond it would let a stranger choose
 * everybody's proxy.
 */
final class WpadNames {
    private static final int MOST = 6;
    private static final int MAX_STEPS = 3;

    private WpadNames() {}

    static List<String> under(List<String> searchDomains) {
        Set<String> names = new LinkedHashSet<>();
        for (String domain : searchDomains) {
            String at = domain;
            for (int step = 0; step <= MAX_STEPS && isOwn(at, searchDomains); step++) {
                names.add("wpad." + at);
                at = at.substring(at.indexOf('.') + 1);
            }
        }
        return names.stream().limit(MOST).toList();
    }

    /** A single label is a top-level domain: nobody's own. */
    private static boolean isOwn(String domain, List<String> searchDomains) {
        return domain.indexOf('.') > 0
                && searchDomains.stream().anyMatch(own -> domain.equals(own) || domain.endsWith("." + own));
    }
}
