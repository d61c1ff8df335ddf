package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsFiles;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the ports of a whole collector show when a certificate is replaced, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class OwnCertificateTest {
    @TempDir
    Path folder;

    private PeoplesCollector collector;

    @BeforeEach
    void make() throws Exception {
        collector = PeoplesCollector.made(folder);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    /** Whatever it is: it is looked at, not trusted. */
    private static X509Certificate shown(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition did not come true").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void bothPortsShowTheCertificateThatTheCollectorGaveItselfAndSoDoTheyAfterARestart() throws Exception {
        collector.open();
        X509Certificate first =
                TlsFiles.anchors(collector.pki().resolve("collector.pem")).get(0);
        assertThat(shown(collector.port())).isEqualTo(first);
        // It is looked at when the collector starts, and every hour.
        collector.advance(Duration.ofDays(551));
        collector.reopen();
        await(() -> !shown(collector.port()).equals(first));
        X509Certificate second = shown(collector.port());
        assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
        assertThat(second.getSubjectX500Principal()).isEqualTo(first.getSubjectX500Principal());
        assertThat(shown(collector.collector().port())).isEqualTo(second);
        collector.reopen();
        assertThat(shown(collector.port())).isEqualTo(second);
    }

    @Test
    void thePeoplesPortsShowWhatTheFilesHoldAnewWithoutARestart() throws Exception {
        SiteAuthority organisation = SiteAuthority.create("other.example", "other", Instant.now());
        Issued first = organisation.collector(List.of("127.0.0.1"), Instant.now());
        Issued second = organisation.collector(List.of("127.0.0.1"), Instant.now());
        own(first);
        collector
                .with("{listen: '127.0.0.1:0', certificate: own.pem, key: own.key}")
                .withHttp("{listen: '127.0.0.1:0'}")
                .open();
        assertThat(shown(collector.port())).isEqualTo(first.certificate());
        assertThat(shown(collector.httpPort())).isEqualTo(first.certificate());
        own(second);
        await(() -> shown(collector.port()).equals(second.certificate()));
        assertThat(shown(collector.httpPort())).isEqualTo(second.certificate());
        assertThat(shown(collector.collector().port()))
                .as("the agents' port has its own")
                .isEqualTo(TlsFiles.anchors(collector.pki().resolve("collector.pem"))
                        .get(0));
    }

    private void own(Issued issued) throws Exception {
        Files.writeString(folder.resolve("own.pem"), Pem.certificate(issued.certificate()));
        Files.writeString(folder.resolve("own.key"), Pem.key(issued.key()));
    }
}
