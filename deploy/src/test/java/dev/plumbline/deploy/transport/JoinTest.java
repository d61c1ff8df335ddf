package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.agent.AgentConfig;
import dev.plumbline.agent.RunningAgent;
import dev.plumbline.agent.enrol.JoinCommand;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.enrol.InitCommand;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.deploy.launcher.Plumbline;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.loopback.HeldPort;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A whole collector, the commands that people type, and agents that join it: from the invitation to the acknowledged batch. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class JoinTest {
    @TempDir
    Path folder;

    private final List<RunningAgent> agents = new ArrayList<>();
    private final List<CountingProber> probers = new ArrayList<>();
    /** Keep the collector's ports while it is away, so that nobody else gets them. */
    private final List<HeldPort> held = new ArrayList<>();

    private Collector collector;

    private record Typed(int exitCode, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        int agentsPort = hold();
        int enrolmentPort = hold();
        Files.writeString(folder.resolve("collector.yaml"), """
                listen: 127.0.0.1:%d
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                rounds: {every: 10s, grace: 1s}
                enrolment: {listen: "127.0.0.1:%d", authority: {certificate: pki/ca.pem, key: pki/ca.key}}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                    - {id: wifi, kind: wifi}
                """.formatted(agentsPort, enrolmentPort));
        Files.writeString(folder.resolve("client.yaml"), """
                collector: 127.0.0.1:%d
                identity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}
                """.formatted(agentsPort));
        startCollector();
    }

    private int hold() throws IOException {
        HeldPort port = new HeldPort();
        held.add(port);
        return port.number();
    }

    private void startCollector() throws Exception {
        collector = Collector.start(CollectorConfig.read(folder.resolve("collector.yaml")), Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        probers.forEach(CountingProber::stop);
        agents.forEach(RunningAgent::close);
        collector.close();
        for (HeldPort port : held) {
            port.close();
        }
    }

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

    @Test
    void aCollectorOfAnotherAuthorityIsNotToldTheSecret() throws Exception {
        JoinToken right = JoinToken.parse(invite());
        JoinToken other =
                new JoinToken(right.addresses(), Sha256.of(new byte[] {1}), right.collector(), right.secret());
        Typed refused = join(other.text(), "agent");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("is not trusted and was told nothing: the server shows no authority with the token's"
                        + " fingerprint: it is not the collector that gave the token, or somebody is in between");
        assertThat(folder.resolve("agent")).doesNotExist();
        // It was told nothing: the token is as good as before.
        assertThat(join(right.text(), "agent").exitCode()).isZero();
    }

    /** An organisation may have one authority for several sites. */
    @Test
    void theCollectorOfAnotherSiteUnderTheSameAuthorityIsNotToldTheSecret() throws Exception {
        JoinToken right = JoinToken.parse(invite());
        SpiffeId sister = SpiffeId.collector("campus.example", "sister");
        Typed refused =
                join(new JoinToken(right.addresses(), right.authority(), sister, right.secret()).text(), "agent");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "is not trusted and was told nothing: the peer is spiffe://campus.example/site/campus/collector,"
                                + " not spiffe://campus.example/site/sister/collector");
        assertThat(join(right.text(), "agent").exitCode()).isZero();
    }

    @Test
    void anImpostorWhoShowsTheRightAuthorityWithoutBeingUnderItIsNotTrusted() throws Exception {
        JoinToken token = JoinToken.parse(invite());
        new AuthorityFolder(folder.resolve("foreign"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        // Its own certificate, and the true authority's beside it, which anybody can copy.
        Path chain = folder.resolve("chain.pem");
        Files.writeString(
                chain,
                Files.readString(folder.resolve("foreign/collector.pem"))
                        + Files.readString(folder.resolve("pki/ca.pem")));
        collector.close();
        Path impostor = folder.resolve("impostor.yaml");
        Files.writeString(
                impostor,
                Files.readString(folder.resolve("collector.yaml"))
                        .replace("pki/collector.pem", "chain.pem")
                        .replace("pki/", "foreign/")
                        .replace("data: data", "data: stolen"));
        collector = Collector.start(CollectorConfig.read(impostor), Clock.systemUTC());
        Typed refused = join(token.text(), "agent");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is not trusted and was told nothing");
        assertThat(folder.resolve("agent")).doesNotExist();
    }

    @Test
    void aTokenThatWasChangedIsDamagedOrOpensNothing() throws Exception {
        String token = invite();
        char[] changed = token.toCharArray();
        changed[40] = changed[40] == 'A' ? 'B' : 'A';
        assertThat(join(new String(changed), "agent").err()).contains("the join token is damaged");
        assertThat(join(token.substring(0, token.length() - 9), "agent").err()).contains("the join token is damaged");
        JoinToken right = JoinToken.parse(token);
        Typed guessed = join(
                new JoinToken(right.addresses(), right.authority(), right.collector(), Bytes.of(new byte[32])).text(),
                "agent");
        assertThat(guessed.exitCode()).isEqualTo(2);
        assertThat(guessed.err()).contains("this token opens nothing");
    }

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

    private String audit() {
        return plumbline("audit").out();
    }

    /** Tables without what makes them tables. */
    private String agentsTable() {
        return plumbline("agents").out().replaceAll("\\s+", " ");
    }

    private long renewals() {
        return audit().lines().filter(l -> l.contains("RENEWED")).count();
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

    @Test
    void programsAreAnsweredInJson() throws Exception {
        ObjectMapper reader = new ObjectMapper();
        JsonNode invited = reader.readTree(plumbline("invite", "--segment", "wifi", "--ttl", "5m", "--json")
                .out());
        assertThat(join(invited.get("token").asText(), "agent").exitCode()).isZero();
        JsonNode open = reader.readTree(plumbline("invite", "--segment", "wifi", "--agent", "desk", "--json")
                .out());
        String id = open.get("invitation").get("id").asText();
        assertThat(JoinToken.parse(open.get("token").asText()).hash().hex()).startsWith(id);
        JsonNode listed = reader.readTree(plumbline("invites", "--json").out());
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("agentName").asText()).isEqualTo("desk");
        assertThat(plumbline("invites").out()).contains(id).contains("OPEN");
        assertThat(reader.readTree(plumbline("invite", "--revoke", id, "--json").out())
                        .get(0)
                        .get("state")
                        .asText())
                .isEqualTo("REVOKED");
        assertThat(reader.readTree(plumbline("invites", "--all", "--json").out()))
                .hasSize(2);
        JsonNode revoked =
                reader.readTree(plumbline("revoke", "wifi/agent", "--json").out());
        assertThat(revoked.get("agent").get("revoked").asBoolean()).isTrue();
        assertThat(revoked.get("endedStreams").asInt()).isZero();
        JsonNode audit =
                reader.readTree(plumbline("audit", "--last", "2", "--json").out());
        assertThat(audit).hasSize(2);
        assertThat(audit.get(1).get("what").asText()).isEqualTo("AGENT_REVOKED");
        assertThat(audit.get(1).get("who").asText()).endsWith("/operator/admin");
        assertThat(reader.readTree(plumbline("agents", "--json").out())
                        .get(0)
                        .get("connected")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatIsTypedWrongIsAnsweredWithASentenceAndTwo() {
        for (List<String> wrong : List.of(
                List.of("invite"),
                List.of("invite", "--segment", "attic"),
                List.of("invite", "--segment", "wifi", "--ttl", "soon"),
                List.of("invite", "--segment", "wifi", "--ttl", "8d"),
                List.of("invite", "--revoke", "0000000000"),
                List.of("revoke", "nobody"),
                List.of("revoke", "wifi/nobody"),
                List.of("revoke", "nobody", "--unseen"),
                List.of("revoke", "all/x"),
                List.of("revoke", "all/x", "--unseen"))) {
            Typed answer = plumbline(wrong.toArray(String[]::new));
            assertThat(answer.exitCode()).as(wrong + " " + answer.err()).isEqualTo(2);
            assertThat(answer.err()).as(wrong.toString()).isNotBlank().doesNotContain("Exception");
            assertThat(answer.out()).isEmpty();
        }
    }

    private String invite() {
        Typed invited = plumbline("invite", "--segment", "wifi");
        assertThat(invited.exitCode()).as(invited.err()).isZero();
        assertThat(invited.err()).contains("one host, once, until ");
        return invited.out().strip();
    }

    /** The folder's name is the agent's, too. */
    private Typed join(String token, String name) {
        return join(token, name, new StringWriter());
    }

    private Typed join(String token, String name, StringWriter out) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(new JoinCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(token, "--dir", folder.resolve(name).toString(), "--name", name);
        return new Typed(code, out.toString(), err.toString());
    }

    private Typed plumbline(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("PLUMBLINE_CONFIG", folder.resolve("client.yaml").toString()),
                folder,
                Terminal.PLAIN,
                Clock.systemUTC());
        int code = Plumbline.commandLine(surroundings).execute(arguments);
        return new Typed(code, out.toString(), err.toString());
    }

    private RunningAgent run(String name, Clock clock) throws Exception {
        CountingProber prober = new CountingProber();
        RunningAgent agent =
                RunningAgent.start(AgentConfig.read(folder.resolve(name).resolve("agent.yaml")), prober, clock, "test");
        probers.add(prober);
        agents.add(agent);
        return agent;
    }

    private TlsMaterial load(String name) throws Exception {
        Path in = folder.resolve(name);
        return new TlsFiles(in.resolve("identity.pem"), in.resolve("identity.pem"), in.resolve("ca.pem"))
                .load(Instant.now());
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> inside = Files.list(folder.resolve(name))) {
            return inside.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition did not come true").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
