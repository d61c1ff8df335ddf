package dev.plumbline.collector;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words of facts and verdicts for tests. */
public final class Samples {
    public static final SegmentId WIFI = new SegmentId("wifi");
    public static final SegmentId SRV = new SegmentId("srv");
    public static final AgentId WIFI_A = new AgentId(WIFI, "a");
    public static final AgentId SRV_A = new AgentId(SRV, "a");
    public static final TargetId COURIER = new TargetId("courier:5223");
    public static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    public static final Basis BASIS = new Basis("1.0", Sha256.of(new byte[] {1}));

    private Samples() {}

    public static Observation observation(TargetId target, long round, int tryNumber) {
        return new Observation(
                target,
                round,
                tryNumber,
                Instant.ofEpochMilli(round).plusMillis(tryNumber),
                Duration.ofMillis(20),
                List.of(),
                List.of(),
                Duration.ZERO);
    }

    public static RoundSummary summary(long round, String unfitReason) {
        return new RoundSummary(
                round,
                "",
                Instant.ofEpochMilli(round),
                Instant.ofEpochMilli(round).plusSeconds(2),
                List.of(COURIER),
                Map.of(),
                new Environment("1.0", "linux", "boringssl", List.of(), List.of(), unfitReason),
                "");
    }

    /** A batch of an agent of the campus, as the collector's journal keeps it. */
    public static JournalRecord journalled(AgentId agent, Instant receivedAt, Batch batch) {
        return new JournalRecord(
                SpiffeId.agent("campus.example", "campus", agent.segment(), agent.name())
                        .toString(),
                agent.segment(),
                batch.incarnation(),
                batch.sequence(),
                receivedAt,
                Bytes.of(BatchCodec.encode(batch).toByteArray()));
    }

    public static Finding drop(SegmentId segment) {
        return finding(Place.of(segment), Mechanism.TCP_DROP, "tcp/5223");
    }

    public static Finding finding(Place place, Mechanism mechanism, String scope) {
        return new Finding(
                place,
                mechanism,
                Scope.parse(scope),
                List.of(COURIER),
                List.of(new Witness(
                        WIFI,
                        "a",
                        COURIER,
                        Transport.TCP,
                        Endpoint.NONE,
                        new Endpoint("2620:149:a44::5", 5223),
                        T0.plusMillis(1_234),
                        "no answer to SYN in 4 s")),
                place + ": connection attempts are silently dropped (" + scope + ").",
                "Permit tcp/5223 from the segment to 17.0.0.0/8.");
    }

    public static Cell cell(SegmentId segment, TargetId target, State state, long round) {
        return new Cell(
                segment,
                target,
                true,
                state,
                "because of " + state,
                false,
                round,
                Instant.ofEpochMilli(round).plusMillis(7),
                List.of("17.57.144.10", "2620:149:a44::5"),
                Duration.ofNanos(12_345_000),
                List.of("first", "second"),
                List.of(new RuleTrace("tcp.drop", true, "other ports pass")));
    }

    public static Requirement requirement(SegmentId segment, String id, Requirement.Verdict verdict) {
        return new Requirement(segment, id, verdict, "as was seen", Requirement.Verdict.MET);
    }

    public static RoundVerdict verdict(
            long round,
            Set<SegmentId> heard,
            List<Cell> cells,
            List<Finding> findings,
            List<Requirement> requirements) {
        return new RoundVerdict(
                round, Instant.ofEpochMilli(round).plusSeconds(3), heard, cells, findings, List.of(), requirements);
    }
}
