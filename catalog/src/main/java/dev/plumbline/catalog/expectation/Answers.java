package dev.plumbline.catalog.expectation;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the expectations of all kinds say in the same way. */
final class Answers {
    private Answers() {}

    static Assessment met(String because) {
        return new Assessment(Outcome.MET, because);
    }

    static Assessment wrong(String because) {
        return new Assessment(Outcome.WRONG_ANSWER, because);
    }

    /** A stage failed before there was anything to judge. */
    static Assessment notReached(String what, Failure failure) {
        return new Assessment(
                Outcome.NOT_REACHED,
                what + ": " + spoken(failure.kind())
                        + (failure.detail().isEmpty() ? "" : " (" + failure.detail() + ")"));
    }

    /** No handshake succeeded: the last one that failed with the target's own name speaks. */
    static Assessment noHandshake(Attempt attempt, String serverName) {
        List<Handshake> own = Handshakes.of(attempt.handshakes()).usual().stream()
                .filter(h -> h.serverName().equals(serverName))
                .toList();
        if (own.isEmpty()) {
            return new Assessment(Outcome.NOT_REACHED, "no TLS handshake for " + serverName + " was made");
        }
        return notReached(
                "no TLS handshake for " + serverName + " at " + attempt.remote(),
                own.get(own.size() - 1).failure());
    }

    /** The exchange when it was made and succeeded; otherwise the assessment is {@link #noExchange}. */
    static Optional<Exchange> answered(Attempt attempt) {
        return attempt.exchange().filter(e -> e.failure().isNone());
    }

    static Assessment noExchange(Attempt attempt) {
        return attempt.exchange()
                .map(e -> notReached("no answer from " + attempt.remote(), e.failure()))
                .orElseGet(() -> new Assessment(Outcome.NOT_REACHED, "nothing was asked of " + attempt.remote()));
    }

    private static String spoken(FailureKind kind) {
        return switch (kind) {
            case NONE -> "it succeeded";
            case NXDOMAIN -> "the resolver says that the name does not exist";
            case NO_DATA -> "the resolver has no address for the name";
            case DNS_REFUSED -> "the resolver refused";
            case SERVFAIL -> "the resolver failed";
            case DNS_SILENT -> "the resolver did not answer";
            case DNS_TRUNCATED -> "the resolver's answer was cut and TCP got none";
            case DNS_MALFORMED -> "the resolver's answer makes no sense";
            case DNS_UNREACHABLE -> "the resolver cannot be reached";
            case CONNECT_SILENT -> "nobody answered";
            case CONNECT_RESET -> "the connection was refused (RST)";
            case HOST_UNREACHABLE -> "host unreachable or administratively prohibited (ICMP)";
            case CONNECT_PROHIBITED -> "administratively prohibited (ICMPv6)";
            case NETWORK_UNREACHABLE -> "no route";
            case TLS_SILENT -> "connected, but the TLS hello got no answer";
            case TLS_RESET -> "the connection was reset during the handshake";
            case TLS_CLOSED -> "the connection was closed during the handshake";
            case TLS_ALERT -> "the peer refused with a TLS alert";
            case TLS_MALFORMED -> "the peer does not speak TLS";
            case EXCHANGE_SILENT -> "the request got no answer";
            case EXCHANGE_RESET -> "the connection was reset after the request";
            case EXCHANGE_CLOSED -> "the connection was closed before an answer";
            case EXCHANGE_MALFORMED -> "the answer is not of the protocol";
            case OVERLOADED -> "the agent's host was too busy";
            case LOCAL -> "the agent's host refused";
            case UNKNOWN -> "a failure that this version does not know";
        };
    }

    /** The text of a header in lower case, empty when it was not sent. */
    static String header(Exchange exchange, String name) {
        return exchange.headers().getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }
}
