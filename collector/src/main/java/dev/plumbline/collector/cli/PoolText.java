package dev.plumbline.collector.cli;

import dev.plumbline.v1.PoolCoverage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much of a pool was proved, for people. Pure. */
final class PoolText {
    private static final int NAMED = 12;

    private PoolText() {}

    /** Such as {@code courier:5223 37/50}. */
    static String shortly(PoolCoverage pool) {
        return pool.getTargetId() + " " + pool.getNamesProvedCount() + "/" + pool.getNames();
    }

    static String whole(PoolCoverage pool) {
        return pool.getNamesProvedCount() + " of " + pool.getNames() + " names and " + pool.getAddressesProvedCount()
                + " of " + pool.getAddressesCount() + " addresses proved in "
                + Duration.ofSeconds(pool.getWindowSeconds()).toHours() + " h, " + pool.getAddressesConnectedCount()
                + " connected" + unconnected(pool);
    }

    private static String unconnected(PoolCoverage pool) {
        List<String> missing = new ArrayList<>(pool.getAddressesList());
        missing.removeAll(pool.getAddressesConnectedList());
        if (missing.isEmpty()) {
            return "";
        }
        return "; not connected " + String.join(" ", missing.subList(0, Math.min(NAMED, missing.size())))
                + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "");
    }
}
