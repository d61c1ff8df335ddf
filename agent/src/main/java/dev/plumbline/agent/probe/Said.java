package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** The same, with what further handshakes brought. */
    Said and(List<Secured> more) {
        List<Handshake> all = new ArrayList<>(handshakes);
        Set<Evidence> pieces = new LinkedHashSet<>(evidence);
        for (Secured secured : more) {
            all.add(secured.handshake());
            pieces.addAll(secured.evidence());
        }
        return new Said(all, exchange, List.copyOf(pieces), further);
    }

    static Said exchange(Exchange exchange) {
        return new Said(List.of(), Optional.of(exchange), List.of());
    }
}
