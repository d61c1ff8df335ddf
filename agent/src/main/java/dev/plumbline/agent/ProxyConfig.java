package dev.plumbline.agent;

import dev.plumbline.agent.environment.ConfiguredProxy;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.config.Section;
import java.nio.file.Path;
import java.util.Optional;

/** The section {@code proxy} of the agent's configuration. */
final class ProxyConfig {
    private ProxyConfig() {}

    static Optional<ProxyChoice> read(Section section) {
        if (!section.has("address")) {
            if (section.has("credentials")) {
                section.problem("credentials", "needs the address of the proxy that they are for");
                section.path("credentials");
            }
            return Optional.empty();
        }
        Optional<String> authorization =
                section.has("credentials") ? authorization(section, section.path("credentials")) : Optional.empty();
        return section.value(
                "address", address -> Optional.of(ConfiguredProxy.of(address, authorization)), Optional.empty());
    }

    private static Optional<String> authorization(Section section, Path file) {
        try {
            return Optional.of(ConfiguredProxy.authorization(file));
        } catch (IllegalArgumentException e) {
            section.problem("credentials", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
