package dev.plumbline.collector.store;

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
import java.util.stream.Collectors;

/** Names what an observation saw, without what differs every time: times, ports of our own, the order of addresses. */
public final class Fingerprint {
    private Fingerprint() {}

    public static Sha256 of(Observation observation) {
        String text =
                observation.lookups().stream().map(Fingerprint::lookup).sorted().collect(Collectors.joining("\n"))
                        + "\n--\n"
                        + observation.attempts().stream()
                                .map(Fingerprint::attempt)
                                .sorted()
                                .collect(Collectors.joining("\n"));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lookup(Lookup lookup) {
        List<String> answers =
                lookup.answers().stream().map(Lookup.Answer::data).sorted().toList();
        return fields(
                lookup.name(), lookup.type(), lookup.resolver(), failure(lookup.failure()), lookup.rcode(), answers);
    }

    private static String attempt(Attempt attempt) {
        return fields(
                        attempt.host(),
                        attempt.transport(),
                        attempt.remote(),
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
