package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.WhoAnswered;
import java.util.ArrayList;
import java.util.List;

/** One attempt with the evidence that it names. */
record Tried(Attempt attempt, List<Evidence> evidence) {
    static Tried of(Target target, String host, Connection connection, Said said, WhoAnswered who, SmallAgain small) {
        List<Evidence> evidence = new ArrayList<>(said.evidence());
        evidence.addAll(small.evidence());
        return new Tried(
                new Attempt(
                        host,
                        target.transport(),
                        connection.local(),
                        Endpoints.of(connection.remote()),
                        connection.startedAt(),
                        connection.failure(),
                        connection.elapsed(),
                        connection.synRoundTrip(),
                        said.handshakes(),
                        said.exchange(),
                        who,
                        small.segments()),
                List.copyOf(evidence));
    }
}
