package dev.plumbline.fuzz;

import com.sun.management.ThreadMXBean;
import dev.plumbline.fuzz.Fuzz.Parser;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One parser and what it is held to, whoever makes the inputs: no exception but those that it declares, and a bounded time and a
 * bounded memory for each input.
 *
 * @param samples right input, of which wrong is made
 */
record Trial(String name, List<byte[]> samples, Parser parser, Set<Class<? extends Exception>> declared) {
    private static final long MOST_CPU_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MOST_ALLOCATED = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Gives it one input.
     *
     * @throws AssertionError when it broke a bound, or when what it read is not as its test says
     * @throws Exception what it threw and has not declared
     */
    void one(byte[] input) throws Exception {
        Optional<String> broken = excess(input);
        if (broken.isPresent()) {
            throw new AssertionError(broken.get());
        }
    }

    /** The same where classes are changed while they are loaded: an input that costs too much the second time, too, is one. */
    void oneOrAgain(byte[] input) throws Exception {
        if (excess(input).isPresent()) {
            one(input);
        }
    }

    private Optional<String> excess(byte[] input) throws Exception {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        read(input);
        long tookNanos = THREADS.getCurrentThreadCpuTime() - cpu;
        long tookBytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (tookNanos > MOST_CPU_NANOS) {
            return Optional.of("took " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms of processor time");
        }
        return tookBytes > MOST_ALLOCATED ? Optional.of("allocated " + (tookBytes >> 20) + " MiB") : Optional.empty();
    }

    /** The samples, without the bounds: the first input of all loads classes, which costs more than it does. */
    void warmUp() throws Exception {
        for (byte[] sample : samples) {
            read(sample);
        }
    }

    private void read(byte[] input) throws Exception {
        try {
            parser.read(input.clone());
        } catch (Exception e) {
            if (declared.stream().noneMatch(kind -> kind.isInstance(e))) {
                throw e;
            }
        }
    }
}
