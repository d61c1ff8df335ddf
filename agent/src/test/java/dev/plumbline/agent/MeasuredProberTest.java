package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.agent.schedule.Assignment;
import dev.plumbline.agent.schedule.Prober;
import dev.plumbline.agent.schedule.Progress;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeasuredProberTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final Target COURIER = Catalog.builtIn().targets().stream()
            .filter(t -> t.id().value().equals("courier:5223"))
            .findFirst()
            .orElseThrow();
    private static final Plan PLAN = PlanCodec.seal(Plan.of(
            "campus",
            new SegmentId("wifi"),
            List.of(COURIER),
            new Plan.Settings(Duration.ofMinutes(1), Duration.ofSeconds(4), 1, 20)));

    /** Each letter is one address: its connect, and its handshake where it has one. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # connects                       , handshakes            -> outcome
            NONE                             , NONE                  , ok
            CONNECT_SILENT                   , ''                    , connect-silent
            CONNECT_RESET CONNECT_SILENT     , ''                    , connect-reset
            CONNECT_SILENT NONE              , NONE                  , ok
            NONE                             , TLS_RESET             , tls-reset
            NONE                             , TLS_ALERT NONE        , ok
            ''                               , ''                    , servfail
            """)
    void howAProbeStoppedIsOneWord(String connects, String handshakes, String outcome) {
        List<Handshake> all =
                words(handshakes).map(k -> handshake(FailureKind.valueOf(k))).toList();
        List<Attempt> attempts = words(connects)
                .map(FailureKind::valueOf)
                .map(k -> attempt(k, k == FailureKind.NONE ? all : List.of()))
                .toList();
        assertThat(MeasuredProber.outcome(observation(attempts))).isEqualTo(outcome);
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ")).filter(w -> !w.isEmpty());
    }

    private static Observation observation(List<Attempt> attempts) {
        Lookup failed = new Lookup(
                "courier.push.apple.com",
                "A",
                Endpoint.NONE,
                Transport.UDP,
                AT,
                Duration.ZERO,
                Failure.of(FailureKind.SERVFAIL),
                2,
                false,
                List.of(),
                List.of(),
                1);
        return new Observation(COURIER.id(), 1, 1, AT, Duration.ofMillis(40), List.of(failed), attempts, Duration.ZERO);
    }

    private static Attempt attempt(FailureKind connect, List<Handshake> handshakes) {
        return new Attempt(
                "courier.push.apple.com",
                Transport.TCP,
                Endpoint.NONE,
                new Endpoint("192.0.2.1", 5223),
                AT,
                Failure.of(connect),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                handshakes,
                Optional.empty(),
                WhoAnswered.NOTHING);
    }

    private static Handshake handshake(FailureKind end) {
        return new Handshake(
                "courier.push.apple.com",
                List.of(),
                List.of(),
                Endpoint.NONE,
                Failure.of(end),
                Duration.ofMillis(1),
                "",
                "",
                "",
                false,
                List.of());
    }

    /** A round that is ended by hand. */
    private static final class Held implements Prober {
        private final List<CompletableFuture<RoundSummary>> rounds = new ArrayList<>();
        private Optional<Listener> listener = Optional.empty();

        @Override
        public CompletableFuture<RoundSummary> run(Assignment assignment, Listener heard) {
            listener = Optional.of(heard);
            rounds.add(new CompletableFuture<>());
            return rounds.get(rounds.size() - 1);
        }

        @Override
        public Progress progress() {
            return new Progress(3, 7, Duration.ofMillis(250));
        }
    }

    private static final class Heard implements Prober.Listener {
        private int observations;
        private int progress;

        @Override
        public void observed(Observation observation, List<Evidence> evidence) {
            observations++;
        }

        @Override
        public void progress(int done, int total) {
            progress++;
        }
    }

    @Test
    void roundsAndProbesAreCountedAndWhoeverListensHearsThemAllTheSame() {
        Held held = new Held();
        MeasuredProber measured = new MeasuredProber(held);
        Heard heard = new Heard();
        Assignment assignment = new Assignment(PLAN, 1, "", List.of(COURIER), Map.of());
        CompletableFuture<RoundSummary> first = measured.run(assignment, heard);
        held.listener.orElseThrow().observed(observation(List.of(attempt(FailureKind.NONE, List.of()))), List.of());
        held.listener
                .orElseThrow()
                .observed(observation(List.of(attempt(FailureKind.CONNECT_RESET, List.of()))), List.of());
        held.listener.orElseThrow().progress(1, 2);
        held.rounds
                .get(0)
                .complete(new RoundSummary(
                        1,
                        PLAN.hash(),
                        AT,
                        AT,
                        List.of(),
                        Map.of(),
                        new Environment("1", "", "", List.of(), List.of(), ""),
                        ""));
        assertThat(first).isCompleted();
        CompletableFuture<RoundSummary> second = measured.run(assignment, heard);
        second.cancel(true);
        assertThat(held.rounds.get(1))
                .as("whoever ends a round ends the prober's own")
                .isCancelled();
        CompletableFuture<RoundSummary> third = measured.run(assignment, heard);
        held.rounds.get(2).completeExceptionally(new IllegalStateException("a fault"));
        assertThatThrownBy(third::join).hasRootCauseMessage("a fault");
        assertThat(heard.observations).isEqualTo(2);
        assertThat(heard.progress).isEqualTo(1);
        assertThat(page(measured))
                .contains("plumbline_agent_probes_total{kind=\"courier\",outcome=\"ok\",segment=\"wifi\"} 1.0\n")
                .contains(
                        "plumbline_agent_probes_total{kind=\"courier\",outcome=\"connect-reset\",segment=\"wifi\"} 1.0\n")
                .contains("plumbline_agent_probe_seconds_count{kind=\"courier\",segment=\"wifi\"} 2\n")
                .contains("plumbline_agent_rounds_total{end=\"finished\",segment=\"wifi\"} 1.0\n")
                .contains("plumbline_agent_rounds_total{end=\"broken-off\",segment=\"wifi\"} 1.0\n")
                .contains("plumbline_agent_rounds_total{end=\"failed\",segment=\"wifi\"} 1.0\n")
                .contains("plumbline_agent_round_seconds_count{segment=\"wifi\"} 1\n")
                .contains("plumbline_agent_probes_in_flight{segment=\"wifi\"} 3.0\n")
                .contains("plumbline_agent_probes_due{segment=\"wifi\"} 7.0\n")
                .contains("plumbline_agent_pace_wait_seconds{segment=\"wifi\"} 0.25\n");
    }

    private static String page(MeasuredProber measured) {
        try (ProgramMetrics metrics =
                new ProgramMetrics("test", "1", List.of(families -> measured.tell(families, "wifi")))) {
            return new String(metrics.page("").body(), StandardCharsets.UTF_8);
        }
    }
}
