package dev.plumbline.deploy.proof;

import dev.plumbline.identity.TlsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One site in a folder: authority, configuration and data of a collector, which is started and ended as a row wants it. */
final class Site {
    static final String DOMAIN = "proof.example";
    static final String ID = "proof";

    /** As short as the product allows, so that rounds are closed while a row runs. */
    static final Duration ROUND = Duration.ofSeconds(10);

    private static final Duration TO_START = Duration.ofSeconds(60);

    private final Ground ground;
    private final Path folder;
    private final int port;
    private final int enrolmentPort;
    private final Issuer issuer;
    private String javaOptions = "";
    private @Nullable Daemon collector;

    private Site(Ground ground, Path folder, int port, int enrolmentPort, Issuer issuer) {
        this.ground = ground;
        this.folder = folder;
        this.port = port;
        this.enrolmentPort = enrolmentPort;
        this.issuer = issuer;
    }

    /** Makes the authority by the product's own command. */
    static Site found(Ground ground, Path folder) throws Trouble, InterruptedException {
        try {
            Files.createDirectories(folder);
            Programs.Ran made = ground.programs()
                    .run(
                            folder,
                            Map.of(),
                            "plumbline-collector",
                            List.of(
                                    "init",
                                    "--dir",
                                    "pki",
                                    "--site",
                                    ID,
                                    "--domain",
                                    DOMAIN,
                                    "--address",
                                    "127.0.0.1"));
            made.expecting(0, "plumbline-collector init");
            int port = ground.ports().take();
            int enrolmentPort = ground.ports().take();
            Files.writeString(folder.resolve("collector.yaml"), configuration(port, enrolmentPort));
            Files.writeString(folder.resolve("overlay.yaml"), "minimum-interval: 0s\n");
            Files.writeString(folder.resolve("client.yaml"), """
                    collector: 127.0.0.1:%d
                    identity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}
                    """.formatted(port));
            return new Site(ground, folder, port, enrolmentPort, Issuer.read(folder.resolve("pki")));
        } catch (IOException e) {
            throw new Trouble(folder + " cannot be written", e);
        }
    }

    private static String configuration(int port, int enrolmentPort) {
        return """
                listen: 127.0.0.1:%d
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                catalog: {overlays: [overlay.yaml]}
                enrolment: {listen: "127.0.0.1:%d", authority: {certificate: pki/ca.pem, key: pki/ca.key}}
                rounds: {every: %ds, grace: 1s}
                probe: {stage-timeout: 500ms, confirmations: 1, connections-per-second: 30}
                site:
                  id: %s
                  domain: %s
                  segments:
                    - {id: wifi, kind: wifi, roles: [device]}
                    - {id: srv, kind: server, roles: [mdm-server]}
                """.formatted(port, enrolmentPort, ROUND.toSeconds(), ID, DOMAIN);
    }

    Path folder() {
        return folder;
    }

    Path journal() {
        return folder.resolve("data").resolve("journal.db");
    }

    int port() {
        return port;
    }

    int enrolmentPort() {
        return enrolmentPort;
    }

    Issuer issuer() {
        return issuer;
    }

    /** Material of an agent of this site. */
    TlsMaterial agent(String segment, String name) {
        return issuer.agent(segment, name);
    }

    /** More flags for Java from now on. */
    void javaOptions(String options) {
        javaOptions = options;
    }

    Daemon startCollector() throws Trouble, InterruptedException {
        return startCollector(List.of());
    }

    /** Starts it and waits until it listens. */
    Daemon startCollector(List<String> prefix) throws Trouble, InterruptedException {
        Daemon started = launchCollector(prefix);
        started.awaitWords("ready: ", TO_START);
        return started;
    }

    /** Starts it; whether it gets anywhere is the caller's to see. */
    Daemon launchCollector(List<String> prefix) throws Trouble {
        Daemon started = ground.keep(ground.programs()
                .start(
                        "collector",
                        folder,
                        prefix,
                        javaOptions,
                        "plumbline-collector",
                        List.of("serve", "--config", "collector.yaml")));
        collector = started;
        return started;
    }

    /** The one that was started last. */
    Daemon collector() {
        Daemon running = collector;
        if (running == null) {
            throw new IllegalStateException("the collector of " + folder + " was not started");
        }
        return running;
    }

    /** What the log of all its collectors says. */
    String log() throws Trouble {
        try {
            return new String(Files.readAllBytes(folder.resolve("collector.log")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Trouble("the collector's log cannot be read", e);
        }
    }

    /** What the operator types: {@code plumbline WORDS}. */
    Programs.Ran plumbline(String... words) throws Trouble, InterruptedException {
        return ground.programs()
                .run(
                        folder,
                        Map.of("PLUMBLINE_CONFIG", folder.resolve("client.yaml").toString()),
                        "plumbline",
                        List.of(words));
    }

    /** {@code plumbline-collector COMMAND --config collector.yaml WORDS}. */
    Programs.Ran administer(String command, String... words) throws Trouble, InterruptedException {
        return administer("collector.yaml", command, List.of(words));
    }

    /** The same by another configuration of its folder. */
    Programs.Ran administer(String configuration, String command, List<String> words)
            throws Trouble, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command, "--config", configuration));
        all.addAll(words);
        return ground.programs().run(folder, Map.of(), "plumbline-collector", all);
    }

    /** Notes a problem unless the store is the one that its journal tells, row by row. */
    void requireRebuildSame(Account account) throws Trouble, InterruptedException {
        Programs.Ran verified = administer("rebuild", "--verify");
        account.require(
                verified.exitCode() == 0,
                "the store is not that of its journal (rebuild --verify: " + verified.words() + ")");
    }
}
