package dev.plumbline.catalog.scope;

import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One atom of a {@link Scope}: every part must match.
 *
 * @param parts first the subject, then the restrictions in order of text
 */
public record Atom(List<String> parts) implements Comparable<Atom> {
    public Atom {
        List<String> ordered = new ArrayList<>(parts);
        if (ordered.size() > 1) {
            ordered.subList(1, ordered.size()).sort(null);
        }
        parts = List.copyOf(ordered);
        for (int i = 0; i < parts.size(); i++) {
            check(parts.get(i), i == 0);
        }
    }

    static Atom parse(String text) {
        return new Atom(Arrays.asList(text.trim().split("@", -1)));
    }

    public static Atom all() {
        return new Atom(List.of("all"));
    }

    public static Atom port(Transport transport, int port) {
        return new Atom(List.of(transport.word() + "/" + port));
    }

    public static Atom name(String suffix) {
        return new Atom(List.of("name:" + suffix));
    }

    public static Atom family(boolean ipv6) {
        return new Atom(List.of(ipv6 ? "ipv6" : "ipv4"));
    }

    /** The same, restricted further: {@code ipv4}, {@code ipv6}, {@code apple}, a CIDR block or {@code name:SUFFIX}. */
    public Atom at(String restriction) {
        List<String> more = new ArrayList<>(parts);
        more.add(restriction);
        return new Atom(more);
    }

    public boolean matches(Point point) {
        return parts.stream().allMatch(p -> matches(p, point));
    }

    private static boolean matches(String part, Point point) {
        if (part.equals("all")) {
            return true;
        }
        if (part.startsWith("tcp/") || part.startsWith("udp/")) {
            return part.equals(point.transport().word() + "/" + point.port());
        }
        if (part.startsWith("name:")) {
            String suffix = part.substring("name:".length());
            return point.names().stream().anyMatch(n -> n.equals(suffix) || n.endsWith("." + suffix));
        }
        if (point.address().isEmpty()) {
            return false;
        }
        String address = point.address().get();
        return switch (part) {
            case "ipv4" -> address.indexOf(':') < 0;
            case "ipv6" -> address.indexOf(':') >= 0;
            case "apple" -> Block.isApple(address);
            default -> Block.parse(part).contains(address);
        };
    }

    private static void check(String part, boolean subject) {
        boolean name = part.startsWith("name:") && part.substring(5).matches("[a-z0-9_]([a-z0-9._-]*[a-z0-9])?");
        boolean family = part.equals("ipv4") || part.equals("ipv6");
        if (name || family) {
            return;
        }
        if (subject) {
            if (!part.equals("all") && !part.matches("(tcp|udp)/[1-9][0-9]{0,4}")) {
                throw new IllegalArgumentException("'" + part + "' is no scope: write all, tcp/5223, udp/123 or"
                        + " name:apple.com, each optionally with @ipv4, @ipv6, @apple, @17.0.0.0/8 or @name:apple.com");
            }
        } else if (!part.equals("apple")) {
            Block.parse(part);
        }
    }

    @Override
    public int compareTo(Atom other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return String.join("@", parts).toLowerCase(Locale.ROOT);
    }
}
