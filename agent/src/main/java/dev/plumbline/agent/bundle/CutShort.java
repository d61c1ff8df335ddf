package dev.plumbline.agent.bundle;

import java.util.concurrent.atomic.AtomicBoolean;

/** Does something when the program is ended by hand before it is done; at most once, and not at all once it is closed. */
public final class CutShort implements AutoCloseable {
    private final AtomicBoolean settled = new AtomicBoolean();
    private final Runnable ending;
    private final Thread hook = new Thread(this::end, "cut-short");

    private CutShort(Runnable ending) {
        this.ending = ending;
    }

    /** @param ending called on a thread of its own while the program ends; it must be quick */
    public static CutShort by(Runnable ending) {
        CutShort cutShort = new CutShort(ending);
        Runtime.getRuntime().addShutdownHook(cutShort.hook);
        return cutShort;
    }

    private void end() {
        if (settled.compareAndSet(false, true)) {
            ending.run();
        }
    }

    /** From here on the ending is not due any more. */
    @Override
    public void close() {
        settled.set(true);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The program ends already; the hook has run, or finds that there is nothing to do.
            return;
        }
    }
}
