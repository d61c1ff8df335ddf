package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.ingest.Caller;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which agents are missed, and whose certificate ends. */
final class EnrolmentMetricsTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final SiteAuthority AUTHORITY = SiteAuthority.create("campus.example", "campus", NOW);

    @TempDir
    Path folder;

    private final List<ConnectedAgent> connected = new ArrayList<>();
    private EnrolmentFile file;

    @BeforeEach
    void open() throws Exception {
        file = EnrolmentFile.open(folder.resolve("enrolment.db"));
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void anAgentThatRenewedOnItsStreamHasTheCertificateThatItWasGiven() throws Exception {
        ConnectedAgent stream = connect("a", NOW);
        Instant renewed = stream.caller().certificateEnds().plus(Duration.ofDays(5));
        know("a", renewed, false);
        assertThat(told()).contains(ends(renewed)).contains(expected(1));
    }

    @Test
    void theFirstEndOfThoseThatAreConnectedIsTold() throws Exception {
        Instant soon = NOW.plus(Duration.ofHours(5));
        connect("a", NOW);
        connect("b", NOW);
        know("a", NOW.plus(Duration.ofDays(6)), false);
        know("b", soon, false);
        know("gone", NOW.plus(Duration.ofHours(1)), false);
        assertThat(told()).contains(ends(soon)).contains(expected(3));
    }

    @Test
    void oneThatIsGoneIsMissedAlsoWhenItsCertificateHasEndedUntilItIsRevoked() throws Exception {
        connect("a", NOW);
        know("a", NOW.plus(Duration.ofDays(6)), false);
        know("dead", NOW.minus(Duration.ofDays(30)), false);
        assertThat(told()).contains(expected(2));
        know("dead", NOW.minus(Duration.ofDays(30)), true);
        assertThat(told()).contains(expected(1));
    }

    @Test
    void ofASegmentWhereNobodyIsConnectedNoCertificateIsTold() throws Exception {
        know("a", NOW.plus(Duration.ofDays(6)), false);
        assertThat(told()).contains(expected(1)).doesNotContain("certificate_expiry");
    }

    private ConnectedAgent connect(String name, Instant issued) {
        Issued identity = AUTHORITY.agent(WIFI, name, issued);
        ConnectedAgent agent = new ConnectedAgent(
                new Caller(SpiffeId.of(identity.certificate()), identity.certificate(), "192.0.2.7", Clock.systemUTC()),
                WIFI,
                new UUID(4, 2),
                "test",
                NOW,
                NOW,
                Duration.ZERO,
                "",
                Losses.NONE);
        connected.add(agent);
        return agent;
    }

    private void know(String name, Instant ends, boolean isRevoked) throws Exception {
        KnownAgent agent = new KnownAgent(
                SpiffeId.agent("campus.example", "campus", WIFI, name),
                NOW,
                Optional.of(ends),
                isRevoked ? Optional.of(new KnownAgent.Revocation("operator", NOW, "gone")) : Optional.empty());
        file.change(records -> {
            records.save(agent);
            return agent;
        });
    }

    private String told() {
        EnrolmentMetrics source = new EnrolmentMetrics(file, () -> connected, () -> EnrollingCollector.SITE);
        try (ProgramMetrics metrics = new ProgramMetrics("test", "1", List.of(source))) {
            return new String(metrics.page("").body(), StandardCharsets.UTF_8);
        }
    }

    private static String expected(int agents) {
        return "plumbline_agents_expected{segment=\"wifi\"} " + (double) agents + "\n";
    }

    private static String ends(Instant at) {
        return "plumbline_agents_certificate_expiry_timestamp_seconds{segment=\"wifi\"} " + (double) at.getEpochSecond()
                + "\n";
    }
}
