package dev.plumbline.agent.spool;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.TtlRange;
import dev.plumbline.words.WhoAnswered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts for tests. */
public final class Facts {
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

    private Facts() {}

    public static Observation observation(int number) {
        return new Observation(
                new TargetId("t" + number), 1, 1, AT, Duration.ofMillis(5), List.of(), List.of(), Duration.ZERO);
    }

    public static RoundSummary summary(String plan, String demand) {
        return summary(plan, 1, demand, List.of());
    }

    public static RoundSummary summary(String plan, long round, String demand, List<TargetId> probed) {
        Environment environment = new Environment("1", "test", "none", List.of(), List.of(), "");
        return new RoundSummary(round, plan, AT, AT, probed, Map.of(), environment, demand);
    }

    /** An attempt that went as said, under this certificate. */
    static Observation attempt(String target, long round, FailureKind connect, String certificate) {
        Attempt attempt = new Attempt(
                "host",
                Transport.TCP,
                Endpoint.NONE,
                new Endpoint("192.0.2.1", 443),
                AT,
                connect == FailureKind.NONE ? Failure.none() : Failure.of(connect),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                certificate.isEmpty() ? List.of() : List.of(handshake(certificate)),
                Optional.empty(),
                WhoAnswered.NOTHING);
        return new Observation(
                new TargetId(target), round, 1, AT, Duration.ofMillis(5), List.of(), List.of(attempt), Duration.ZERO);
    }

    private static Handshake handshake(String certificate) {
        return new Handshake(
                "host",
                List.of(),
                List.of(),
                Endpoint.NONE,
                Failure.none(),
                Duration.ofMillis(1),
                "TLSv1.3",
                "",
                "",
                false,
                List.of(Evidence.x509(certificate.getBytes(StandardCharsets.UTF_8))
                        .hash()));
    }

    static Hold hold() {
        return new Hold(
                new TargetId("courier:5223"),
                HoldPeer.COURIER,
                "1-courier.push.apple.com",
                Endpoint.NONE,
                new Endpoint("17.57.144.10", 5223),
                Instant.EPOCH,
                Duration.ofSeconds(60),
                Duration.ofSeconds(25),
                HoldEnd.RESET,
                HoldEnd.RESET.number(),
                false,
                TtlRange.ANY,
                "");
    }
}
