package dev.plumbline.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One question to one resolver (RESOLVE).
 *
 * @param type {@code A}, {@code AAAA} or {@code TXT}
 * @param rcode RFC 1035 §4.1.1 code of the last answer, -1 when none came
 * @param truncated the UDP answer carried TC and TCP was asked next
 * @param sends queries sent, re-sends included
 */
public record Lookup(
        String name,
        String type,
        Endpoint resolver,
        Transport transport,
        Instant startedAt,
        Duration elapsed,
        Failure failure,
        int rcode,
        boolean truncated,
        List<String> cnameChain,
        List<Answer> answers,
        int sends) {
    public Lookup {
        cnameChain = List.copyOf(cnameChain);
        answers = List.copyOf(answers);
    }

    /**
     * One record of the answer section.
     *
     * @param data address text for A and AAAA, the joined strings for TXT
     */
    public record Answer(String data, long ttlSeconds) {}
}
