package dev.plumbline.agent.enrol;

import java.util.Locale;

/** The name of an agent that nobody named. Pure. */
final class AgentName {
    private static final int LONGEST = 63;

    private AgentName() {}

    /** The first label of the host's name, in the letters that names of agents have. */
    static String ofHost(String host) {
        String label = host.strip().split("\\.", 2)[0];
        String name =
                label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String bounded = name.length() > LONGEST ? name.substring(0, LONGEST).replaceAll("-+$", "") : name;
        return bounded.isEmpty() ? "agent" : bounded;
    }
}
