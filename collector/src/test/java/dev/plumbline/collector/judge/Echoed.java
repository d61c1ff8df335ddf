package dev.plumbline.collector.judge;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches of agents that know a helper on port 80, or whose answers came through a proxy. */
final class Echoed {
    private Echoed() {}

    /** @param answers {@code fields=SAME garbage=STRANGER}, or {@code via=1.1 box} on all plain HTTP */
    static Batch with(Batch batch, String answers) {
        if (answers.startsWith("via=")) {
            return passedOn(batch, answers.substring("via=".length()));
        }
        List<Echo> echoes = new ArrayList<>();
        for (String answer : answers.trim().split(" ", -1)) {
            String[] part = answer.split("=", -1);
            EchoAsk ask = part[0].equals("fields") ? EchoAsk.HTTP_FIELDS : EchoAsk.HTTP_GARBAGE;
            EchoAnswer how = EchoAnswer.valueOf(part[1]);
            List<String> changes = how == EchoAnswer.ALTERED ? List.of("case: hOsT arrived as Host") : List.of();
            echoes.add(new Echo(ask, how, attempt(), changes, Endpoint.NONE));
        }
        return with(batch, echoes);
    }

    static Batch with(Batch batch, List<Echo> echoes) {
        List<RoundSummary> summaries = batch.summaries().stream()
                .map(s -> new RoundSummary(
                        s.round(),
                        s.planHash(),
                        s.startedAt(),
                        s.endedAt(),
                        s.probed(),
                        s.skipped(),
                        s.environment().with(echoes),
                        s.demand()))
                .toList();
        return batch.with(batch.observations(), summaries);
    }

    private static Attempt attempt() {
        return new Attempt(
                "",
                Transport.TCP,
                new Endpoint("10.20.20.33", 40001),
                new Endpoint("203.0.113.18", 80),
                Instant.ofEpochMilli(Scene.ROUND),
                Failure.none(),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                List.of(),
                Optional.empty(),
                WhoAnswered.NOTHING);
    }

    private static Batch passedOn(Batch batch, String via) {
        List<Observation> observations = batch.observations().stream()
                .map(o -> new Observation(
                        o.target(),
                        o.round(),
                        o.tryNumber(),
                        o.startedAt(),
                        o.elapsed(),
                        o.lookups(),
                        o.attempts().stream().map(a -> passedOn(a, via)).toList(),
                        o.loopLag(),
                        o.queueing()))
                .toList();
        return batch.with(observations, batch.summaries());
    }

    private static Attempt passedOn(Attempt a, String via) {
        return a.remote().port() != 80
                ? a
                : new Attempt(
                        a.host(),
                        a.transport(),
                        a.local(),
                        a.remote(),
                        a.startedAt(),
                        a.connect(),
                        a.connectElapsed(),
                        a.synRoundTrip(),
                        a.handshakes(),
                        a.exchange().map(e -> passedOn(e, via)),
                        a.whoAnswered());
    }

    private static Exchange passedOn(Exchange e, String via) {
        Map<String, String> headers = new HashMap<>(e.headers());
        headers.put("via", "1.1 edge-" + e.bodyBytes() + ".apple.com, " + via);
        return new Exchange(
                e.protocol(),
                e.failure(),
                e.elapsed(),
                e.status(),
                headers,
                e.bodyStart(),
                e.bodyBytes(),
                e.asked(),
                e.seen(),
                e.evidence(),
                e.summary());
    }
}
