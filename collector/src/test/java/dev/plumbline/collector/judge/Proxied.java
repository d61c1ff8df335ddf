package dev.plumbline.collector.judge;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Observation;
import dev.plumbline.words.ThroughProxy;
import java.util.ArrayList;
import java.util.List;

/** Batches whose targets were tried through a proxy as well. */
final class Proxied {
    private static final ThroughProxy PROXY =
            new ThroughProxy("proxy.campus.example:3128", "wpad-dns", "CONNECT", false, 200, List.of(), Failure.none());

    private Proxied() {}

    /** The first, and what the second saw of the same targets as if it had come through a proxy. */
    static Batch with(Batch direct, Batch through) {
        List<Observation> observations = new ArrayList<>();
        for (Observation seen : direct.observations()) {
            List<Attempt> attempts = new ArrayList<>(seen.attempts());
            through.observations().stream()
                    .filter(o -> o.target().equals(seen.target()))
                    .flatMap(o -> o.attempts().stream())
                    .forEach(a -> attempts.add(a.through(PROXY)));
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
        return new Batch(
                direct.incarnation(),
                direct.sequence(),
                direct.planHash(),
                observations,
                direct.summaries(),
                direct.evidence());
    }
}
