package dev.plumbline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives one parser wrong input and holds it to what it declares: no other exception, a bounded time and a bounded memory for each
 * input. A few thousand inputs of a fixed seed in a usual build, or as many as a few seconds take; with {@code -Pfuzz} a minute of
 * a new one, which {@code -Dfuzz.seed=N} sets again; with {@code -Pjazzer} Jazzer makes the inputs, and follows what they reach.
 */
public final class Fuzz {
    private static final int USUAL_INPUTS = 2_000;
    private static final int USUAL_SECONDS = 5;
    private static final long USUAL_SEED = 1;
    private static final long HANG_SECONDS = 120;
    private static final int SHOWN_BYTES = 2048;

    private final Trial trial;
    private final long seed;
    private final Mutations mutations;
    private long count;
    private volatile byte[] input = {};

    private Fuzz(Trial trial, long seed) {
        this.trial = trial;
        this.seed = seed;
        this.mutations = new Mutations(new Random(seed ^ trial.name().hashCode()), trial.samples());
    }

    /** What is given the input; its result is not looked at, the parser's own tests do that. */
    @FunctionalInterface
    public interface Parser {
        void read(byte[] input) throws Exception;
    }

    /** A parser that gives a value for whatever it reads. */
    public static void total(String name, List<byte[]> samples, Parser parser) {
        run(new Trial(name, samples, parser, Set.of()));
    }

    /** A parser that refuses wrong input by exceptions of these kinds. */
    @SafeVarargs
    public static void refusing(
            String name, List<byte[]> samples, Parser parser, Class<? extends Exception>... declared) {
        run(new Trial(name, samples, parser, Set.of(declared)));
    }

    /** Samples that are text. */
    public static List<byte[]> texts(String... texts) {
        return List.of(texts).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static int seconds() {
        return Integer.getInteger("plumbline.fuzz.seconds", 0);
    }

    private static long seed() {
        String given = System.getProperty("plumbline.fuzz.seed", "");
        return !given.isEmpty() ? Long.parseLong(given) : seconds() > 0 ? System.nanoTime() : USUAL_SEED;
    }

    private static void run(Trial trial) {
        if (JazzerTarget.isHere()) {
            JazzerTarget.take(trial);
        } else if (System.getProperty("plumbline.fuzz.engine", "").equals("jazzer")) {
            new JazzerProcess(trial).run(Math.max(1, seconds()), seed());
        } else {
            new Fuzz(trial, seed()).run();
        }
    }

    private void run() {
        System.out.println("fuzz " + trial.name() + ", seed " + seed);
        Throwable[] found = new Throwable[1];
        CountDownLatch ended = new CountDownLatch(1);
        Thread reader = new Thread(
                () -> {
                    try {
                        all();
                    } catch (Throwable thrown) {
                        found[0] = thrown;
                    } finally {
                        ended.countDown();
                    }
                },
                "fuzz");
        reader.setDaemon(true);
        reader.start();
        try {
            await(ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (found[0] != null) {
            throw new AssertionError(where() + ": " + found[0], found[0]);
        }
        System.out.println("fuzz " + trial.name() + ", " + count + " inputs");
    }

    /** One input that takes minutes is a hang, however busy the machine is. */
    private void await(CountDownLatch ended) throws InterruptedException {
        byte[] last = input;
        while (!ended.await(HANG_SECONDS, TimeUnit.SECONDS)) {
            if (input == last) {
                throw new AssertionError(where() + ": does not end");
            }
            last = input;
        }
    }

    private void all() throws Exception {
        boolean usual = seconds() == 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(usual ? USUAL_SECONDS : seconds());
        while (System.nanoTime() - end < 0 && (!usual || count < USUAL_INPUTS)) {
            input = mutations.next();
            count++;
            trial.one(input);
        }
    }

    private String where() {
        String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN_BYTES));
        return trial.name() + ", seed " + seed + ", input " + count + " of " + input.length + " bytes: " + hex;
    }
}
