package dev.plumbline.agent.environment;

import dev.plumbline.words.Surroundings.ProxySetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables by which programs on this host are told of a proxy, lower case before upper case as most of them read it.
 * A service manager may not hand on what stands in a file, so the files speak where the process has no such variable.
 */
final class ProxyVariables {
    private static final List<String> NAMES = List.of("http_proxy", "https_proxy", "all_proxy", "no_proxy");
    private static final String FOUND_BY = "environment";

    private final List<ProxySetting> facts = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param sources name of the source to its variables, the first that has one counts */
    ProxyVariables(Map<String, Map<String, String>> sources) {
        sources.forEach((source, variables) -> {
            for (String name : NAMES) {
                for (String cased : List.of(name, name.toUpperCase(Locale.ROOT))) {
                    String value = variables.getOrDefault(cased, "");
                    if (!value.isBlank()) {
                        facts.add(new ProxySetting(source, cased, ProxyAddress.scrubbed(value)));
                        values.putIfAbsent(name, value);
                    }
                }
            }
        });
    }

    List<ProxySetting> facts() {
        return List.copyOf(facts);
    }

    /** @param plainHttp false for everything that needs a tunnel */
    ProxyRoute routeTo(boolean plainHttp, String host, int port) {
        String own = values.getOrDefault(plainHttp ? "http_proxy" : "https_proxy", "");
        String setting = own.isEmpty() ? values.getOrDefault("all_proxy", "") : own;
        if (setting.isEmpty()) {
            return ProxyRoute.UNDECIDED;
        }
        if (isExempt(host, port)) {
            return ProxyRoute.DIRECT;
        }
        return ProxyAddress.of(setting, FOUND_BY, Optional.empty())
                .map(ProxyRoute::through)
                .orElse(ProxyRoute.UNDECIDED);
    }

    private boolean isExempt(String host, int port) {
        String asked = host.toLowerCase(Locale.ROOT);
        for (String entry :
                values.getOrDefault("no_proxy", "").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            String name = entry.replaceFirst("^\\*?\\.", "");
            String suffix = ":" + port;
            if (name.endsWith(suffix)) {
                name = name.substring(0, name.length() - suffix.length());
            }
            if (name.equals("*") || (!name.isEmpty() && (asked.equals(name) || asked.endsWith("." + name)))) {
                return true;
            }
        }
        return false;
    }
}
