package dev.plumbline.agent;

import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.config.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The proxy of the agent's configuration. Its password is for it alone: one that the network announces could be anybody's.
 */
final class ProxyConfig {
    private static final String FOUND_BY = "configuration";

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
        return section.value("address", address -> Optional.of(choice(address, authorization)), Optional.empty());
    }

    private static ProxyChoice choice(String address, Optional<String> authorization) {
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
        if (host.isEmpty()
                || !port.matches("[0-9]{1,5}")
                || Integer.parseInt(port) < 1
                || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(
                    "'" + address + "' is no proxy; give host and port, such as proxy.campus.example:3128");
        }
        return new ProxyChoice(host, Integer.parseInt(port), FOUND_BY, authorization);
    }

    private static Optional<String> authorization(Section section, Path file) {
        try {
            String line = Files.readString(file).strip();
            if (line.indexOf(':') > 0 && line.lines().count() == 1) {
                return Optional.of(
                        "Basic " + Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)));
            }
            section.problem("credentials", file + " must hold one line, user:password");
        } catch (IOException e) {
            section.problem(
                    "credentials", file + " cannot be read: " + e.getClass().getSimpleName());
        }
        return Optional.empty();
    }
}
