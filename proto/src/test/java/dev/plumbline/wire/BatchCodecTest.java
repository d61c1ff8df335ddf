package dev.plumbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.plumbline.v1.Evidence;
import dev.plumbline.v1.RoundSummary;
import dev.plumbline.words.Batch;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.Transport;
import dev.plumbline.words.TtlRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchCodecTest {
    private static final UUID INCARNATION = UUID.fromString("6f1f2c0e-0000-4000-8000-000000000001");

    @Test
    void anyBatchComesBackAsItWas() throws Exception {
        for (long seed = 0; seed < 5_000; seed++) {
            Batch batch = new RandomWords(seed).batch();
            assertThat(BatchCodec.parse(BatchCodec.encode(batch).toByteArray()))
                    .as("seed %d", seed)
                    .isEqualTo(batch);
        }
    }

    @Test
    void skippedTargetsTravelInOrderSoThatTheSameBatchHasTheSameBytes() {
        int several = 0;
        for (long seed = 0; seed < 200; seed++) {
            for (dev.plumbline.v1.RoundSummary summary :
                    BatchCodec.encode(new RandomWords(seed).batch()).getSummariesList()) {
                List<String> ids = summary.getSkippedList().stream()
                        .map(skip -> skip.getTargetId())
                        .toList();
                assertThat(ids).isSorted();
                several += ids.size() > 1 ? 1 : 0;
            }
        }
        assertThat(several).as("summaries with several skipped targets").isPositive();
    }

    @Test
    void garbageIsRefusedAndNeverThrowsAnythingElse() {
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            RandomWords words = new RandomWords(seed);
            if (isRefused(words.bytes(300))) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(19_900);
    }

    @Test
    void aBatchWithDamagedBytesIsReadOrRefused() {
        int refused = 0;
        int read = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            RandomWords words = new RandomWords(seed);
            byte[] bytes = BatchCodec.encode(words.batch()).toByteArray();
            for (int i = 0; i < 4; i++) {
                bytes[words.number(bytes.length)] ^= (byte) (1 << words.number(8));
            }
            if (isRefused(bytes)) {
                refused++;
            } else {
                read++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            incarnation          | incarnation: 3 bytes are no UUID, which has 16
            sequence             | sequence: sequences start at 1 and end at 9223372036854775807
            target               | observations[0].target_id: target id 'Not A Target' must be lower-case letters, digits and . _ : + -, at most 121
            try                  | observations[0].try_number: tries are counted from 1
            time                 | observations[0].started_at: is missing
            nanos                | observations[0].started_at: is no time between the years 1 and 9999
            elapsed              | observations[0].elapsed_micros: 18446744073709551615 is more than 9223372036854775807
            port                 | observations[0].attempts[0].remote.port: 70000 is not between 0 and 65535
            failure              | observations[0].attempts[0].connect_failure: is missing
            transport            | observations[0].lookups[0].transport: is missing
            evidence             | evidence[0].sha256: 2 bytes are no SHA-256, which has 32
            end                  | holds[0].end: is missing
            ttl                  | holds[0].end: no TTL lies between 64 and 300; 1 to 255 is all
            content              | evidence[0].content: evidence 0000000000000000000000000000000000000000000000000000000000000000 has other content than its name says
            """)
    void aWrongFieldIsNamed(String what, String sentence) {
        dev.plumbline.v1.Batch.Builder batch = valid();
        damage(what).accept(batch);
        WireException e = catchThrowableOfType(WireException.class, () -> BatchCodec.decode(batch.build()));
        assertThat(e).hasMessage(sentence);
    }

    @Test
    void aFailureKindOfANewerAgentSurvivesWithItsNumber() throws Exception {
        dev.plumbline.v1.Batch.Builder batch = valid();
        batch.getObservationsBuilder(0)
                .getAttemptsBuilder(0)
                .getConnectFailureBuilder()
                .setKindValue(77)
                .setDetail("new");
        Batch read = BatchCodec.decode(batch.build());
        assertThat(read.observations().get(0).attempts().get(0).connect())
                .isEqualTo(new Failure(FailureKind.UNKNOWN, 77, "new"));
        assertThat(BatchCodec.encode(read)
                        .getObservations(0)
                        .getAttempts(0)
                        .getConnectFailure()
                        .getKindValue())
                .isEqualTo(77);
    }

    @Test
    void aSkipReasonOfANewerAgentSurvivesWithItsNumber() throws Exception {
        RoundSummary summary = RoundSummary.newBuilder()
                .setStartedAt(Timestamp.getDefaultInstance())
                .setEndedAt(Timestamp.getDefaultInstance())
                .setEnvironment(dev.plumbline.v1.Environment.newBuilder().setFit(true))
                .addSkipped(dev.plumbline.v1.Skip.newBuilder().setTargetId("a").setReasonValue(99))
                .build();
        dev.plumbline.words.RoundSummary read = SummaryCodec.decode(summary);
        assertThat(read.skipped()).containsValue(new Skip(SkipReason.UNKNOWN, 99));
        assertThat(SummaryCodec.encode(read)).isEqualTo(summary);
    }

    @Test
    void aTransportOfANewerAgentSurvivesWithItsNumber() throws Exception {
        dev.plumbline.v1.Batch.Builder batch = valid();
        batch.getObservationsBuilder(0).getAttemptsBuilder(0).setTransportValue(99);
        batch.getObservationsBuilder(0).getLookupsBuilder(0).setTransportValue(98);
        Batch read = BatchCodec.decode(batch.build());
        assertThat(read.observations().get(0).attempts().get(0).transport()).hasToString("transport-99");
        dev.plumbline.v1.Observation written = BatchCodec.encode(read).getObservations(0);
        assertThat(written.getAttempts(0).getTransportValue()).isEqualTo(99);
        assertThat(written.getLookups(0).getTransportValue()).isEqualTo(98);
    }

    @Test
    void everyFailureKindOfTheWordsHasItsNumberInTheContract() {
        for (FailureKind kind : FailureKind.values()) {
            dev.plumbline.v1.FailureKind message = dev.plumbline.v1.FailureKind.forNumber(kind.number());
            assertThat(message).as(kind.name()).isNotNull();
            if (kind != FailureKind.UNKNOWN) {
                assertThat(message.name()).isEqualTo("FAILURE_KIND_" + kind.name());
            }
        }
    }

    @Test
    void everySkipReasonAndTransportOfTheWordsHasItsNumberInTheContract() {
        for (SkipReason reason : SkipReason.values()) {
            dev.plumbline.v1.SkipReason message = dev.plumbline.v1.SkipReason.forNumber(reason.number());
            assertThat(message).as(reason.name()).isNotNull();
            if (reason != SkipReason.UNKNOWN) {
                assertThat(message.name()).isEqualTo("SKIP_REASON_" + reason.name());
            }
        }
        assertThat(Transport.TCP.number()).isEqualTo(dev.plumbline.v1.Transport.TRANSPORT_TCP_VALUE);
        assertThat(Transport.UDP.number()).isEqualTo(dev.plumbline.v1.Transport.TRANSPORT_UDP_VALUE);
    }

    @Test
    void theEndOfAHoldOfANewerAgentSurvivesWithItsNumber() throws Exception {
        Batch read = BatchCodec.decode(valid().addHolds(dev.plumbline.v1.Hold.newBuilder()
                        .setTargetId("courier:5223")
                        .setOpenedAt(Timestamp.getDefaultInstance())
                        .setEndValue(77)
                        .setAnswered(true))
                .build());
        assertThat(read.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.end()).isEqualTo(HoldEnd.UNKNOWN);
            assertThat(hold.endNumber()).isEqualTo(77);
            assertThat(hold.endTtl()).isEqualTo(TtlRange.ANY);
        });
        assertThat(BatchCodec.encode(read).getHolds(0).getEndValue()).isEqualTo(77);
    }

    @Test
    void everyEndAndPeerOfAHoldHasItsNumberInTheContract() {
        for (HoldEnd end : HoldEnd.values()) {
            String name = end == HoldEnd.UNKNOWN ? "UNSPECIFIED" : end.name();
            assertThat(dev.plumbline.v1.HoldEnd.forNumber(end.number())).hasToString("HOLD_END_" + name);
        }
        for (HoldPeer peer : HoldPeer.values()) {
            String name = peer == HoldPeer.UNKNOWN ? "UNSPECIFIED" : peer.name();
            assertThat(dev.plumbline.v1.HoldPeer.forNumber(peer.number())).hasToString("HOLD_PEER_" + name);
        }
    }

    @Test
    void everyQuestionAndAnswerOfAnEchoHasItsNumberInTheContract() {
        for (EchoAsk ask : EchoAsk.values()) {
            String name = ask == EchoAsk.UNKNOWN ? "UNSPECIFIED" : ask.name();
            assertThat(dev.plumbline.v1.EchoAsk.forNumber(ask.number())).hasToString("ECHO_ASK_" + name);
        }
        for (EchoAnswer answer : EchoAnswer.values()) {
            String name = answer == EchoAnswer.UNKNOWN ? "UNSPECIFIED" : answer.name();
            assertThat(dev.plumbline.v1.EchoAnswer.forNumber(answer.number())).hasToString("ECHO_ANSWER_" + name);
        }
    }

    @Test
    void spansAndTimesBeyondTheContractAreClippedNotThrown() {
        assertThat(Fields.micros(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Fields.micros(Duration.ofSeconds(-1))).isZero();
        assertThat(Fields.timestamp(Instant.MAX).getSeconds()).isEqualTo(253_402_300_799L);
    }

    private static dev.plumbline.v1.Batch.Builder valid() {
        Timestamp time = Timestamp.newBuilder().setSeconds(1_700_000_000).build();
        dev.plumbline.v1.Failure none =
                dev.plumbline.v1.Failure.newBuilder().setKindValue(1).build();
        return dev.plumbline.v1.Batch.newBuilder()
                .setIncarnation(Fields.uuid(INCARNATION))
                .setSequence(1)
                .addObservations(dev.plumbline.v1.Observation.newBuilder()
                        .setTargetId("a")
                        .setTryNumber(1)
                        .setStartedAt(time)
                        .addLookups(dev.plumbline.v1.Lookup.newBuilder()
                                .setTransportValue(2)
                                .setStartedAt(time)
                                .setFailure(none))
                        .addAttempts(dev.plumbline.v1.Attempt.newBuilder()
                                .setTransportValue(1)
                                .setStartedAt(time)
                                .setConnectFailure(none)));
    }

    private static Consumer<dev.plumbline.v1.Batch.Builder> damage(String what) {
        return switch (what) {
            case "incarnation" -> b -> b.setIncarnation(ByteString.copyFrom(new byte[3]));
            case "sequence" -> b -> b.setSequence(0);
            case "target" -> b -> b.getObservationsBuilder(0).setTargetId("Not A Target");
            case "try" -> b -> b.getObservationsBuilder(0).setTryNumber(0);
            case "time" -> b -> b.getObservationsBuilder(0).clearStartedAt();
            case "nanos" ->
                b -> b.getObservationsBuilder(0).getStartedAtBuilder().setNanos(-1);
            case "elapsed" -> b -> b.getObservationsBuilder(0).setElapsedMicros(-1);
            case "port" ->
                b -> b.getObservationsBuilder(0)
                        .getAttemptsBuilder(0)
                        .getRemoteBuilder()
                        .setPort(70000);
            case "failure" ->
                b -> b.getObservationsBuilder(0).getAttemptsBuilder(0).clearConnectFailure();
            case "transport" ->
                b -> b.getObservationsBuilder(0).getLookupsBuilder(0).clearTransport();
            case "evidence" -> b -> b.addEvidence(Evidence.newBuilder().setSha256(ByteString.copyFrom(new byte[2])));
            case "content" -> b -> b.addEvidence(Evidence.newBuilder().setSha256(ByteString.copyFrom(new byte[32])));
            case "end" -> b -> b.addHolds(dev.plumbline.v1.Hold.newBuilder().setTargetId("a"));
            case "ttl" ->
                b -> b.addHoldsBuilder()
                        .setTargetId("a")
                        .setOpenedAt(Timestamp.getDefaultInstance())
                        .setEndValue(3)
                        .setEndTtlLeast(64)
                        .setEndTtlMost(300);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            BatchCodec.parse(bytes);
            return false;
        } catch (InvalidProtocolBufferException | WireException e) {
            return e.getMessage() != null;
        }
    }
}
