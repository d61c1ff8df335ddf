package dev.plumbline.agent.environment;

import dev.plumbline.agent.net.Resolvers;
import dev.plumbline.words.Surroundings.Discovery;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this host was told by its administrator and by DHCP. */
record Ambient(ProxyVariables variables, List<Discovery> leases, List<String> searchDomains) {
    /** Reads files; not for an event loop. */
    static Ambient ofHost() {
        Map<String, Map<String, String>> sources = new LinkedHashMap<>();
        sources.put("environment", System.getenv());
        for (String file : List.of("/etc/environment", "/etc/systemd/system.conf")) {
            sources.put(file, SmallFile.assignments(Path.of(file)));
        }
        return new Ambient(new ProxyVariables(sources), DhcpLeases.ofHost().discoveries(), Resolvers.searchDomains());
    }
}
