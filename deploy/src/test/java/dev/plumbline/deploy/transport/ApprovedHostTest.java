package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.RunningAgent;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A host that waits until somebody decides. */
final class ApprovedHostTest extends EnrollingCampus {
    private void requireApproval() throws Exception {
        Path config = folder.resolve("collector.yaml");
        Files.writeString(
                config,
                Files.readString(config).replace("enrolment: {listen", "enrolment: {approval: required, listen"));
        collector.close();
        startCollector();
    }

    /** The host's key, once it is on its screen. */
    private static String keyShown(StringWriter screen) throws Exception {
        await(() -> screen.toString().contains("Ctrl-C does no harm"));
        return screen.toString()
                .lines()
                .filter(l -> l.startsWith("Its key: "))
                .map(l -> l.substring("Its key: ".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHostWaitsUntilSomebodyApprovesTheKeyThatBothSeeAndOutlivesACollectorThatStartsAnew() throws Exception {
        requireApproval();
        String token = invite();
        StringWriter screen = new StringWriter();
        CompletableFuture<Typed> joining = CompletableFuture.supplyAsync(() -> join(token, "agent", screen));
        String key = keyShown(screen);
        assertThat(plumbline("agents", "--pending").out().replaceAll("\\s+", " "))
                .contains("wifi agent " + key + " 127.0.0.1");
        collector.close();
        startCollector();
        Typed wrong = plumbline("approve", "wifi/agent", "--fingerprint", "0000 0000 0000 0000");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("has the key " + key + ", not the one that was given");
        assertThat(joining).isNotDone();
        Typed approved = plumbline("approve", "wifi/agent", "--fingerprint", key);
        assertThat(approved.exitCode()).as(approved.err()).isZero();
        Typed joined = joining.get(120, TimeUnit.SECONDS);
        assertThat(joined.exitCode()).as(joined.err()).isZero();
        assertThat(screen.toString())
                .contains("This host is spiffe://campus.example/site/campus/segment/wifi/agent/agent");
        assertThat(plumbline("agents", "--pending").out()).contains("No host waits for approval.");
        RunningAgent agent = run("agent", Clock.systemUTC());
        await(agent::isConnected);
    }

    @Test
    void aHostThatIsDeniedStopsWaitingAndSaysWhy() throws Exception {
        requireApproval();
        String token = invite();
        StringWriter screen = new StringWriter();
        CompletableFuture<Typed> joining = CompletableFuture.supplyAsync(() -> join(token, "agent", screen));
        keyShown(screen);
        assertThat(plumbline("deny", "wifi/agent", "--because", "nobody knows it")
                        .exitCode())
                .isZero();
        Typed denied = joining.get(120, TimeUnit.SECONDS);
        assertThat(denied.exitCode()).isEqualTo(2);
        assertThat(denied.err()).contains("refuses: an operator denied this host: nobody knows it");
        assertThat(folder.resolve("agent")).doesNotExist();
        assertThat(audit()).contains("JOIN_PENDING").contains("JOIN_DENIED");
    }
}
