package dev.plumbline.words;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Transport protocol of an attempt, as printed in scopes and 5-tuples. An open set: one that a newer agent names keeps its
 * number.
 *
 * @param number number on the wire (proto {@code Transport}), at least 1
 */
public record Transport(int number) implements Comparable<Transport> {
    public static final Transport TCP = new Transport(1);
    public static final Transport UDP = new Transport(2);

    private static final Pattern OTHER = Pattern.compile("transport-(\\d{1,10})");

    public Transport {
        if (number == 0) {
            throw new IllegalArgumentException("a transport has a number: TCP is 1, UDP is 2");
        }
    }

    /**
     * The transport of this {@link #word()}.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static Transport ofWord(String word) {
        Matcher other = OTHER.matcher(word);
        if (other.matches()) {
            return new Transport(Integer.parseUnsignedInt(other.group(1)));
        }
        return switch (word) {
            case "tcp" -> TCP;
            case "udp" -> UDP;
            default -> throw new IllegalArgumentException("'" + word + "' is none of tcp, udp");
        };
    }

    /** Lower-case name as used in scopes ({@code tcp/5223}). */
    public String word() {
        return switch (number) {
            case 1 -> "tcp";
            case 2 -> "udp";
            default -> "transport-" + Integer.toUnsignedString(number);
        };
    }

    @Override
    public int compareTo(Transport other) {
        return Integer.compareUnsigned(number, other.number);
    }

    /** The {@link #word()}. */
    @Override
    public String toString() {
        return word();
    }
}
