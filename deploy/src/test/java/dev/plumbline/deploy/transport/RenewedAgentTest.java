package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.RunningAgent;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.enrol.InitCommand;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** An agent's certificate while days pass, under the site's own authority and under an organisation's. */
final class RenewedAgentTest extends EnrollingCampus {
    @Test
    void aCertificateIsRenewedAtTwoThirdsOfItsLifeAndTheNextConnectionUsesIt() throws Exception {
        join(invite(), "agent");
        TlsMaterial first = load("agent");
        SetClock clock = SetClock.running();
        RunningAgent agent = run("agent", clock);
        await(() -> agent.isConnected() && agent.spool().counts().acked() > 0);
        assertThat(load("agent")).isEqualTo(first);
        clock.advance(Duration.ofDays(5));
        await(() -> !load("agent").equals(first));
        TlsMaterial second = load("agent");
        assertThat(second.identity()).isEqualTo(first.identity());
        assertThat(second.chain().get(0).getPublicKey())
                .isNotEqualTo(first.chain().get(0).getPublicKey());
        assertThat(names("agent")).doesNotContain("identity.pem.new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("agent/identity.pem"))))
                .isEqualTo("rw-------");
        // The clock stands still ahead of it: it is not renewed again and again.
        long renewals = renewals();
        long acked = agent.spool().counts().acked();
        await(() -> agent.spool().counts().acked() > acked + 100);
        assertThat(renewals()).isEqualTo(renewals).isEqualTo(1);
        collector.close();
        startCollector();
        await(agent::isConnected);
        long afterwards = agent.spool().counts().acked();
        await(() -> agent.spool().counts().acked() > afterwards);
    }

    @Test
    void aRenewalThatFailsIsTriedAgainAndTheOldCertificateServesMeanwhile() throws Exception {
        join(invite(), "agent");
        TlsMaterial first = load("agent");
        Path config = folder.resolve("collector.yaml");
        String whole = Files.readString(config);
        Files.writeString(config, whole.replaceAll("(?m)^enrolment:.*\\n", ""));
        collector.close();
        startCollector();
        SetClock clock = SetClock.running();
        clock.advance(Duration.ofDays(5));
        RunningAgent agent = run("agent", clock);
        await(() -> agent.spool().counts().acked() > 300);
        assertThat(agent.isConnected()).isTrue();
        assertThat(load("agent")).isEqualTo(first);
        assertThat(plumbline("invite", "--segment", "wifi").err()).contains("this collector enrols nobody");
        Files.writeString(config, whole);
        collector.close();
        startCollector();
        await(agent::isConnected);
        clock.advance(Duration.ofHours(2));
        await(() -> !load("agent").equals(first));
        assertThat(renewals()).isEqualTo(1);
    }

    private long renewals() {
        return audit().lines().filter(l -> l.contains("RENEWED")).count();
    }

    /** A root and an authority that it issued, as an organisation's own tools make them. */
    private void organisation() throws Exception {
        Path store = folder.resolve("organisation.p12");
        String root = "-genkeypair -alias root -keyalg EC -groupname secp256r1 -dname CN=Root -ext bc:critical=ca:true";
        keytool(store, root + " -ext ku:critical=keyCertSign");
        keytool(store, "-genkeypair -alias site -keyalg EC -groupname secp256r1 -dname CN=Site");
        Path request = folder.resolve("site.csr");
        keytool(store, "-certreq -alias site -file " + request);
        Path issued = folder.resolve("site.pem");
        keytool(
                store,
                "-gencert -alias root -rfc -infile " + request + " -outfile " + issued
                        + " -ext bc:critical=ca:true,pathlen:0 -ext ku:critical=keyCertSign,cRLSign");
        KeyStore made = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Files.writeString(
                folder.resolve("chain.pem"),
                Files.readString(issued) + Pem.certificate((X509Certificate) made.getCertificate("root")));
        Files.writeString(
                folder.resolve("site.key"), Pem.key((PrivateKey) made.getKey("site", "changeit".toCharArray())));
    }

    private static void keytool(Path store, String words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", "changeit", "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aHostJoinsUnderAnAuthorityOfTheOrganisationsTrustsItsRootAndIsRenewed() throws Exception {
        organisation();
        int made = new CommandLine(new InitCommand())
                .execute(
                        "--dir",
                        folder.resolve("brought").toString(),
                        "--site",
                        "campus",
                        "--domain",
                        "campus.example",
                        "--address",
                        "127.0.0.1",
                        "--authority",
                        folder.resolve("chain.pem").toString(),
                        "--authority-key",
                        folder.resolve("site.key").toString());
        assertThat(made).isZero();
        Path config = folder.resolve("collector.yaml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "{certificate: pki/ca.pem, key: pki/ca.key}", "{certificate: chain.pem, key: site.key}")
                        .replace("pki/", "brought/")
                        .replace("data: data", "data: other\npeople: {listen: '127.0.0.1:0'}"));
        Path client = folder.resolve("client.yaml");
        Files.writeString(client, Files.readString(client).replace("pki/", "brought/"));
        collector.close();
        startCollector();
        Typed joined = join(invite(), "agent");
        assertThat(joined.exitCode()).as(joined.err()).isZero();
        TlsMaterial first = load("agent");
        assertThat(first.chain()).hasSize(2);
        assertThat(first.trust().get(0).getSubjectX500Principal().getName()).isEqualTo("CN=Root");
        SetClock clock = SetClock.running();
        RunningAgent agent = run("agent", clock);
        await(() -> agent.isConnected() && agent.spool().counts().acked() > 0);
        clock.advance(Duration.ofDays(5));
        await(() -> !load("agent").equals(first));
        assertThat(load("agent").chain()).hasSize(2);
        Typed asked = plumbline(
                "agents",
                "--collector",
                "127.0.0.1:" + collector.peoplePort().orElseThrow(),
                "--token",
                folder.resolve("brought/administrator.token").toString(),
                "--trust",
                folder.resolve("brought/ca.pem").toString());
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("connected from 127.0.0.1 since");
    }
}
