package dev.plumbline.deploy.proof;

import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.config.ConfigException;
import dev.plumbline.v1.Exchange;
import dev.plumbline.v1.Handshake;
import dev.plumbline.v1.Observation;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.ObservationCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rounds of an agent as they lie in its spool after an outage: every target of the catalog, every five minutes, by the real spool. */
final class TypicalDay {
    static final Duration ROUND = Duration.ofMinutes(5);

    private static final List<Target> TARGETS = Catalog.builtIn().targets().stream()
            .filter(target -> target.obligation() != Obligation.RETIRED)
            .toList();
    private static final Sha256 CERTIFICATE = Sha256.of(new byte[] {1});

    /**
     * What was written.
     *
     * @param lastSequence of its last batch
     */
    record Written(UUID incarnation, long observations, long lastSequence, long dropped) {}

    private TypicalDay() {}

    static int targets() {
        return TARGETS.size();
    }

    /** Writes rounds that end now. */
    static Written write(Path data, SpoolBounds bounds, int rounds) throws Trouble, InterruptedException {
        try (SqliteSpool spool = SqliteSpool.open(data, bounds, Clock.systemUTC())) {
            Instant end = Instant.now();
            long observations = 0;
            for (int i = 0; i < rounds; i++) {
                Instant at = end.minus(ROUND.multipliedBy(rounds - i));
                long round = Math.floorDiv(at.toEpochMilli(), ROUND.toMillis()) * ROUND.toMillis();
                for (Target target : TARGETS) {
                    spool.append("", ObservationCodec.decode(passed(target, round, at)), List.of());
                    observations++;
                }
                spool.append(summary(round, at));
                awaitWritten(spool, observations);
            }
            return new Written(
                    spool.incarnation(),
                    observations,
                    spool.newestPending(),
                    spool.counts().dropped());
        } catch (ConfigException e) {
            throw new Trouble(data + " cannot be used as a spool", e);
        } catch (WireException e) {
            throw new Trouble("what was made up is no observation", e);
        }
    }

    /** The spool takes what it can: whoever offers more than it writes would lose it. */
    private static void awaitWritten(SqliteSpool spool, long observations) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (spool.counts().spooled() < observations) {
            if (System.nanoTime() > deadline) {
                throw new Trouble("the spool did not write " + observations + " observations: " + spool.counts());
            }
            Thread.sleep(1);
        }
    }

    private static Observation passed(Target target, long round, Instant at) {
        Observation.Builder observation = Facts.observation(target.id().value(), round, at, round);
        observation
                .getAttemptsBuilder(0)
                .setHost(target.host())
                .setConnectFailure(Facts.passed())
                .addHandshakes(Handshake.newBuilder()
                        .setServerName(target.serverName())
                        .addAlpnOffered("h2")
                        .setFailure(Facts.passed())
                        .setElapsedMicros(20_000 + round % 977)
                        .setVersion("TLSv1.3")
                        .setCipherSuite("TLS_AES_128_GCM_SHA256")
                        .setAlpnSelected("h2")
                        .addCertificateSha256(Fields.sha256(CERTIFICATE))
                        .addCertificateSha256(Fields.sha256(CERTIFICATE))
                        .setLocal(Facts.endpoint("127.0.0.1", 40_000)))
                .setExchange(Exchange.newBuilder()
                        .setProtocol("h2")
                        .setFailure(Facts.passed())
                        .setElapsedMicros(9_000)
                        .setStatus(200)
                        .putHeaders("server", "Apple")
                        .putHeaders("content-type", "application/json")
                        .setBodyBytes(512)
                        .setSummary("answered with status 200"));
        return observation.build();
    }

    private static RoundSummary summary(long round, Instant at) {
        return new RoundSummary(
                round,
                "",
                at,
                at.plusSeconds(3),
                TARGETS.stream().map(Target::id).toList(),
                Map.of(),
                new Environment("proof", "linux", "none", List.of(), List.of(), ""),
                "");
    }
}
