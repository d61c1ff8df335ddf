package dev.plumbline.deploy.proof;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens when somebody ends the proof by SIGINT, SIGTERM or SIGHUP while rows are tried: its programs are killed, whoever tries the
 * row is interrupted and takes the folder away, and only then the process ends. After kill -9 nobody can do that.
 */
final class Interruption {
    private static final int PATIENCE_SECONDS = 20;

    private final Thread trying;
    private final CountDownLatch over = new CountDownLatch(1);

    // Guarded by this.
    private boolean asked;
    private @Nullable Ground ground;

    private Interruption(Thread trying) {
        this.trying = trying;
    }

    /** @param trying the thread that tries the rows */
    static Interruption of(Thread trying) {
        Interruption interruption = new Interruption(trying);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::happen, "end"));
        return interruption;
    }

    /**
     * From now on this is ended.
     *
     * @throws InterruptedException when the end was asked for before
     */
    synchronized void guard(Ground made) throws InterruptedException {
        if (asked) {
            throw new InterruptedException();
        }
        ground = made;
    }

    /** All is ended and taken away. */
    void over() {
        over.countDown();
    }

    /** In the process's last moments, whoever asked for them; nothing is to do after {@link #over}. */
    private void happen() {
        Ground guarded = ask();
        if (over.getCount() == 0) {
            return;
        }
        if (guarded != null) {
            guarded.endPrograms();
        }
        trying.interrupt();
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && guarded != null) {
                guarded.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Ground ask() {
        asked = true;
        return ground;
    }
}
