package dev.plumbline.agent.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a join that need no collector. */
final class EnrolPartsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # host,                          agent
            wifi-1,                          wifi-1
            Wifi-1.campus.example,           wifi-1
            'MacBook von Anna.local',        macbook-von-anna
            raspberry_pi,                    raspberry-pi
            -edge-,                          edge
            ÜBUNG,                           bung
            '',                              agent
            '...',                           agent
            """)
    void aHostsNameBecomesTheNameOfAnAgent(String host, String agent) {
        assertThat(AgentName.ofHost(host)).isEqualTo(agent);
        assertThat(new AgentId(new SegmentId("wifi"), AgentName.ofHost(host)).name())
                .isEqualTo(agent);
    }

    @Test
    void aNameThatIsTooLongIsCutAndStaysOne() {
        assertThat(AgentName.ofHost("a".repeat(62) + "-b")).isEqualTo("a".repeat(62));
    }

    @Test
    void theRequestIsOneThatOtherProgramsReadAndIsSignedByItsKey() throws Exception {
        KeyRequest made = KeyRequest.make("wifi-1");
        PKCS10CertificationRequest read =
                new PKCS10CertificationRequest(made.request().toArray());
        assertThat(read.getSubject()).hasToString("CN=wifi-1");
        assertThat(read.getAttributes()).isEmpty();
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(
                        new X509EncodedKeySpec(read.getSubjectPublicKeyInfo().getEncoded()));
        assertThat(read.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key)))
                .isTrue();
        assertThat(KeyRequest.make("wifi-1").request()).isNotEqualTo(made.request());
        assertThat(made.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void aKeyThatWasKeptComesBackAndTheHalfOfOneDoesNot() {
        KeyRequest made = KeyRequest.make("wifi-1");
        String text = made.text();
        assertThat(KeyRequest.parse(text)).contains(made);
        for (int length = 0; length < text.length(); length += 7) {
            assertThat(KeyRequest.parse(text.substring(0, length))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # failures in a row, at least s, at most s
            0,                   1800,       3600
            1,                   30,         60
            2,                   60,         120
            4,                   240,        480
            6,                   960,        1920
            7,                   1800,       3600
            4000,                1800,       3600
            """)
    void aRenewalIsTriedAgainLaterEachTimeAndAtLeastHourly(int failures, long least, long most) {
        assertThat(RenewalTimes.pause(failures, 0)).isEqualTo(Duration.ofSeconds(least));
        assertThat(RenewalTimes.pause(failures, 1)).isEqualTo(Duration.ofSeconds(most));
    }

    @Test
    void aCertificateIsRenewedWhenTwoThirdsOfItsLifeAreOver() throws Exception {
        X509Certificate certificate = new TestCertificate("spiffe://campus.example/site/campus/collector")
                .chain()
                .get(0);
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        Instant due = RenewalTimes.due(certificate);
        assertThat(Duration.between(begin, due).multipliedBy(3))
                .isEqualTo(Duration.between(begin, end).multipliedBy(2));
    }

    @Test
    void aFileIsForItsOwnerOnlyFromItsFirstByteAndReplacesAnotherWhole() throws Exception {
        Path name = Files.writeString(folder.resolve("identity.pem"), "old");
        Path fresh = folder.resolve("identity.pem.new");
        SafeFiles.write(fresh, "new");
        assertThat(name).hasContent("old");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
        SafeFiles.place(fresh, name);
        assertThat(name).hasContent("new");
        assertThat(fresh).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(name)))
                .isEqualTo("rw-------");
    }
}
