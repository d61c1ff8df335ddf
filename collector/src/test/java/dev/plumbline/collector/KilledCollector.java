package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.WIFI_A;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A process that journals and judges until it is killed, and says each sequence that was acknowledged. */
final class KilledCollector {
    /** Appended and not acknowledged yet, so that every kill meets some. */
    private static final int IN_FLIGHT = 16;

    private KilledCollector() {}

    /** @param arguments the data folder and the number of this run */
    public static void main(String[] arguments) throws Exception {
        UUID incarnation = new UUID(0, Long.parseLong(arguments[1]));
        Deque<CompletableFuture<?>> waiting = new ArrayDeque<>();
        try (JudgedFolder folder =
                new JudgedFolder(Path.of(arguments[0]), evidence -> new UnfitJudge(), Samples.BASIS)) {
            long first = JudgedFolder.TIMING.demandAt(Instant.now());
            for (long sequence = 1; sequence < 100_000; sequence++) {
                // Every fifth record is late: of a round that is closed, or was before a kill.
                long round = first + (sequence % 5 == 0 ? sequence - 3 : sequence);
                long acknowledged = sequence;
                waiting.add(folder.append(WIFI_A, incarnation, sequence, round, sequence % 3 == 0 ? "dropped" : "")
                        .thenAccept(position -> say(acknowledged)));
                if (waiting.size() > IN_FLIGHT) {
                    waiting.remove().join();
                }
            }
        }
    }

    /** Whole lines, past every buffer. */
    private static void say(long sequence) {
        byte[] line = (sequence + "\n").getBytes(StandardCharsets.US_ASCII);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }
}
