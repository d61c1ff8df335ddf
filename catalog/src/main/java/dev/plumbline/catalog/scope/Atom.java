package dev.plumbline.catalog.scope;

import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** One atom of a {@link Scope}: a subject and restrictions, every one of which must match. Known by its text. */
public final class Atom implements Comparable<Atom> {
    private final List<String> parts;
    private final List<Predicate<Point>> tests;
    private final String text;

    /** The parts are the subject, then restrictions in any order. */
    Atom(List<String> parts) {
        List<String> ordered = new ArrayList<>(parts);
        // Of a block the hexadecimal digits may be written either way; nothing else may.
        ordered.replaceAll(part ->
                part.indexOf(':') >= 0 && part.indexOf('/') > part.indexOf(':') ? part.toLowerCase(Locale.ROOT) : part);
        if (ordered.size() > 1) {
            ordered.subList(1, ordered.size())
                    .sort(Comparator.comparing(Atom::isException).thenComparing(Comparator.naturalOrder()));
        }
        this.parts = List.copyOf(ordered);
        for (int i = 0; i < ordered.size(); i++) {
            check(ordered.get(i), i == 0);
        }
        this.tests = this.parts.stream().map(Atom::test).toList();
        this.text = String.join("@", this.parts);
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

    /** The same, restricted further: {@code ipv4}, {@code ipv6}, {@code apple}, a CIDR block or {@code name:SUFFIX}. */
    public Atom at(String restriction) {
        List<String> more = new ArrayList<>(parts);
        more.add(restriction);
        return new Atom(more);
    }

    public boolean matches(Point point) {
        for (Predicate<Point> test : tests) {
            if (!test.test(point)) {
                return false;
            }
        }
        return true;
    }

    /** The same but for something: {@code ipv4}, {@code ipv6}, {@code apple}, a CIDR block or {@code name:SUFFIX}. */
    public Atom except(String restriction) {
        return at("!" + restriction);
    }

    private static boolean isException(String part) {
        return part.startsWith("!");
    }

    /** Speaks of names, whatever else. */
    public boolean isNamed() {
        return parts.stream().anyMatch(p -> p.startsWith("name:"));
    }

    private static Predicate<Point> test(String part) {
        if (isException(part)) {
            return test(part.substring(1)).negate();
        }
        if (part.equals("all")) {
            return point -> true;
        }
        if (part.startsWith("tcp/") || part.startsWith("udp/")) {
            int port = Integer.parseInt(part.substring(4));
            Transport transport = part.startsWith("tcp") ? Transport.TCP : Transport.UDP;
            return point -> point.port() == port && point.transport().equals(transport);
        }
        if (part.startsWith("name:")) {
            String suffix = part.substring("name:".length());
            String below = "." + suffix;
            return point -> point.names().stream().anyMatch(n -> n.equals(suffix) || n.endsWith(below));
        }
        return switch (part) {
            case "ipv4" ->
                point -> point.address().filter(a -> a.indexOf(':') < 0).isPresent();
            case "ipv6" ->
                point -> point.address().filter(a -> a.indexOf(':') >= 0).isPresent();
            case "apple" -> point -> point.address().filter(Block::isApple).isPresent();
            default -> {
                Block block = Block.parse(part);
                yield point -> point.address().filter(block::contains).isPresent();
            }
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
                        + " name:apple.com, each optionally with @ipv4, @ipv6, @apple, @17.0.0.0/8 or @name:apple.com,"
                        + " and with @! before what is excepted");
            }
        } else if (isException(part) && !isException(part.substring(1))) {
            check(part.substring(1), false);
        } else if (!part.equals("apple")) {
            Block.parse(part);
        }
    }

    @Override
    public int compareTo(Atom other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Atom that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
