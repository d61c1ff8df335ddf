package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampusLifeTest {
    private static final List<String> PLACES = List.of("17.57.144.10", "2620:149:a44:300::a", "192.0.2.1");

    private static List<String> campusThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                // The second is Netty's own; it ends by itself when nothing is left to do.
                .filter(n -> n.startsWith("campus") || n.startsWith("globalEventExecutor"))
                .toList();
    }

    @Test
    void aClosedCampusLeavesNoThreadAndNoPort() throws Exception {
        List<InetSocketAddress> ports = new ArrayList<>();
        Socket open;
        try (Campus campus = Campus.start()) {
            CampusSegment segment = campus.segment("wifi");
            ports.add(segment.resolver());
            PLACES.forEach(p -> ports.add(segment.translate(new InetSocketAddress(Block.address(p), 5223))));
            InetSocketAddress greeting = segment.translate(new InetSocketAddress(Block.address("17.179.252.9"), 22));
            ports.add(greeting);
            open = new Socket(greeting.getAddress(), greeting.getPort());
            open.setSoTimeout(30_000);
            // A connection that the campus has not accepted yet would be reset by its end, not closed.
            assertThat(open.getInputStream().read()).isEqualTo('S');
            assertThat(campusThreads()).isNotEmpty();
        }
        try (Socket left = open) {
            assertThat(left.getInputStream().readAllBytes()).asString().endsWith("\n");
        }
        for (InetSocketAddress port : ports) {
            assertThatThrownBy(() -> new Socket(port.getAddress(), port.getPort()).close())
                    .as("port %s", port)
                    .isInstanceOf(ConnectException.class);
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!campusThreads().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(campusThreads()).isEmpty();
    }

    @Test
    void hundredsOfHostsHaveAddressesOfTheirOwn() throws Exception {
        List<HostEntry> hosts = IntStream.rangeClosed(1, 400)
                .mapToObj(n -> new HostEntry("host" + n + ".apple.com", 443, HostKind.HTTPS))
                .toList();
        try (Campus campus = Campus.start(hosts)) {
            DnsClient dns = new DnsClient(campus.segment("wired").resolver());
            List<String> all = new ArrayList<>();
            for (HostEntry host : hosts) {
                all.addAll(dns.udp(host.name()).of("A"));
            }
            assertThat(all).hasSize(400).doesNotHaveDuplicates().allMatch(a -> a.startsWith("17."));
        }
    }

    @Test
    void twoCampusesLiveSideBySideAndDoNotTrustEachOther() throws Exception {
        try (Campus one = Campus.start();
                Campus two = Campus.start()) {
            assertThat(one.segment("a").resolver())
                    .isNotEqualTo(two.segment("a").resolver());
            assertThat(one.anchors().applePrivate().getPublicKey())
                    .isNotEqualTo(two.anchors().applePrivate().getPublicKey());
        }
    }

    @Test
    void aSegmentAskedForTwiceIsTheSame() throws Exception {
        try (Campus campus = Campus.start()) {
            assertThat(campus.segment("a")).isSameAs(campus.segment("a")).isNotSameAs(campus.segment("b"));
        }
    }

    @Test
    void theAnchorsAreWrittenAsPemByIdentityClass(@TempDir Path folder) throws Exception {
        try (Campus campus = Campus.start()) {
            Map<String, Path> files = campus.anchors().writeTo(folder);
            assertThat(files).containsOnlyKeys("apple-private", "public");
            Path file = files.get("public");
            assertThat(file).isNotNull();
            try (var in = Files.newInputStream(file)) {
                assertThat(CertificateFactory.getInstance("X.509").generateCertificate(in))
                        .isEqualTo(campus.anchors().publicRoot());
            }
        }
    }
}
