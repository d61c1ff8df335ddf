package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.store.Fingerprint;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An agent of the site that sends whatever the messages can hold: the others of its round are judged all the same. */
final class JudgeFuzzTest {
    private static final AgentId HOSTILE = new AgentId(new SegmentId("wifi"), "wifi-1");
    private static final AgentId HONEST = new AgentId(new SegmentId("lab"), "lab-1");
    private static final int MOST_ROUNDS = 3;
    private static final int PART = 12;

    @Test
    void batchesOfAHostileAgent() {
        TestPki pki = new TestPki();
        List<Scene.Fault> faults = Stream.of("wifi:drop tcp/5223", "wifi:sinkhole name:mzstatic.com")
                .map(Scene.Fault::parse)
                .toList();
        Scene scene = new Scene(pki, Set.of("wifi", "lab"), faults);
        Map<AgentId, Batch> batches = scene.batches();
        Batch whole = Objects.requireNonNull(batches.get(HOSTILE));
        // Few, so that a judgement is quick: what is tried is how it stands the other's.
        Batch honest = part(Objects.requireNonNull(batches.get(HONEST)), 0);
        SiteJudge judge = scene.judge();
        Fuzz.refusing(
                "batches before the judge",
                samples(whole),
                bytes -> {
                    Batch hostile = BatchCodec.parse(bytes);
                    hostile.observations().forEach(Fingerprint::of);
                    judge.accept(HONEST, honest);
                    judge.accept(HOSTILE, hostile);
                    try {
                        for (long round :
                                judge.rounds().stream().limit(MOST_ROUNDS).toList()) {
                            assertTold(judge.judge(
                                    round, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(30)));
                        }
                    } finally {
                        judge.forgetBefore(Long.MAX_VALUE);
                        judge.rounds();
                    }
                },
                InvalidProtocolBufferException.class,
                WireException.class);
    }

    /** Verdicts are written, so they must be such as can be. */
    private static void assertTold(RoundVerdict verdict) {
        verdict.cells()
                .forEach(cell -> assertThat(VerdictMessages.message(cell).getSerializedSize())
                        .isPositive());
        assertThat(verdict.heard()).isNotNull();
    }

    /** Parts of a real round: a piece of a batch is as good as the whole, and more of it is hit. */
    private static List<byte[]> samples(Batch whole) {
        List<byte[]> samples = new ArrayList<>();
        for (int from = 0; from < whole.observations().size(); from += PART) {
            samples.add(BatchCodec.encode(part(whole, from)).toByteArray());
        }
        return samples;
    }

    private static Batch part(Batch whole, int from) {
        List<Observation> all = whole.observations();
        return new Batch(
                whole.incarnation(),
                whole.sequence(),
                whole.planHash(),
                all.subList(from, Math.min(all.size(), from + PART)),
                whole.summaries(),
                List.of());
    }
}
