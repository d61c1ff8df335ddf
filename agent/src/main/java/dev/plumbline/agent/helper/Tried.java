package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the facts of one connection to the helper together. */
final class Tried {
    private Tried() {}

    static Attempt of(
            Connection connection, Transport transport, List<Handshake> handshakes, Optional<Exchange> exchange) {
        return new Attempt(
                "",
                transport,
                connection.local(),
                Endpoints.of(connection.remote()),
                connection.startedAt(),
                connection.failure(),
                connection.elapsed(),
                connection.synRoundTrip(),
                handshakes,
                exchange,
                WhoAnswered.NOTHING);
    }

    /** An exchange without status and fields. */
    static Exchange exchange(String protocol, Reply.Gathered reply, String summary) {
        return exchange(protocol, reply, 0, Map.of(), reply.bytes(), summary);
    }

    static Exchange exchange(
            String protocol,
            Reply.Gathered reply,
            int status,
            Map<String, String> headers,
            Bytes body,
            String summary) {
        return new Exchange(
                protocol,
                reply.failure(),
                reply.elapsed(),
                status,
                headers,
                body,
                body.size(),
                "",
                Map.of(),
                List.of(),
                summary);
    }
}
