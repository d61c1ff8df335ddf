package dev.plumbline.catalog.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Matches of iptables and ip6tables: each begins so that it may follow another. */
public final class IptablesMatch {
    /** That one multiport match takes. */
    private static final int MOST_PORTS = 15;

    private IptablesMatch() {}

    /**
     * The flow's ports, in as many matches as they need.
     *
     * @param end d for the server's end of what goes out, s for that of what comes back
     */
    public static List<String> ports(Flow flow, String end) {
        List<String> matches = new ArrayList<>();
        for (int i = 0; i < flow.ports().size(); i += MOST_PORTS) {
            matches.add(ports(
                    flow, flow.ports().subList(i, Math.min(flow.ports().size(), i + MOST_PORTS)), end));
        }
        return matches;
    }

    private static String ports(Flow flow, List<Integer> ports, String end) {
        String protocol = " -p " + flow.transport().word();
        String all = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
        return protocol + (ports.size() == 1 ? " --" + end + "port " : " -m multiport --" + end + "ports ") + all;
    }
}
