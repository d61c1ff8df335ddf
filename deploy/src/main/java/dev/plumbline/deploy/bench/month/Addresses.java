package dev.plumbline.deploy.bench.month;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What names resolve to. A courier of the pool has eight addresses of its own; what lies with a content network has two of twelve,
 * others in each round; all else two of each family, others from week to week, as after a move.
 */
final class Addresses {
    private static final long WEEK_MILLIS = 7L * 24 * 3600 * 1000;

    private Addresses() {}

    /** @param round in which it is asked, in epoch milliseconds */
    static List<String> of(String host, long round) {
        int own = Math.floorMod(host.hashCode(), 200) + 10;
        if (host.matches("[0-9.]+|[0-9a-f:]+:[0-9a-f:]*")) {
            return List.of(host);
        }
        if (host.endsWith("courier.push.apple.com")) {
            return Stream.concat(
                            IntStream.range(0, 6).mapToObj(i -> "17.57." + (144 + i) + "." + own),
                            IntStream.range(0, 2).mapToObj(i -> "2620:149:a44::" + i + ":" + Integer.toHexString(own)))
                    .toList();
        }
        if (isWithContentNetwork(host)) {
            int turn = (int) Math.floorMod(Draw.mix(own, round), 12L);
            return List.of(
                    "23.62.10." + (own + turn) % 254,
                    "23.62.11." + (own + turn) % 254,
                    "2a02:26f0:1::" + Integer.toHexString(own + turn));
        }
        int week = (int) Math.floorMod(Math.floorDiv(round, WEEK_MILLIS) + own, 3L);
        return List.of(
                "17.253." + (14 + week) + "." + own,
                "17.253." + (24 + week) + "." + own,
                "2620:149:a06:" + week + "::" + Integer.toHexString(own));
    }

    private static boolean isWithContentNetwork(String host) {
        return host.endsWith("mzstatic.com")
                || host.endsWith("digicert.com")
                || host.endsWith("example.com")
                || host.endsWith("cdn-apple.com")
                || host.contains("itunes");
    }
}
