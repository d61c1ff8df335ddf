package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of the collector's port with peers that mean it harm, outside the site and inside: each connection ends, an
 * honest agent is served meanwhile and afterwards, and nothing is logged that tells of an exception.
 */
final class HostilePeersTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder = Path.of("");

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final SiteAuthority site = SiteAuthority.create("campus.example", "campus", Instant.now());
    private final Plan plan = PlanCodec.seal(Plan.of("campus", WIFI, List.of(), Plan.Settings.DEFAULT));

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void everyConnectionEndsAndTheHonestAreServed() throws Exception {
        try (Overheard log = Overheard.open();
                Journal journal = SqliteJournal.open(folder.resolve("journal.db"));
                CollectorServer server = CollectorServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        material(site.collector(List.of("127.0.0.1"), Instant.now())),
                        List.of(gateway(journal)))) {
            Map<String, CompletableFuture<Void>> ended = new LinkedHashMap<>();
            for (HostilePeer peer : HostilePeer.all()) {
                ended.put(peer.name(), played(peer, server.port()));
            }
            try (HonestAgent meanwhile = HonestAgent.connect(server.port(), agent("meanwhile"))) {
                meanwhile.report();
            }
            ended.forEach((name, end) ->
                    assertThat(end).as("the end of '%s'", name).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS));
            try (HonestAgent afterwards = HonestAgent.connect(server.port(), agent("afterwards"))) {
                afterwards.report();
            }
            assertThat(journal.end()).isEqualTo(2);
            assertThat(log.said()).isEmpty();
        }
    }

    /** As in the product, but for the last: nobody waits here for two minutes. */
    private AgentGatewayService gateway(Journal journal) {
        return new AgentGatewayService(new AgentGatewayService.Parts(
                new Agents(),
                journal,
                segment -> segment.equals(WIFI) ? Optional.of(plan) : Optional.empty(),
                Clock.systemUTC(),
                new Room(Bounds.ALL_BYTES, Bounds.MESSAGE_BYTES),
                new Patience(Bounds.HELLO, Bounds.READING, Duration.ofSeconds(20), Bounds.FAREWELL)));
    }

    /** Completes when the collector has ended the connection; exceptionally when it stands for too long. */
    private CompletableFuture<Void> played(HostilePeer peer, int port) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = connected(peer, port)) {
                        open.add(socket);
                        peer.script().play(socket);
                        drain(socket);
                        ended.complete(null);
                    } catch (SocketTimeoutException stands) {
                        ended.completeExceptionally(stands);
                    } catch (IOException gone) {
                        ended.complete(null);
                    } catch (GeneralSecurityException e) {
                        ended.completeExceptionally(e);
                    }
                },
                peer.name());
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    private static void drain(Socket socket) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int read = socket.getInputStream().read(buffer);
        while (read >= 0) {
            read = socket.getInputStream().read(buffer);
        }
    }

    private Socket connected(HostilePeer peer, int port) throws IOException, GeneralSecurityException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        if (!peer.admitted()) {
            return plain;
        }
        Issued own = agent("hostile");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], new Certificate[] {own.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, InetAddress.getLoopbackAddress().getHostAddress(), port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private Issued agent(String name) {
        return site.agent(WIFI, name, Instant.now());
    }

    private TlsMaterial material(Issued issued) {
        return new TlsMaterial(
                List.of(issued.certificate()),
                issued.key(),
                List.of(site.certificate()),
                SpiffeId.of(issued.certificate()));
    }
}
