package dev.plumbline.agent.probe;

/** Which rounds measure what, for tests of other packages. */
public final class HealthyRounds {
    private HealthyRounds() {}

    public static boolean measureCourier(long round) {
        return HealthyWatch.measured(round, false).contains(HealthyWatch.Kind.COURIER);
    }
}
