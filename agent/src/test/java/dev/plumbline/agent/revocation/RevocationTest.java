package dev.plumbline.agent.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import io.netty.handler.ssl.util.LazyX509Certificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions and answers of revocation, read and written by hand, against a library that knows them all. */
final class RevocationTest {
    private static final LittleAuthority AUTHORITY =
            new LittleAuthority("http://ocsp.test/ocsp03-one", "http://certs.test/one.der", "http://CRL.test/one.crl");
    private static final X509Certificate LEAF = AUTHORITY.chain().get(0);
    private static final X509Certificate ISSUER = AUTHORITY.chain().get(1);

    private static byte[] question() {
        return OcspQuestion.of("/", LEAF, ISSUER).request().toArray();
    }

    @Test
    void aQuestionNamesTheCertificateAsTheLibraryDoes() throws Exception {
        CertificateID asked = new OCSPReq(question()).getRequestList()[0].getCertID();
        CertificateID meant = new CertificateID(
                new BcDigestCalculatorProvider().get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
                new X509CertificateHolder(ISSUER.getEncoded()),
                LEAF.getSerialNumber());
        assertThat(asked.getSerialNumber()).isEqualTo(meant.getSerialNumber());
        assertThat(asked.getIssuerNameHash()).isEqualTo(meant.getIssuerNameHash());
        assertThat(asked.getIssuerKeyHash()).isEqualTo(meant.getIssuerKeyHash());
    }

    private static Stream<Target> responders() {
        return Catalog.builtIn().targets().stream()
                .filter(t -> t.probe() == ProbeKind.OCSP && t.obligation() != Obligation.RETIRED);
    }

    @ParameterizedTest
    @MethodSource("responders")
    void everyResponderOfTheCatalogHasAQuestionThatTheLibraryReads(Target target) throws Exception {
        OcspQuestion question = OcspQuestion.ofPath(target.path()).orElseThrow();
        assertThat(new OCSPReq(question.request().toArray()).getRequestList()).hasSize(1);
        assertThat(target.path()).startsWith(question.path());
        assertThat(question.path()).startsWith("/").doesNotContain("MFE");
    }

    @ParameterizedTest
    @CsvSource({"/", "/ocsp03-one", "/MFEw", "''", "/a/b/c", "/M//////"})
    void aPathWithoutAQuestionHasNone(String path) {
        assertThat(OcspQuestion.ofPath(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"good", "revoked", "unknown"})
    void aResponseIsRead(String status) {
        assertThat(OcspAnswer.read(AUTHORITY.response(question(), status))).hasValueSatisfying(answer -> {
            assertThat(answer.responseStatus()).isEqualTo("successful");
            assertThat(answer.certStatus()).isEqualTo(status);
            assertThat(answer.producedAt()).contains(LittleAuthority.NOW);
        });
    }

    @ParameterizedTest
    @CsvSource({"1, malformedRequest", "2, internalError", "3, tryLater", "5, sigRequired", "6, unauthorized"})
    void aRefusalIsReadToo(int number, String word) {
        assertThat(OcspAnswer.read(LittleAuthority.refusal(number)))
                .hasValueSatisfying(
                        answer -> assertThat(answer.responseStatus()).isEqualTo(word));
    }

    @Test
    void aCertificateAndAListAreToldApart() throws Exception {
        assertThat(CertFile.read(LEAF.getEncoded())).hasValueSatisfying(file -> {
            assertThat(file.form()).isEqualTo("certificate");
            assertThat(file.issuer()).contains("Little CA");
            assertThat(file.until()).contains(LittleAuthority.NOW.plus(30, ChronoUnit.DAYS));
            assertThat(file.length()).isEqualTo(encoded(LEAF).length);
        });
        assertThat(CertFile.read(AUTHORITY.list(3, true))).hasValueSatisfying(file -> {
            assertThat(file.form()).isEqualTo("crl");
            assertThat(file.from()).isEqualTo(LittleAuthority.NOW);
            assertThat(file.until()).contains(LittleAuthority.NOW.plus(7, ChronoUnit.DAYS));
        });
        assertThat(CertFile.read(AUTHORITY.list(3, false)))
                .hasValueSatisfying(file -> assertThat(file.until()).isEmpty());
    }

    @Test
    void aLongListIsReadByItsBeginning() {
        byte[] whole = AUTHORITY.list(2000, true);
        assertThat(CertFile.read(Arrays.copyOf(whole, 1024))).hasValueSatisfying(file -> {
            assertThat(file.length()).isEqualTo(whole.length);
            assertThat(file.until()).isPresent();
        });
    }

    @Test
    void whatIsCutOrChangedIsNeverThrownAt() throws Exception {
        byte[] response = AUTHORITY.response(question(), "good");
        for (int length = 0; length < response.length; length++) {
            assertThat(OcspAnswer.read(Arrays.copyOf(response, length))).isEmpty();
        }
        Random random = new Random(20261122);
        for (byte[] genuine : List.of(response, LEAF.getEncoded(), AUTHORITY.list(3, true))) {
            for (int i = 0; i < 5000; i++) {
                byte[] changed = genuine.clone();
                for (int flips = 0; flips <= random.nextInt(4); flips++) {
                    changed[random.nextInt(Math.min(120, changed.length))] = (byte) random.nextInt(256);
                }
                OcspAnswer.read(changed);
                CertFile.read(changed);
                CertFile.read(Arrays.copyOf(changed, random.nextInt(changed.length)));
            }
        }
        assertThat(OcspAnswer.read("<html>blocked</html>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(CertFile.read("<html>blocked</html>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(CertFile.read(new byte[0])).isEmpty();
    }

    @Test
    void aCapturedChainSaysWhomToAskAndWhatToFetch() {
        RevocationPoints points = new RevocationPoints();
        assertThat(points.responder("ocsp.test")).isEmpty();
        points.learn(AUTHORITY.chain());
        assertThat(points.responder("ocsp.test")).hasValueSatisfying(question -> {
            assertThat(question.path()).isEqualTo("/ocsp03-one");
            assertThat(question.request().toArray()).isEqualTo(question());
        });
        assertThat(points.file("certs.test")).contains("/one.der");
        assertThat(points.file("crl.test")).contains("/one.crl");
        assertThat(points.file("ocsp.test")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://ocsp.test/x",
        "http://ocsp.test:8080/x",
        "ldap://ocsp.test/x",
        "nonsense",
        "http:///x",
        "'http://ocsp.test/a b'"
    })
    void anAddressThatIsNotPlainHttpIsNotLearned(String address) {
        RevocationPoints points = new RevocationPoints();
        points.learn(new LittleAuthority(address, address, address).chain());
        assertThat(points.responder("ocsp.test")).isEmpty();
        assertThat(points.file("ocsp.test")).isEmpty();
    }

    @Test
    void aCertificateThatIsNoneTeachesNothing() {
        RevocationPoints points = new RevocationPoints();
        points.learn(List.of(new LazyX509Certificate(new byte[] {0x30, 1, 2})));
        points.learn(List.of());
        points.learn(AUTHORITY.chain());
        assertThat(points.responder("ocsp.test")).isPresent();
    }

    @Test
    void aLeafWithoutItsIssuerGivesNoQuestion() {
        RevocationPoints points = new RevocationPoints();
        points.learn(List.of(LEAF));
        assertThat(points.responder("ocsp.test")).isEmpty();
        assertThat(points.file("certs.test")).contains("/one.der");
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
