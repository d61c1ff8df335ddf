package dev.plumbline.deploy.bench.month;

/** Numbers that look drawn by lot and are a function of what they are drawn for. */
final class Draw {
    private Draw() {}

    static long mix(long... parts) {
        long mixed = 0x9e3779b97f4a7c15L;
        for (long part : parts) {
            mixed = (mixed ^ part) * 0xff51afd7ed558ccdL;
            mixed ^= mixed >>> 33;
        }
        return mixed;
    }

    /** From 0 to below a bound. */
    static int below(int bound, long... parts) {
        return (int) Math.floorMod(mix(parts), (long) bound);
    }
}
