package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.Target;
import dev.plumbline.collector.judge.OddAnswers;
import dev.plumbline.collector.judge.SceneAnswers;
import dev.plumbline.collector.judge.TestPki;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a deed shows on one connection: stages, handshakes up the ladder of offers, exchange.
 *
 * @param sink where a sinkhole leads
 * @param nearHop the second try of a reset also measures how far away it came from
 */
record Wire(TestPki pki, String sink, boolean nearHop) {
    private static final String NEUTRAL = "www.example.com";

    boolean sinkIsSilent() {
        return sink.startsWith("203.");
    }

    Attempt attempt(
            Target target,
            String host,
            Endpoint local,
            Endpoint remote,
            Optional<Verb> deed,
            int tryNumber,
            boolean talks,
            String asked) {
        boolean udp = target.transport().equals(Transport.UDP);
        Failure connect =
                udp ? Failure.none() : deed.map(v -> connect(v, remote)).orElse(Failure.none());
        List<Handshake> handshakes = connect.isNone() && talks && target.probe().seesCertificate()
                ? udp ? List.of(inQuic(target, deed)) : handshakes(target, deed, tryNumber)
                : List.of();
        boolean secured = udp
                || handshakes.isEmpty()
                || handshakes.stream()
                        .anyMatch(h -> h.failure().isNone() && h.serverName().equals(target.serverName()));
        Optional<Exchange> exchange = connect.isNone() && talks && secured
                ? exchange(target, deed, udp).map(e -> SceneAnswers.asking(e, asked))
                : Optional.empty();
        WhoAnswered who = udp || (!talks && connect.isNone())
                ? WhoAnswered.NOTHING
                : connect.isNone()
                        ? WhoAnswered.canary(target.port() + 1, Failure.of(FailureKind.CONNECT_RESET))
                        : reset(connect, tryNumber);
        return new Attempt(
                host,
                target.transport(),
                local,
                remote,
                Agent.AT,
                connect,
                Agent.QUICK,
                Agent.QUICK,
                handshakes,
                exchange,
                who);
    }

    private WhoAnswered reset(Failure connect, int tryNumber) {
        return nearHop && tryNumber > 1 && connect.kind() == FailureKind.CONNECT_RESET
                ? new WhoAnswered(
                        64,
                        61,
                        5224,
                        Failure.of(FailureKind.CONNECT_RESET),
                        WhoAnswered.NOT_MEASURED,
                        5224,
                        Failure.of(FailureKind.CONNECT_RESET))
                : WhoAnswered.NOTHING;
    }

    private static Failure connect(Verb verb, Endpoint remote) {
        return switch (verb) {
            case DROP -> Failure.of(FailureKind.CONNECT_SILENT);
            case RESET -> Failure.of(FailureKind.CONNECT_RESET);
            case PROHIBIT ->
                Failure.of(
                        remote.address().indexOf(':') >= 0
                                ? FailureKind.CONNECT_PROHIBITED
                                : FailureKind.HOST_UNREACHABLE);
            case ACCEPT,
                    NXDOMAIN,
                    REFUSE,
                    SERVFAIL,
                    UNANSWERED,
                    SINKHOLE,
                    INTERCEPT,
                    RESET_ON_NAME,
                    CLOSE_ON_NAME,
                    STALL,
                    BLOCK_PAGE -> Failure.none();
        };
    }

    private static Optional<Exchange> exchange(Target target, Optional<Verb> deed, boolean udp) {
        if (udp) {
            return OddAnswers.byUdp(target.probe(), overUdp(deed));
        }
        if (deed.filter(v -> v == Verb.BLOCK_PAGE).isPresent()) {
            return Optional.of(page());
        }
        return SceneAnswers.exchange(
                target, deed.filter(v -> v == Verb.INTERCEPT).isPresent() ? "foreign" : "pass");
    }

    /** UDP knows no connection: a drop is silence, any refusal an ICMP error. */
    private static String overUdp(Optional<Verb> deed) {
        return deed.map(v -> v == Verb.DROP ? "silent" : "prohibited").orElse("pass");
    }

    private Handshake inQuic(Target target, Optional<Verb> deed) {
        return OddAnswers.inQuic(
                target.serverName(), overUdp(deed), pki.genuine(target.identity(), target.serverName()));
    }

    private static Exchange page() {
        byte[] body = "<html><head><title>Web filter</title></head><body>This page is blocked.</body></html>"
                .getBytes(StandardCharsets.UTF_8);
        return new Exchange(
                "HTTP/1.1",
                Failure.none(),
                Agent.QUICK,
                403,
                Map.of("content-type", "text/html"),
                Bytes.of(body),
                body.length,
                "",
                Map.of(),
                List.of(),
                "");
    }

    private List<Handshake> handshakes(Target target, Optional<Verb> deed, int tryNumber) {
        List<String> offer =
                target.alpnLadder().isEmpty() || target.alpnLadder().get(0).isEmpty()
                        ? List.of()
                        : List.of(target.alpnLadder().get(0).split(","));
        String name = target.serverName();
        if (deed.isEmpty()) {
            List<Sha256> chain = pki.genuine(target.identity(), name);
            return List.of(handshake(name, offer, Failure.none(), offer.isEmpty() ? "" : offer.get(0), chain));
        }
        Handshake neutral = handshake(NEUTRAL, List.of(), Failure.of(FailureKind.TLS_ALERT, "unrecognized_name"));
        return switch (deed.get()) {
            case INTERCEPT -> {
                List<Handshake> all = new ArrayList<>();
                if (!offer.isEmpty()) {
                    all.add(handshake(name, offer, Failure.of(FailureKind.TLS_ALERT, "no_application_protocol")));
                }
                all.add(handshake(name, List.of(), Failure.none(), "", pki.foreign(name)));
                yield all;
            }
            case RESET_ON_NAME -> List.of(handshake(name, offer, Failure.of(FailureKind.TLS_RESET)), neutral);
            case CLOSE_ON_NAME -> List.of(handshake(name, offer, Failure.of(FailureKind.TLS_CLOSED)), neutral);
            case STALL -> {
                Handshake silent = handshake(name, offer, Failure.of(FailureKind.TLS_SILENT));
                Handshake also = handshake(NEUTRAL, List.of(), Failure.of(FailureKind.TLS_SILENT));
                yield tryNumber > 1 ? List.of(silent, also) : List.of(silent);
            }
            case ACCEPT, NXDOMAIN, REFUSE, SERVFAIL, UNANSWERED, SINKHOLE, DROP, RESET, PROHIBIT, BLOCK_PAGE ->
                throw new IllegalArgumentException(deed + " is nothing that shows in a handshake");
        };
    }

    private static Handshake handshake(String name, List<String> offer, Failure failure) {
        return handshake(name, offer, failure, "", List.of());
    }

    private static Handshake handshake(
            String name, List<String> offer, Failure failure, String selected, List<Sha256> chain) {
        return new Handshake(
                name,
                offer,
                List.of(),
                Endpoint.NONE,
                failure,
                Agent.QUICK,
                failure.isNone() ? "TLSv1.3" : "",
                "",
                selected,
                false,
                chain);
    }
}
