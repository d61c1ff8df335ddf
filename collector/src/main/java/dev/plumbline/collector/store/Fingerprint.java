package dev.plumbline.collector.store;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.ThroughProxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Names what an observation saw, without what differs every time: times, ports of our own, and which of a pool's names and addresses it
 * was. A content network gives other addresses from one minute to the next, and each round asks another courier: where all of them are
 * Apple's, or all somebody else's, and answered alike, whichever way, nothing has changed. Where they did not, those that failed are
 * named, and so are addresses that are nobody's on the Internet.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static Sha256 of(Observation observation) {
        String lookups = observation.lookups().stream()
                .map(Fingerprint::lookup)
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n"));
        return Sha256.of((lookups + "\n--\n" + attempts(observation.attempts())).getBytes(StandardCharsets.UTF_8));
    }

    private static String lookup(Lookup lookup) {
        return fields(
                lookup.type(),
                lookup.resolver(),
                failure(lookup.failure()),
                lookup.rcode(),
                switch (lookup.type()) {
                    case "A", "AAAA" ->
                        lookup.answers().stream()
                                .map(answer -> place(answer.data()))
                                .distinct()
                                .sorted()
                                .toList();
                    default ->
                        lookup.answers().stream()
                                .map(Lookup.Answer::data)
                                .sorted()
                                .toList();
                });
    }

    /** Whose an address is: one of Apple's becomes another of Apple's at any time, and none of them 0.0.0.0 without a cause. */
    private static String place(String address) {
        if (Block.isApple(address)) {
            return "Apple's";
        }
        return Block.isSpecial(address) ? address : "somebody's";
    }

    private static String attempts(List<Attempt> attempts) {
        // Each way in which one ended, and at which addresses.
        Map<String, TreeSet<String>> ways = new TreeMap<>();
        boolean isBroken = false;
        boolean isWorking = false;
        for (Attempt attempt : attempts) {
            boolean failed = hasFailed(attempt);
            isBroken |= failed;
            isWorking |= !failed;
            TreeSet<String> failing = ways.computeIfAbsent(attempt(attempt), way -> new TreeSet<>());
            if (failed) {
                failing.add(attempt.remote().address());
            }
        }
        boolean isPartial = isBroken && isWorking;
        return ways.entrySet().stream()
                .map(way -> isPartial ? way.getKey() + way.getValue() : way.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** The last handshake is the one that counts: those before it were refused for what they offered. */
    private static boolean hasFailed(Attempt attempt) {
        List<Handshake> handshakes = attempt.handshakes();
        return !attempt.connect().isNone()
                || attempt.proxy().filter(p -> !p.failure().isNone()).isPresent()
                || (!handshakes.isEmpty()
                        && !handshakes.get(handshakes.size() - 1).failure().isNone())
                || attempt.exchange().filter(e -> !e.failure().isNone()).isPresent();
    }

    private static String attempt(Attempt attempt) {
        return fields(
                        attempt.transport(),
                        attempt.remote().address().indexOf(':') >= 0,
                        place(attempt.remote().address()),
                        attempt.remote().port(),
                        failure(attempt.connect()),
                        attempt.handshakes().stream()
                                .map(Fingerprint::handshake)
                                .toList(),
                        attempt.exchange().map(Fingerprint::exchange).orElse(""))
                + attempt.proxy().map(Fingerprint::proxy).orElse("");
    }

    private static String proxy(ThroughProxy proxy) {
        return fields(
                proxy.name(),
                proxy.foundBy(),
                proxy.method(),
                proxy.withCredentials(),
                proxy.status(),
                proxy.authenticateSchemes(),
                failure(proxy.failure()));
    }

    private static String handshake(Handshake handshake) {
        return fields(
                handshake.serverName(),
                handshake.alpnOffered(),
                handshake.versionsOffered(),
                failure(handshake.failure()),
                handshake.version(),
                handshake.alpnSelected(),
                handshake.clientCertificateRequested(),
                handshake.certificates());
    }

    private static String exchange(Exchange exchange) {
        return fields(exchange.protocol(), failure(exchange.failure()), exchange.status());
    }

    /** The kind only: details are words of the operating system. */
    private static int failure(Failure failure) {
        return failure.number();
    }

    private static String fields(Object... values) {
        return List.of(values).toString();
    }
}
