package dev.plumbline.deploy.campus;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A name the fake Internet is to answer for.
 *
 * @param name DNS name; {@code {n}} in it stands for each of 1..50
 * @param port 1-65535
 */
public record HostEntry(String name, int port, HostKind kind) {
    private static final int POOL = 50;

    public HostEntry {
        name = name.toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9{][a-z0-9.{}-]*")) {
            throw new IllegalArgumentException("'" + name + "' is no host name; a wildcard needs a representative");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(name + ": port " + port + " is not between 1 and 65535");
        }
    }

    /** The names this entry stands for: one, or the members of the pool. */
    List<String> names() {
        if (!name.contains("{n}")) {
            return List.of(name);
        }
        return IntStream.rangeClosed(1, POOL)
                .mapToObj(n -> name.replace("{n}", Integer.toString(n)))
                .toList();
    }
}
