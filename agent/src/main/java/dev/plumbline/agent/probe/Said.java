package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a conversation on one connection brought. */
record Said(List<Handshake> handshakes, Optional<Exchange> exchange, List<Evidence> evidence) {
    static final Said NOTHING = new Said(List.of(), Optional.empty(), List.of());

    Said {
        handshakes = List.copyOf(handshakes);
        evidence = List.copyOf(evidence);
    }

    /** The same, with what further handshakes brought. */
    Said and(List<Secured> further) {
        List<Handshake> all = new ArrayList<>(handshakes);
        Set<Evidence> pieces = new LinkedHashSet<>(evidence);
        for (Secured secured : further) {
            all.add(secured.handshake());
            pieces.addAll(secured.evidence());
        }
        return new Said(all, exchange, List.copyOf(pieces));
    }

    static Said exchange(Exchange exchange) {
        return new Said(List.of(), Optional.of(exchange), List.of());
    }
}
