package dev.plumbline.agent.net;

import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Who answers for one port of an address.
 *
 * @param answer with the usual TTL
 * @param roundTrip until that answer came; the time waited where none did
 * @param hops answers by outgoing TTL, from 1; shorter than the path where the search was ended
 * @param arrivingTtl of the SYN-ACK or RST, {@link WhoAnswered#NOT_MEASURED} where it was not measured
 */
public record PortPath(int port, HopAnswer answer, Duration roundTrip, List<HopAnswer> hops, int arrivingTtl) {
    /** Systems send with one of these. */
    private static final int[] INITIAL_TTLS = {64, 128, 255};

    public PortPath {
        hops = List.copyOf(hops);
    }

    /** Smallest outgoing TTL with which TCP answered; empty when none did. */
    public OptionalInt answeringHop() {
        return IntStream.range(0, hops.size())
                .filter(i -> hops.get(i).isTcp())
                .map(i -> i + 1)
                .findFirst();
    }

    /** The last hop at which a router spoke before nothing more was heard; 0 when none did. */
    public int lastRouter() {
        return IntStream.range(0, hops.size())
                .filter(i -> hops.get(i) == HopAnswer.ROUTER)
                .map(i -> i + 1)
                .max()
                .orElse(0);
    }

    /** How many hops away the answer was sent, if its sender began with a usual TTL; empty when it was not measured. */
    public OptionalInt senderHop() {
        return IntStream.of(INITIAL_TTLS)
                .filter(initial -> arrivingTtl > 0 && arrivingTtl <= initial)
                .map(initial -> initial - arrivingTtl + 1)
                .findFirst();
    }
}
