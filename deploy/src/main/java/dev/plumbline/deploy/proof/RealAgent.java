package dev.plumbline.deploy.proof;

import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SpoolCounts;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The packaged agent in a folder of its own. It measures from 127.0.0.1 by a resolver that knows no other address, so that
 * nothing of it leaves the host: the kernel sends nothing from there to elsewhere.
 */
final class RealAgent {
    static final Duration TO_START = Duration.ofSeconds(60);

    private final Ground ground;
    private final Path folder;
    private final String identity;
    private String javaOptions = "";
    private @Nullable Daemon running;

    /** How its spool stands. */
    record Spooled(UUID incarnation, SpoolCounts counts) {}

    private RealAgent(Ground ground, Path folder, String identity) {
        this.ground = ground;
        this.folder = folder;
        this.identity = identity;
    }

    /**
     * Writes its files.
     *
     * @param collector the port that it connects to
     * @param more lines of its configuration
     */
    static RealAgent equip(Ground ground, Site site, String name, int collector, LoopbackNames names, String more)
            throws Trouble {
        Path folder = site.folder().resolve(name);
        TlsMaterial own = site.agent("wifi", name);
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(
                    folder.resolve("agent.pem"), Pem.certificate(own.chain().get(0)));
            Files.writeString(folder.resolve("agent.key"), Pem.key(own.key()));
            Files.writeString(
                    folder.resolve("ca.pem"), Pem.certificate(own.trust().get(0)));
            Files.writeString(folder.resolve("agent.yaml"), """
                    collector: ["127.0.0.1:%d"]
                    segments:
                      - identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                        data: data
                        source: [127.0.0.1]
                        resolvers: ["127.0.0.1:%d"]
                    policy: {connect-to: [127.0.0.0/8]}
                    hold: {ports: []}
                    %s""".formatted(collector, names.port(), more));
        } catch (IOException e) {
            throw new Trouble(folder + " cannot be written", e);
        }
        return new RealAgent(ground, folder, own.identity().toString());
    }

    String identity() {
        return identity;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path folder() {
        return folder;
    }

    /** More flags for Java from now on. */
    void javaOptions(String options) {
        javaOptions = options;
    }

    Daemon start() throws Trouble {
        return start(List.of());
    }

    /** @param prefix what goes before it on the command line, such as a shell that sets a limit */
    Daemon start(List<String> prefix) throws Trouble {
        Daemon started = ground.keep(ground.programs()
                .start(
                        "agent",
                        folder,
                        prefix,
                        javaOptions,
                        "plumbline-agent",
                        List.of("run", "--config", "agent.yaml")));
        running = started;
        return started;
    }

    /** The one that was started last. */
    Daemon running() {
        Daemon now = running;
        if (now == null) {
            throw new IllegalStateException("the agent of " + folder + " was not started");
        }
        return now;
    }

    void awaitConnected() throws Trouble, InterruptedException {
        running().awaitWords("connected to collector", TO_START);
    }

    /** Looks into the spool of an agent that does not run: into a copy, as its next start would find it. */
    Spooled look() throws Trouble {
        Path copy = folder.resolve("looked-at");
        try {
            Files.createDirectories(copy);
            for (String name : List.of("spool.db", "spool.db-wal", "spool.tally")) {
                Files.deleteIfExists(copy.resolve(name));
                if (Files.exists(data().resolve(name))) {
                    Files.copy(data().resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new Trouble(folder + " cannot be read", e);
        }
        return counted(copy, SpoolBounds.STANDARD);
    }

    /** Opens the spool itself, which must not be in use. */
    static Spooled counted(Path data, SpoolBounds bounds) throws Trouble {
        try (SqliteSpool spool = SqliteSpool.open(data, bounds, Clock.systemUTC())) {
            return new Spooled(spool.incarnation(), spool.counts());
        } catch (ConfigException e) {
            throw new Trouble(data + " cannot be opened", e);
        }
    }
}
