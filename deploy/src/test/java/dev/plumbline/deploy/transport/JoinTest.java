package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.agent.RunningAgent;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A host joins, once, and goes on where it was cut short. */
final class JoinTest extends EnrollingCampus {
    @Test
    void aCollectorOfSeveralAddressesIsJoinedAndReachedByTheOneThatAnswers() throws Exception {
        collector.close();
        Path file = folder.resolve("collector.yaml");
        Files.writeString(
                file,
                Files.readString(file).replace("enrolment: {", "enrolment: {addresses: [127.0.0.9, 127.0.0.1], "));
        startCollector();
        Typed joined = join(invite(), "agent");
        assertThat(joined.exitCode()).as(joined.err()).isZero();
        assertThat(Files.readString(folder.resolve("agent/agent.yaml")))
                .containsPattern("collector: \\[\"127\\.0\\.0\\.9:\\d+\", \"127\\.0\\.0\\.1:\\d+\"]");
        RunningAgent agent = run("agent", Clock.systemUTC());
        await(() -> agent.spool().counts().acked() > 5);
        assertThat(agent.state()).startsWith("connected to collector 127.0.0.1:");
    }

    @Test
    void aHostThatJoinsStreamsABatchAndRunsFromTheFolderThatWasMade() throws Exception {
        Typed joined = join(invite(), "agent");
        assertThat(joined.exitCode()).as(joined.err()).isZero();
        assertThat(joined.out())
                .contains(
                        "This host is spiffe://campus.example/site/campus/segment/wifi/agent/agent, certificate until ")
                .contains("plumbline-agent run --config " + folder.resolve("agent/agent.yaml"));
        assertThat(names("agent")).containsExactly("agent.yaml", "ca.pem", "identity.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("agent/identity.pem"))))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("agent.joining")).doesNotExist();
        RunningAgent agent = run("agent", Clock.systemUTC());
        await(() -> agent.spool().counts().acked() > 5);
        assertThat(agentsTable()).contains("wifi").contains("connected from 127.0.0.1 since ");
    }

    @Test
    void aSecondJoinSaysWhatIsThereAndAsksNobody() throws Exception {
        String token = invite();
        join(token, "agent");
        byte[] before = Files.readAllBytes(folder.resolve("agent/identity.pem"));
        collector.close();
        Typed again = join(token, "agent");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).startsWith("Nothing was asked: this host is already spiffe://campus.example/");
        assertThat(Files.readAllBytes(folder.resolve("agent/identity.pem"))).isEqualTo(before);
    }

    @Test
    void programsAreToldTheSameAsPeople() throws Exception {
        Typed joined = join(invite(), "agent", new StringWriter(), "--json");
        assertThat(joined.exitCode()).as(joined.err()).isZero();
        JsonNode told = new ObjectMapper().readTree(joined.out());
        Path identity = folder.resolve("agent/identity.pem");
        TlsMaterial own = new TlsFiles(identity, identity, folder.resolve("agent/ca.pem")).load(Instant.now());
        assertThat(told.get("identity").asText()).isEqualTo(own.identity().toString());
        assertThat(Instant.parse(told.get("certificateEndsAt").asText()))
                .isEqualTo(own.chain().get(0).getNotAfter().toInstant());
        assertThat(Path.of(told.get("configuration").asText())).isRegularFile();
        assertThat(told.get("new").asBoolean()).isTrue();
    }

    /** It was off for longer than its certificate lives; what it measured lies in its folder. */
    @Test
    void anAgentWhoseCertificateEndedComesBackIntoItsFolder() throws Exception {
        join(invite(), "agent");
        Issued ended = SiteAuthority.create("campus.example", "campus", Instant.now())
                .agent(new SegmentId("wifi"), "agent", Instant.now().minus(Duration.ofDays(3_000)));
        Path identity = folder.resolve("agent/identity.pem");
        Files.writeString(identity, Pem.key(ended.key()) + Pem.certificate(ended.certificate()));
        Path measured = Files.createDirectories(folder.resolve("agent/data")).resolve("spool.db");
        Files.writeString(measured, "not delivered yet");
        Typed another = join(invite(), "agent");
        assertThat(another.exitCode()).isEqualTo(2);
        Typed invited = plumbline("invite", "--segment", "wifi", "--agent", "agent");
        Typed joined = join(invited.out().strip(), "agent");
        assertThat(joined.exitCode()).as(joined.err()).isZero();
        assertThat(joined.out())
                .startsWith("This host is spiffe://campus.example/site/campus/segment/wifi/agent/agent");
        assertThat(new TlsFiles(identity, identity, folder.resolve("agent/ca.pem"))
                        .load(Instant.now())
                        .identity()
                        .name())
                .isEqualTo("agent");
        assertThat(measured).hasContent("not delivered yet");
        assertThat(folder.resolve("agent.joining")).doesNotExist();
    }

    @Test
    void aTokenThatWasUsedMakesNoSecondAgent() throws Exception {
        String token = invite();
        join(token, "first");
        Typed second = join(token, "second");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("refuses: this token opens nothing");
        assertThat(folder.resolve("second")).doesNotExist();
    }

    @Test
    void aJoinThatWasCutShortAfterTheTokenWasSpentGoesOnWithTheSameToken() throws Exception {
        String token = invite();
        // The configuration cannot be written, and by then the token is spent and the certificate lost.
        Path obstacle = Files.createDirectories(folder.resolve("agent.joining/agent.yaml/full"));
        Typed cut = join(token, "agent");
        assertThat(cut.exitCode()).isEqualTo(2);
        assertThat(cut.err()).contains(folder.resolve("agent") + ": cannot be made");
        assertThat(folder.resolve("agent")).doesNotExist();
        assertThat(audit()).contains("JOINED ").doesNotContain("JOINED_AGAIN");
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        collector.close();
        startCollector();
        assertThat(join(token, "elsewhere").exitCode()).as("another host's key").isEqualTo(2);
        Typed again = join(token, "agent");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(audit()).contains("JOINED_AGAIN");
        assertThat(names("agent")).containsExactly("agent.yaml", "ca.pem", "identity.pem");
        RunningAgent agent = run("agent", Clock.systemUTC());
        await(agent::isConnected);
    }
}
