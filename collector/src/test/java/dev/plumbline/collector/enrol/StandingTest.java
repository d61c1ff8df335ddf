package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.enrol.AgentRegister.Standing;
import dev.plumbline.collector.ingest.Caller;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two streams of one identity: a key on two hosts, or a host that moved. */
final class StandingTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Caller CALLER = caller();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # first began, last heard, second began, last heard, cloned
            0,             300,        200,          310,        true
            0,             190,        200,          310,        false
            0,             0,          200,          200,        false
            200,           200,        0,            600,        true
            """)
    void aStreamThatWasNotHeardSinceAnotherBeganIsNoClone(
            long began, long heard, long otherBegan, long otherHeard, boolean isCloned) {
        KnownAgent agent = new KnownAgent(CALLER.identity(), T0, Optional.empty(), Optional.empty());
        assertThat(new Standing(agent, List.of(stream(began, heard), stream(otherBegan, otherHeard))).isCloned())
                .isEqualTo(isCloned);
        assertThat(new Standing(agent, List.of(stream(began, heard))).isCloned())
                .isFalse();
        assertThat(new Standing(agent, List.of()).isCloned()).isFalse();
    }

    private static ConnectedAgent stream(long began, long heard) {
        return new ConnectedAgent(
                CALLER,
                WIFI,
                new UUID(4, began),
                "test",
                T0.plusSeconds(began),
                T0.plusSeconds(heard),
                Duration.ZERO,
                "",
                Losses.NONE);
    }

    private static Caller caller() {
        Issued issued =
                SiteAuthority.create("campus.example", "campus", Instant.now()).agent(WIFI, "a", Instant.now());
        return new Caller(SpiffeId.of(issued.certificate()), issued.certificate(), "192.0.2.7", Clock.systemUTC());
    }
}
