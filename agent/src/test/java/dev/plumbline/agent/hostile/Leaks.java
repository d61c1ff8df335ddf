package dev.plumbline.agent.hostile;

import io.netty.buffer.ByteBufAllocator;

/** Makes Netty's leak detector speak: it learns of lost buffers when memory is collected, and tells at the next allocation. */
public final class Leaks {
    private static final int ROUNDS = 4;
    private static final int BUFFERS = 64;

    private Leaks() {}

    public static void report() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            // The collector hands over what it found on a thread of its own.
            Thread.sleep(50);
            for (int i = 0; i < BUFFERS; i++) {
                ByteBufAllocator.DEFAULT.heapBuffer(16).release();
                ByteBufAllocator.DEFAULT.directBuffer(16).release();
            }
        }
    }
}
