package dev.plumbline.agent.probe;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation on one connection brought.
 *
 * @param further attempts that it made beside it, on connections of its own to the same address
 */
record Said(List<Handshake> handshakes, Optional<Exchange> exchange, List<Evidence> evidence, List<Attempt> further) {
    static final Said NOTHING = new Said(List.of(), Optional.empty(), List.of());

    Said {
        handshakes = List.copyOf(handshakes);
        evidence = List.copyOf(evidence);
        further = List.copyOf(further);
    }

    Said(List<Handshake> handshakes, Optional<Exchange> exchange, List<Evidence> evidence) {
        this(handshakes, exchange, evidence, List.of());
    }

    static Said exchange(Exchange exchange) {
        return new Said(List.of(), Optional.of(exchange), List.of());
    }
}
