package dev.plumbline.agent.spool;

/**
 * Time that counts for the age of what waits: it follows the host's clock, but never runs backwards and never leaps by more
 * than a day. A clock that is set wrong for an hour must not age everything by years. Milliseconds, pure.
 *
 * @param millis counted since the spool was begun
 * @param wall what the host's clock said then
 */
record SpoolTime(long millis, long wall) {
    private static final long MOST_STEP = 24L * 60 * 60 * 1000;

    SpoolTime at(long nowMillis) {
        long step = Math.max(0, Math.min(MOST_STEP, nowMillis - wall));
        return new SpoolTime(millis + step, nowMillis);
    }
}
