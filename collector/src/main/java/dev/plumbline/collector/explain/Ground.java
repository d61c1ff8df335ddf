package dev.plumbline.collector.explain;

/**
 * One question: which points of a terrain fail, pass and merely stand by. What failed and passed cannot be told from itself
 * by any words, so that it counts as passing.
 */
record Ground(Terrain terrain, Points failing, Points passing, Points bystanding) {
    Ground {
        failing = failing.without(passing);
    }

    /** The same question of fewer failing points. */
    Ground of(Points some) {
        return new Ground(terrain, some, passing, bystanding);
    }

    boolean fails(Points points) {
        return points.meets(failing);
    }

    boolean passes(Points points) {
        return points.meets(passing);
    }

    /** Those that fail. */
    Points failing(Points points) {
        return points.and(failing);
    }

    /** Those that pass. */
    Points passing(Points points) {
        return points.and(passing);
    }

    boolean meetsBystanders(Points points) {
        return points.meets(bystanding);
    }
}
