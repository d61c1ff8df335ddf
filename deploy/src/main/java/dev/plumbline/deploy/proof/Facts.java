package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Answer;
import dev.plumbline.v1.Attempt;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.Endpoint;
import dev.plumbline.v1.Environment;
import dev.plumbline.v1.Failure;
import dev.plumbline.v1.FailureKind;
import dev.plumbline.v1.Lookup;
import dev.plumbline.v1.Observation;
import dev.plumbline.v1.RoundSummary;
import dev.plumbline.v1.Transport;
import dev.plumbline.wire.Fields;
import java.time.Instant;
import java.util.List;

/** Facts that an agent might have seen: connections to couriers that were reset, each with a number by which it is known again. */
final class Facts {
    private static final List<String> TARGETS = List.of("courier:5223", "courier:443", "gdmf.apple.com:443");

    private Facts() {}

    /** The slot of the clock that the site's round has now. */
    static long round(Instant now) {
        long millis = Site.ROUND.toMillis();
        return Math.floorDiv(now.toEpochMilli(), millis) * millis;
    }

    /** @param number goes into a detail, so that no two batches are equal */
    static Batch.Builder batch(long number, int observations) {
        Instant now = Instant.now();
        Batch.Builder batch = Batch.newBuilder();
        for (int i = 0; i < observations; i++) {
            batch.addObservations(observation(TARGETS.get(i % TARGETS.size()), round(now), now, number));
        }
        return batch;
    }

    static Observation.Builder observation(String target, long round, Instant at, long number) {
        Endpoint local = endpoint("127.0.0.1", 40_000);
        return Observation.newBuilder()
                .setTargetId(target)
                .setRound(round)
                .setTryNumber(1)
                .setStartedAt(Fields.timestamp(at))
                .setElapsedMicros(2_000)
                .addLookups(Lookup.newBuilder()
                        .setName("1-courier.push.apple.com")
                        .setType("A")
                        .setResolver(endpoint("127.0.0.1", 53))
                        .setTransport(Transport.TRANSPORT_UDP)
                        .setStartedAt(Fields.timestamp(at))
                        .setElapsedMicros(400)
                        .setFailure(passed())
                        .addAnswers(Answer.newBuilder().setData("17.57.146.20").setTtlSeconds(60))
                        .setSends(1))
                .addAttempts(Attempt.newBuilder()
                        .setHost("1-courier.push.apple.com")
                        .setTransport(Transport.TRANSPORT_TCP)
                        .setLocal(local)
                        .setRemote(endpoint("17.57.146.20", 5223))
                        .setStartedAt(Fields.timestamp(at))
                        .setConnectFailure(Failure.newBuilder()
                                .setKind(FailureKind.FAILURE_KIND_CONNECT_RESET)
                                .setDetail("proof " + number))
                        .setConnectMicros(1_000));
    }

    static RoundSummary.Builder summary(long round, Instant at) {
        return RoundSummary.newBuilder()
                .setRound(round)
                .setStartedAt(Fields.timestamp(at))
                .setEndedAt(Fields.timestamp(at.plusMillis(500)))
                .addAllProbedTargetIds(TARGETS)
                .setEnvironment(Environment.newBuilder()
                        .setAgentVersion("proof")
                        .setPlatform("linux")
                        .setTlsEngine("none")
                        .setFit(true));
    }

    static Endpoint endpoint(String address, int port) {
        return Endpoint.newBuilder().setAddress(address).setPort(port).build();
    }

    static Failure passed() {
        return Failure.newBuilder().setKind(FailureKind.FAILURE_KIND_NONE).build();
    }
}
