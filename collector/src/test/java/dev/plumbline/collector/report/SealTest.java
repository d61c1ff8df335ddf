package dev.plumbline.collector.report;

import static dev.plumbline.collector.Samples.WIFI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.SealCheck;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed by a collector's key, and checked by others than the program that signed. */
final class SealTest {
    private static final byte[] DOCUMENT = "what was met\r\nand what was not\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private TlsMaterial collector;
    private Instant now;

    @BeforeEach
    void identities() throws Exception {
        now = Instant.now();
        new AuthorityFolder(folder).init("campus.example", "campus", List.of("127.0.0.1"), now);
        new AuthorityFolder(folder.resolve("other")).init("campus.example", "campus", List.of("127.0.0.1"), now);
        collector = new TlsFiles(
                        folder.resolve("collector.pem"), folder.resolve("collector.key"), folder.resolve("ca.pem"))
                .load(now);
    }

    private static SignerInformation signer(byte[] document, byte[] signature) throws CMSException {
        return new CMSSignedData(new CMSProcessableByteArray(document), signature)
                .getSignerInfos()
                .iterator()
                .next();
    }

    private static boolean isGood(byte[] document, byte[] signature, X509Certificate by) throws Exception {
        try {
            return signer(document, signature).verify(new JcaSimpleSignerInfoVerifierBuilder().build(by));
        } catch (CMSException e) {
            return false;
        }
    }

    @Test
    void theCollectorsCertificateIsInTheSignatureAndChecksThisDocumentAlone() throws Exception {
        byte[] signature = Seal.of(DOCUMENT, collector, now);
        CMSSignedData data = new CMSSignedData(signature);
        assertThat(data.isDetachedSignature()).isTrue();
        List<X509Certificate> brought = new ArrayList<>();
        for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
            brought.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        assertThat(brought).containsAll(collector.chain());
        collector.chain().get(0).verify(collector.trust().get(0).getPublicKey());
        assertThat(isGood(DOCUMENT, signature, collector.chain().get(0))).isTrue();
        byte[] other = DOCUMENT.clone();
        other[3] ^= 1;
        assertThat(isGood(other, signature, collector.chain().get(0))).isFalse();
        assertThat(Time.getInstance(signer(DOCUMENT, signature)
                                .getSignedAttributes()
                                .get(CMSAttributes.signingTime)
                                .getAttributeValues()[0])
                        .getDate()
                        .toInstant())
                .isEqualTo(now.truncatedTo(ChronoUnit.SECONDS));
    }

    private String checked(byte[] document, TlsMaterial signer, String authority) throws Exception {
        return SealCheck.of(document, DOCUMENT, signer, folder.resolve(authority), now);
    }

    @Test
    void opensslChecksItWithTheLinesOfTheReadme() throws Exception {
        assertThat(checked(DOCUMENT, collector, "ca.pem"))
                .contains("successful", "spiffe://campus.example/site/campus/collector");
        assertThat(checked(DOCUMENT, collector, "other/ca.pem")).contains("failure");
        assertThat(checked(new byte[] {1}, collector, "ca.pem")).contains("failure");
    }

    @Test
    void whoeverElseHasACertificateOfTheAuthorityPassesForNoCollector() throws Exception {
        new AuthorityFolder(folder).issue(WIFI, "a", folder.resolve("agent"), now);
        TlsMaterial agent = new TlsFiles(
                        folder.resolve("agent/agent.pem"),
                        folder.resolve("agent/agent.key"),
                        folder.resolve("agent/ca.pem"))
                .load(now);
        TlsMaterial operator = new TlsFiles(
                        folder.resolve("operator.pem"), folder.resolve("operator.key"), folder.resolve("ca.pem"))
                .load(now);
        for (TlsMaterial other : List.of(agent, operator)) {
            assertThat(checked(DOCUMENT, other, "ca.pem"))
                    .as(other.identity().toString())
                    .contains("purpose", "failure");
        }
    }
}
