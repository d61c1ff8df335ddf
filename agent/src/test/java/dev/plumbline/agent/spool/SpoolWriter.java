package dev.plumbline.agent.spool;

import dev.plumbline.words.Evidence;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that writes one batch after the other and says how each went: {@code written SEQUENCE} once the spool said so,
 * {@code unwritten COUNT} when it is not kept. It hears {@code fill}, {@code free} and {@code end}.
 */
final class SpoolWriter {
    private SpoolWriter() {}

    /** @param arguments the spool's folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Random random = new Random(1);
        AtomicBoolean ended = new AtomicBoolean();
        SqliteSpool spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Duration.ofMillis(1), Clock.systemUTC());
        spool.listen(() -> say("written " + spool.newestPending()));
        Thread ear = new Thread(() -> hear(folder, ended), "ear");
        ear.setDaemon(true);
        ear.start();
        say("open " + spool.newestPending());
        long settled = settled(spool);
        while (!ended.get()) {
            byte[] content = new byte[2_000];
            random.nextBytes(content);
            spool.append("p" + settled, Facts.observation((int) settled), List.of(Evidence.x509(content)));
            long unwritten = spool.counts().unwritten();
            settled++;
            while (settled(spool) < settled) {
                Thread.sleep(1);
            }
            if (spool.counts().unwritten() > unwritten) {
                say("unwritten " + spool.counts().unwritten());
                Thread.sleep(5);
            }
        }
        spool.close();
        say("closed");
    }

    private static long settled(SqliteSpool spool) {
        SpoolCounts counts = spool.counts();
        return counts.spooled() + counts.unwritten() + counts.lost();
    }

    private static void hear(Path folder, AtomicBoolean ended) {
        Path ballast = folder.resolve("ballast");
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String order = orders.readLine();
            while (order != null && !order.equals("end")) {
                if (order.equals("fill")) {
                    fill(ballast);
                } else {
                    Files.deleteIfExists(ballast);
                }
                order = orders.readLine();
            }
        } catch (java.io.IOException e) {
            say("problem " + e);
        }
        ended.set(true);
    }

    /** Takes what the disk has left. */
    private static void fill(Path ballast) {
        for (int size = 1 << 16; size > 0; size /= 16) {
            try (OutputStream out = Files.newOutputStream(
                    ballast, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
                for (int i = 0; i < 100_000; i++) {
                    out.write(new byte[size]);
                }
            } catch (java.io.IOException full) {
                say("filled " + size);
            }
        }
    }

    private static void say(String line) {
        synchronized (SpoolWriter.class) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
