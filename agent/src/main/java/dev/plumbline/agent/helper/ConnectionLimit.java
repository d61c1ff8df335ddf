package dev.plumbline.agent.helper;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many connections there are, in all and from one address. For one thread. */
final class ConnectionLimit {
    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> present = new HashMap<>();
    private int all;

    ConnectionLimit(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** False when there is no room; else call {@link #leave} once. */
    boolean enter(InetAddress guest) {
        int before = present.getOrDefault(guest, 0);
        if (all >= most || before >= mostOfOne) {
            return false;
        }
        all++;
        present.put(guest, before + 1);
        return true;
    }

    void leave(InetAddress guest) {
        int left = present.getOrDefault(guest, 0) - 1;
        if (left < 0) {
            throw new IllegalStateException(guest + " leaves without having entered");
        }
        all--;
        if (left == 0) {
            present.remove(guest);
        } else {
            present.put(guest, left);
        }
    }
}
