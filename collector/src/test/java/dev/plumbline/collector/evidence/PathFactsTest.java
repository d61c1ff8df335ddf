package dev.plumbline.collector.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TcpState;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathFactsTest {
    private static final String NAME = "courier.push.apple.com";
    private static final Instant AT = Instant.parse("2026-11-22T00:00:00Z");
    private static final WhoAnswered ACCEPTED = WhoAnswered.canary(5224, Failure.none());
    private static final WhoAnswered CLOSED = WhoAnswered.canary(5224, Failure.of(FailureKind.CONNECT_RESET));
    private static final WhoAnswered DROPPED = WhoAnswered.canary(5224, Failure.of(FailureKind.CONNECT_SILENT));

    @Test
    void aCanaryThatWasAcceptedInAnyTryIsAFactAndNoSymptom() throws ConfigException {
        PointReading told = read(silent(ACCEPTED, Optional.empty(), 0), silent(CLOSED, Optional.empty(), 0));
        PointReading plain = read(silent(CLOSED, Optional.empty(), 0), silent(DROPPED, Optional.empty(), 0));
        assertThat(told.path().canaryAccepted()).isTrue();
        assertThat(plain.path().canaryAccepted()).isFalse();
        assertThat(told.symptom()).isEqualTo(plain.symptom()).isEqualTo(Symptom.TLS_SILENT);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # small stands, unacknowledged, neutral name, only small passes, hello arrived
            true,  0, TLS_SILENT, true,  true
            true,  2, TLS_SILENT, true,  false
            true,  2, NONE,       false, false
            false, 0, TLS_SILENT, false, true
            """)
    void onlySmallPassesWhereTheSmallHandshakeStandsAndNoName(
            boolean stands, int open, FailureKind neutral, boolean only, boolean arrived) throws ConfigException {
        Failure control = neutral == FailureKind.NONE ? Failure.none() : Failure.of(neutral);
        SmallSegments small = new SmallSegments(
                1200,
                Failure.none(),
                Optional.of(handshake(
                        NAME, stands ? Failure.none() : Failure.of(FailureKind.TLS_SILENT), Optional.empty())));
        PointReading point = read(
                silent(WhoAnswered.NOTHING, Optional.empty(), open),
                silent(
                        WhoAnswered.NOTHING,
                        Optional.of(small),
                        open,
                        handshake("www.example.com", control, Optional.empty())));
        assertThat(point.onlySmallPasses()).isEqualTo(only);
        assertThat(point.path().helloArrived()).isEqualTo(arrived);
        // The small handshake is a control: that it stands does not heal the target.
        assertThat(point.symptom()).isEqualTo(Symptom.TLS_SILENT);
        assertThat(point.hard()).isTrue();
    }

    @Test
    void theShortestRoundTripsOfAllTriesAreKept() throws ConfigException {
        PointReading point = read(
                silent(WhoAnswered.NOTHING, Optional.empty(), 0), silent(WhoAnswered.NOTHING, Optional.empty(), 0));
        assertThat(point.path().synRoundTrip()).isEqualTo(Duration.ofMillis(3));
        assertThat(point.path().firstFlight()).isZero();
    }

    private static PointReading read(Attempt... tries) throws ConfigException {
        Catalog catalog = Catalog.load(List.of());
        Target target = catalog.target(new TargetId("courier:5223")).orElseThrow();
        List<Observation> observations = new ArrayList<>();
        for (Attempt attempt : tries) {
            observations.add(new Observation(
                    target.id(),
                    1,
                    observations.size() + 1,
                    AT,
                    Duration.ofSeconds(4),
                    List.of(),
                    List.of(attempt),
                    Duration.ZERO));
        }
        return new Reader(hash -> Optional.empty(), catalog.anchors())
                .read(new AgentId(new SegmentId("wifi"), "wifi-1"), target, observations)
                .points()
                .get(0);
    }

    private static Attempt silent(
            WhoAnswered who, Optional<SmallSegments> small, int unacknowledged, Handshake... others) {
        List<Handshake> handshakes = new ArrayList<>(List.of(others));
        handshakes.add(
                0,
                handshake(
                        NAME, Failure.of(FailureKind.TLS_SILENT), Optional.of(new TcpState(unacknowledged, 0, 1500))));
        return new Attempt(
                "1-courier.push.apple.com",
                Transport.TCP,
                new Endpoint("10.20.20.10", 40000),
                new Endpoint("17.57.144.10", 5223),
                AT,
                Failure.none(),
                Duration.ofMillis(3),
                Duration.ofMillis(3),
                handshakes,
                Optional.empty(),
                who,
                small);
    }

    private static Handshake handshake(String name, Failure failure, Optional<TcpState> state) {
        return new Handshake(
                name,
                List.of("apns-security-v3"),
                List.of(),
                Endpoint.NONE,
                failure,
                Duration.ofMillis(9),
                failure.isNone() ? "TLSv1.3" : "",
                "",
                failure.isNone() ? "apns-security-v3" : "",
                false,
                List.of(),
                Duration.ZERO,
                state,
                Optional.empty());
    }
}
