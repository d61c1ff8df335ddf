package dev.plumbline.agent.probe;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.List;
import java.util.Optional;

/** What a conversation on one connection brought. */
record Said(List<Handshake> handshakes, Optional<Exchange> exchange, List<Evidence> evidence) {
    static final Said NOTHING = new Said(List.of(), Optional.empty(), List.of());

    Said {
        handshakes = List.copyOf(handshakes);
        evidence = List.copyOf(evidence);
    }

    static Said exchange(Exchange exchange) {
        return new Said(List.of(), Optional.of(exchange), List.of());
    }
}
