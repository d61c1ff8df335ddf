package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The handshakes of one address, in order of time.
 *
 * @param serverName the target's own name, under which a standing connection counts
 */
record Climbed(String serverName, List<Secured> handshakes) {
    /** The connection to talk on: the first that stands under the target's own name. */
    Optional<Secured> standing() {
        return handshakes.stream()
                .filter(secured ->
                        secured.stands() && secured.handshake().serverName().equals(serverName))
                .findFirst();
    }

    void closeAll() {
        for (Secured secured : handshakes) {
            secured.channel().close();
        }
    }

    Said said(Optional<Exchange> exchange) {
        Set<Evidence> evidence = new LinkedHashSet<>();
        handshakes.forEach(secured -> evidence.addAll(secured.evidence()));
        return new Said(handshakes.stream().map(Secured::handshake).toList(), exchange, List.copyOf(evidence));
    }

    /** Asks on the standing connection, where there is one. */
    CompletableFuture<Said> ask(HttpAsk ask, Talk talk) {
        Optional<Secured> standing = standing();
        if (standing.isEmpty()) {
            closeAll();
            return CompletableFuture.completedFuture(said(Optional.empty()));
        }
        Channel channel = standing.get().channel();
        boolean h2 = standing.get().handshake().alpnSelected().equals("h2");
        return (h2 ? Http2Exchange.run(talk, channel, ask) : Http1Exchange.run(talk, channel, ask))
                .thenApply(exchange -> {
                    closeAll();
                    return said(Optional.of(exchange));
                });
    }
}
