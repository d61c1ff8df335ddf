package dev.plumbline.agent.probe;

import dev.plumbline.words.Exchange;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A real question over HTTPS (RFC 8484 §4.1) for the resolver's own name, which it must know. It goes by GET, under an id of
 * its own, so that no cache on the way can answer it.
 */
final class DohConversation implements Conversation {
    private static final String USUAL_PATH = "/dns-query";
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        DnsQuestion question = new DnsQuestion(RANDOM.nextInt(1 << 16), talk.host());
        String path =
                talk.target().path().isEmpty() ? USUAL_PATH : talk.target().path();
        HttpAsk ask = HttpAsk.get(talk.target().serverName(), path + "?dns=" + question.base64());
        return new AlpnLadder(talk)
                .climb()
                .thenCompose(climbed -> climbed.ask(ask, talk))
                .thenApply(said -> new Said(
                        said.handshakes(), said.exchange().map(exchange -> read(exchange, question)), said.evidence()));
    }

    private static Exchange read(Exchange exchange, DnsQuestion question) {
        boolean message = exchange.failure().isNone()
                && exchange.headers()
                        .getOrDefault("content-type", "")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("application/dns-message");
        if (!message) {
            return exchange;
        }
        DnsMessage answer = DnsMessage.read(
                exchange.bodyStart().toArray(),
                exchange.bodyBytes() > exchange.bodyStart().size());
        Optional<String> objection = answer.objectionTo(question);
        Map<String, String> seen = new TreeMap<>(exchange.seen());
        seen.put("dns-answer", objection.orElse("ours"));
        seen.put("rcode", Integer.toString(answer.rcode()));
        seen.put("answers", Integer.toString(answer.answers()));
        return new Exchange(
                exchange.protocol(),
                exchange.failure(),
                exchange.elapsed(),
                exchange.status(),
                exchange.headers(),
                exchange.bodyStart(),
                exchange.bodyBytes(),
                exchange.asked(),
                seen,
                exchange.evidence(),
                objection.isEmpty()
                        ? "rcode " + answer.rcode() + ", " + answer.answers() + " records"
                        : objection.get());
    }
}
