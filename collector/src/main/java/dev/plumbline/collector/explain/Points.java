package dev.plumbline.collector.explain;

import java.util.Arrays;

/** A set of points by their numbers, which also counts what two sets share. It grows while it is being filled; then it is shared. */
final class Points {
    private final long[] words;

    Points(int size) {
        this(new long[(size + 63) / 64]);
    }

    private Points(long[] words) {
        this.words = words;
    }

    /** All numbers from the first up to before the second. */
    static Points between(int from, int to) {
        Points all = new Points(to);
        for (int i = from; i < to; i++) {
            all.add(i);
        }
        return all;
    }

    /** Every number in it is less. */
    int room() {
        return words.length * 64;
    }

    void add(int point) {
        words[point / 64] |= 1L << point;
    }

    /** @param others numbers for which there is room here */
    void addAll(Points others) {
        for (int i = 0; i < others.words.length; i++) {
            words[i] |= others.words[i];
        }
    }

    boolean has(int point) {
        return point / 64 < words.length && (words[point / 64] >> point & 1) != 0;
    }

    /** The first at or after a number; negative when there is none. */
    int next(int from) {
        int i = from / 64;
        if (i >= words.length) {
            return -1;
        }
        long word = words[i] & -1L << from;
        while (word == 0) {
            if (++i == words.length) {
                return -1;
            }
            word = words[i];
        }
        return i * 64 + Long.numberOfTrailingZeros(word);
    }

    Points and(Points other) {
        long[] both = Arrays.copyOf(words, Math.min(words.length, other.words.length));
        for (int i = 0; i < both.length; i++) {
            both[i] &= other.words[i];
        }
        return new Points(both);
    }

    Points without(Points other) {
        long[] rest = words.clone();
        for (int i = Math.min(rest.length, other.words.length) - 1; i >= 0; i--) {
            rest[i] &= ~other.words[i];
        }
        return new Points(rest);
    }

    Points with(Points other) {
        Points all = new Points(Arrays.copyOf(words, Math.max(words.length, other.words.length)));
        all.addAll(other);
        return all;
    }

    boolean meets(Points other) {
        for (int i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
            if ((words[i] & other.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the other has nothing that is not here. */
    boolean holds(Points other) {
        for (int i = 0; i < other.words.length; i++) {
            if ((other.words[i] & ~(i < words.length ? words[i] : 0)) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** How many the other has, too. */
    int countIn(Points other) {
        int count = 0;
        for (int i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
            count += Long.bitCount(words[i] & other.words[i]);
        }
        return count;
    }

    /** By numbers, and by the room that there is for them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Points that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
