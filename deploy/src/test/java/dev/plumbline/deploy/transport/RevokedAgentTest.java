package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.RunningAgent;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.words.SegmentId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Agents that are cut off, and a key that two hosts have. */
final class RevokedAgentTest extends EnrollingCampus {
    @Test
    void aRevokedAgentsStreamEndsAtOnceAndItCannotComeBackEvenToACollectorThatStartsAnew() throws Exception {
        join(invite(), "agent");
        RunningAgent agent = run("agent", Clock.systemUTC());
        await(agent::isConnected);
        Typed revoked = plumbline("revoke", "wifi/agent", "--because", "stolen laptop");
        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        assertThat(revoked.out()).contains("connections ended: 1");
        await(() -> !agent.isConnected() && agent.state().contains("no connection"));
        long acked = agent.spool().counts().acked();
        collector.close();
        startCollector();
        await(() -> plumbline("agents").exitCode() == 0);
        // Several of its tries must have been refused by now.
        await(() -> agent.spool().counts().pending() > 50);
        assertThat(agent.isConnected()).isFalse();
        assertThat(agent.spool().counts().acked()).isEqualTo(acked);
        assertThat(agentsTable()).contains("REVOKED").contains("stolen laptop");
        assertThat(audit()).contains("AGENT_REVOKED");
    }

    @Test
    void aCopiedKeyIsShownTwiceAndNobodyIsCutOffUntilSomebodyDecides() throws Exception {
        join(invite(), "agent");
        Path clone = Files.createDirectory(folder.resolve("clone"));
        for (String name : names("agent")) {
            Files.copy(folder.resolve("agent").resolve(name), clone.resolve(name));
        }
        RunningAgent first = run("agent", Clock.systemUTC());
        await(first::isConnected);
        RunningAgent second = run("clone", Clock.systemUTC());
        await(second::isConnected);
        await(() ->
                first.spool().counts().acked() > 5 && second.spool().counts().acked() > 5);
        assertThat(first.isConnected()).isTrue();
        await(() -> agentsTable().contains("CLONED: one key on several hosts"));
        assertThat(plumbline("agents", "--json").out())
                .contains("\"cloned\" : true")
                .contains(first.spool().incarnation().toString())
                .contains(second.spool().incarnation().toString());
        assertThat(audit()).contains("SECOND_STREAM");
        assertThat(plumbline("revoke", "agent").out()).contains("connections ended: 2");
        await(() -> !first.isConnected() && !second.isConnected());
    }

    @Test
    void anAgentWhoseCertificateWasIssuedByHandIsListedOnceItWasSeenAndCanBeRevoked() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .issue(new SegmentId("wifi"), "by-hand", folder.resolve("hand"), Instant.now());
        Files.writeString(
                folder.resolve("hand/agent.yaml"),
                "collector: 127.0.0.1:" + collector.port()
                        + "\nidentity: {certificate: agent.pem, key: agent.key, trust: ca.pem}\n");
        RunningAgent agent = run("hand", Clock.systemUTC());
        await(agent::isConnected);
        await(() -> plumbline("agents").out().contains("by-hand"));
        assertThat(plumbline("revoke", "by-hand").out()).contains("connections ended: 1");
        await(() -> !agent.isConnected());
    }

    @Test
    void anAgentThatWasNeverSeenIsRevokedOnlyWhenThatIsMeant() throws Exception {
        assertThat(join(invite(), "agent").exitCode()).isZero();
        Typed mistyped = plumbline("revoke", "wifi/agnet");
        assertThat(mistyped.exitCode()).isEqualTo(2);
        assertThat(mistyped.err())
                .contains(
                        "nothing is revoked: wifi/agnet was never given a certificate nor seen; see plumbline agents, or"
                                + " give --unseen");
        assertThat(mistyped.out()).isEmpty();
        assertThat(audit()).doesNotContain("AGENT_REVOKED");
        assertThat(agentsTable()).doesNotContain("agnet");
        Typed meant = plumbline("revoke", "wifi/agnet", "--unseen");
        assertThat(meant.exitCode()).as(meant.err()).isZero();
        assertThat(meant.out()).contains("/segment/wifi/agent/agnet is revoked since ");
        // It is known from now on, and asked again it changes nothing.
        assertThat(plumbline("revoke", "wifi/agnet").exitCode()).isZero();
        assertThat(audit().lines().filter(l -> l.contains("AGENT_REVOKED"))).hasSize(1);
        // One that joined is known, even if it never connected.
        assertThat(plumbline("revoke", "wifi/agent").exitCode()).isZero();
    }
}
