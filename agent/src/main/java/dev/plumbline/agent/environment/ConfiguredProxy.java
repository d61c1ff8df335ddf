package dev.plumbline.agent.environment;

import dev.plumbline.agent.probe.ProxyChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * A proxy that somebody who runs the agent names. Its password is for it alone: one that the network announces could be
 * anybody's.
 */
public final class ConfiguredProxy {
    private static final String FOUND_BY = "configuration";

    private ConfiguredProxy() {}

    /**
     * @param address host and port
     * @throws IllegalArgumentException saying what would be right
     */
    public static ProxyChoice of(String address, Optional<String> authorization) {
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

    /**
     * The value of Proxy-Authorization (RFC 7617 §2) from a file of one line, {@code user:password}.
     *
     * @throws IllegalArgumentException saying what is wrong with the file, never what is in it
     */
    public static String authorization(Path file) {
        String line;
        try {
            line = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
        if (line.indexOf(':') <= 0 || line.lines().count() != 1) {
            throw new IllegalArgumentException(file + " must hold one line, user:password");
        }
        return "Basic " + Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8));
    }
}
