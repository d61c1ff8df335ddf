package dev.plumbline.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes wrong input of right: flipped bits, cuts, repetitions, splices, and numbers where lengths may stand. */
final class Mutations {
    /** What lengths and counts are wrong by. */
    private static final int[] EDGES = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, -1};

    private static final int MOST_STEPS = 6;
    private static final int MOST_BYTES = 1 << 17;

    private final Random random;
    private final List<byte[]> samples;

    Mutations(Random random, List<byte[]> samples) {
        this.random = random;
        this.samples = samples;
    }

    byte[] next() {
        byte[] bytes = sample();
        int steps = random.nextInt(MOST_STEPS);
        for (int step = 0; step < steps; step++) {
            bytes = step(bytes);
        }
        return bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
    }

    private byte[] sample() {
        return samples.get(random.nextInt(samples.size())).clone();
    }

    private byte[] step(byte[] bytes) {
        if (bytes.length == 0) {
            return sample();
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, at);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> Arrays.copyOfRange(bytes, at, bytes.length);
            case 3 -> spliced(bytes, at, bytes, at);
            case 4 -> spliced(bytes, at, sample(), -1);
            case 5 -> number(bytes, at);
            case 6 -> repeated(bytes, at);
            default -> noise(bytes, at);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /** The beginning of one and the end of the other, from a place of its own when none is given. */
    private byte[] spliced(byte[] first, int end, byte[] second, int from) {
        int start = from < 0 ? random.nextInt(second.length + 1) : Math.max(0, from - random.nextInt(from + 1));
        byte[] all = Arrays.copyOf(first, end + second.length - start);
        System.arraycopy(second, start, all, end, second.length - start);
        return all;
    }

    /** One of the edges, in one, two or four bytes, either end first. */
    private byte[] number(byte[] bytes, int at) {
        int edge = EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1;
        int width = 1 << random.nextInt(3);
        boolean littleEnd = random.nextInt(4) == 0;
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (edge >> (8 * (littleEnd ? i : width - 1 - i)));
        }
        return bytes;
    }

    /** A piece again and again. */
    private byte[] repeated(byte[] bytes, int at) {
        int length = 1 + random.nextInt(Math.min(32, bytes.length - at));
        int times = 1 << random.nextInt(12);
        byte[] all = Arrays.copyOf(bytes, bytes.length + length * times);
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, at, all, at + i * length, length);
        }
        System.arraycopy(bytes, at, all, at + times * length, bytes.length - at);
        return all;
    }

    private byte[] noise(byte[] bytes, int at) {
        for (int i = at; i < bytes.length && i < at + 1 + random.nextInt(8); i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
