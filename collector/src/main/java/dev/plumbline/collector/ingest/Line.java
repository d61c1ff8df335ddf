package dev.plumbline.collector.ingest;

/** The connection to a peer, as far as it can be handled from outside. Any thread. */
interface Line {
    /** Ends it now, whatever its peer still has to read. */
    void cut();

    /** Reads nothing more from it: what the peer sends fills the network's own buffers, and then waits with the peer. */
    default void pause() {}

    /** Reads on. */
    default void resume() {}

    /** Sees whether what was sent got any further since the look before. */
    default void look() {}

    /** For how many nanoseconds nothing that was sent got any further, as far as was looked. */
    default long standsFor(long nowNanos) {
        return Long.MAX_VALUE;
    }
}
