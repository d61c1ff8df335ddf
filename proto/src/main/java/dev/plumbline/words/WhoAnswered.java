package dev.plumbline.words;

/**
 * At what distance somebody answered, measured without privilege; {@link #NOT_MEASURED} where it was not.
 *
 * @param arrivingTtl TTL or hop limit with which the SYN-ACK or RST arrived (search over IP_MINTTL / IPV6_MINHOPCOUNT)
 * @param siblingArrivingTtl the same for another port of the same address
 * @param siblingPort 0 when no sibling was asked
 * @param siblingFailure how the sibling answered
 * @param answeringHop smallest outgoing TTL at which somebody answered (sweep over IP_TTL)
 * @param canaryPort a port that must be closed on the same address, 0 when none was asked
 * @param canaryFailure how the canary answered; {@link FailureKind#NONE} betrays a box that accepts everything
 */
public record WhoAnswered(
        int arrivingTtl,
        int siblingArrivingTtl,
        int siblingPort,
        Failure siblingFailure,
        int answeringHop,
        int canaryPort,
        Failure canaryFailure) {
    public static final int NOT_MEASURED = -1;
    public static final WhoAnswered NOTHING =
            new WhoAnswered(NOT_MEASURED, NOT_MEASURED, 0, Failure.none(), NOT_MEASURED, 0, Failure.none());

    /** Only how the canary answered. */
    public static WhoAnswered canary(int port, Failure failure) {
        return new WhoAnswered(NOT_MEASURED, NOT_MEASURED, 0, Failure.none(), NOT_MEASURED, port, failure);
    }

    /** A port accepted that nothing listens on: somebody answers every SYN. Silence and a RST say nothing. */
    public boolean canaryAccepted() {
        return canaryPort != 0 && canaryFailure.isNone();
    }

    /** The answer came from another distance than that of another port of the same address. */
    public boolean fromAnotherDistance() {
        return arrivingTtl > 0 && siblingArrivingTtl > 0 && arrivingTtl != siblingArrivingTtl;
    }
}
