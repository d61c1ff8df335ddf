package dev.plumbline.agent.helper;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** So many a second, in all and for one address; the map is no longer than what passes in a second. For one thread. */
final class Rate {
    private static final long SECOND = 1_000_000_000L;

    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> passed = new HashMap<>();
    private long second = Long.MIN_VALUE;
    private int all;

    Rate(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    boolean passes(InetAddress guest, long nanos) {
        long now = Math.floorDiv(nanos, SECOND);
        if (now != second) {
            second = now;
            all = 0;
            passed.clear();
        }
        int before = passed.getOrDefault(guest, 0);
        if (all >= most || before >= mostOfOne) {
            return false;
        }
        all++;
        passed.put(guest, before + 1);
        return true;
    }
}
