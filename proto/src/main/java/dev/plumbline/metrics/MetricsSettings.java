package dev.plumbline.metrics;

import dev.plumbline.config.Section;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a program shows its metrics.
 *
 * @param listen plain HTTP
 * @param token a file with the word that whoever asks must know; only on loopback may it be left out
 */
public record MetricsSettings(InetSocketAddress listen, Optional<Path> token) {
    private static final String KEY = "metrics";

    public MetricsSettings {
        if (token.isEmpty() && !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("metrics at " + listen + " need a token");
        }
    }

    /**
     * The section {@code metrics} of a configuration; empty where there is none.
     *
     * @param standardPort of loopback, where the section names no other
     */
    public static Optional<MetricsSettings> read(Section root, int standardPort) {
        if (!root.has(KEY)) {
            return Optional.empty();
        }
        Section section = root.section(KEY);
        InetSocketAddress standard = new InetSocketAddress(InetAddress.getLoopbackAddress(), standardPort);
        InetSocketAddress listen = section.valueOr("listen", MetricsSettings::address, standard);
        Optional<Path> token = section.has("token") ? Optional.of(section.path("token")) : Optional.empty();
        if (token.isEmpty() && !listen.getAddress().isLoopbackAddress()) {
            section.problem(
                    "token",
                    "is missing, and " + section.text("listen")
                            + " is not on loopback: whoever reaches it would read which"
                            + " segments break the rule, and which version this is; name a file with a token, which Prometheus"
                            + " sends by authorization.credentials_file, or listen on 127.0.0.1");
            listen = standard;
        }
        return Optional.of(new MetricsSettings(listen, token));
    }

    /** A literal, since a listener has no business with DNS. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        String port = text.substring(colon + 1);
        boolean isShaped = host.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|localhost")
                && port.matches("\\d{1,5}")
                && Integer.parseInt(port) <= 65535;
        InetSocketAddress address = isShaped ? new InetSocketAddress(host, Integer.parseInt(port)) : null;
        if (address == null || address.isUnresolved()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address to listen on; write ADDRESS:PORT such as 127.0.0.1:9464 or [::1]:9464");
        }
        return address;
    }
}
