package dev.plumbline.collector.judge;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Observation;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Batches whose targets were tried through a proxy as well. */
final class Proxied {
    private static final ThroughProxy PROXY =
            new ThroughProxy("proxy.campus.example:3128", "wpad-dns", "CONNECT", false, 200, List.of(), Failure.none());

    private Proxied() {}

    /** The first, and what a proxy that answers so brought of the second. */
    static Batch with(Batch direct, Batch through, int status) {
        return status == 200 ? with(direct, through) : with(direct, through, a -> refused(a, status));
    }

    /** The first, and what the second saw of the same targets as if it had come through a proxy. */
    static Batch with(Batch direct, Batch through) {
        return with(direct, through, a -> a.through(PROXY));
    }

    private static Batch with(Batch direct, Batch through, UnaryOperator<Attempt> proxied) {
        List<Observation> observations = new ArrayList<>();
        for (Observation seen : direct.observations()) {
            List<Attempt> attempts = new ArrayList<>(seen.attempts());
            through.observations().stream()
                    .filter(o -> o.target().equals(seen.target()))
                    .flatMap(o -> o.attempts().stream())
                    // CONNECT carries TCP only.
                    .filter(a -> a.transport().equals(Transport.TCP))
                    .forEach(a -> attempts.add(proxied.apply(a)));
            observations.add(new Observation(
                    seen.target(),
                    seen.round(),
                    seen.tryNumber(),
                    seen.startedAt(),
                    seen.elapsed(),
                    seen.lookups(),
                    attempts,
                    seen.loopLag()));
        }
        return direct.with(observations, direct.summaries());
    }

    private static Attempt refused(Attempt a, int status) {
        Attempt bare = new Attempt(
                a.host(),
                a.transport(),
                a.local(),
                a.remote(),
                a.startedAt(),
                a.connect(),
                a.connectElapsed(),
                a.synRoundTrip(),
                List.of(),
                Optional.empty(),
                a.whoAnswered());
        return bare.through(new ThroughProxy(
                PROXY.name(), PROXY.foundBy(), PROXY.method(), false, status, List.of("basic"), Failure.none()));
    }
}
