package dev.plumbline.agent.forecast;

import java.time.Duration;
import java.util.List;

/** The connection to the collector: what was measured goes up, and in quiet a ping tells that it still stands. */
final class Stream {
    private static final Duration PING_EVERY = Duration.ofSeconds(20);

    /** A ping and its answer, with the acknowledgement. */
    private static final Traffic PING = Traffic.packets(2, 150, 1, 95);

    /** One observation in its batch, with its share of packets and acknowledgements. */
    private static final Traffic OBSERVATION = Traffic.packets(2, 1_500, 1, 150);

    /** Certificates and answers, which go up once a round. */
    private static final Traffic EVIDENCE_OF_A_ROUND = Traffic.packets(70, 215_000, 10, 600);

    private Stream() {}

    static Traffic aDay(long rounds, List<Destination> destinations) {
        long observations =
                destinations.stream().mapToLong(Destination::timesADay).sum();
        long pings = Duration.ofDays(1).toSeconds() / PING_EVERY.toSeconds();
        return PING.times(pings)
                .plus(OBSERVATION.times(observations))
                .plus(EVIDENCE_OF_A_ROUND.times(rounds))
                .plus(Cost.CONNECTION)
                .plus(Cost.HANDSHAKE);
    }
}
