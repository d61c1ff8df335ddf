package dev.plumbline.agent.spool;

import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TtlRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
