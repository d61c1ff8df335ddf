package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Sha256;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is certified, under which name and for which key. */
final class EnrolmentTest extends EnrollingCollector {
    @Test
    void aTokenNamesTheAddressAndTheAuthorityAndIsSpentOnACertificateOfSevenDays() throws Exception {
        JoinToken token = invite();
        assertThat(token.authority()).isEqualTo(Sha256.of(authority().getEncoded()));
        assertThat(token.secret().size()).isEqualTo(32);
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate certificate = certificate(join(token, Requests.greedy(keys), "laptop", false));
        assertThat(SpiffeId.of(certificate))
                .hasToString("spiffe://campus.example/site/campus/segment/wifi/agent/laptop");
        certificate.verify(authority().getPublicKey());
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(certificate.getNotAfter().toInstant())
                .isBetween(
                        clock.instant().plus(Duration.ofDays(7)).minusSeconds(1),
                        clock.instant().plus(Duration.ofDays(7)));
        // Nothing else of the request, which asks to be an authority and an operator of others.
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectAlternativeNames()).hasSize(1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("laptop")
                .doesNotContain("mallory");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # key,        signed by,        accepted
            secp256r1,    SHA256withECDSA,  true
            secp384r1,    SHA384withECDSA,  true
            rsa3072,      SHA256withRSA,    true
            secp521r1,    SHA256withECDSA,  false
            rsa1024,      SHA256withRSA,    false
            rsa2048,      SHA256withRSA,    false
            secp256r1,    SHA1withECDSA,    false
            rsa3072,      SHA1withRSA,      false
            ed25519,      Ed25519,          false
            """)
    void onlyKeysOfTheListAreCertifiedAndARefusedOneLeavesTheTokenUnspent(
            String kind, String algorithm, boolean isAccepted) throws Exception {
        KeyPair keys = kind.startsWith("rsa")
                ? Requests.rsa(Integer.parseInt(kind.substring(3)))
                : kind.equals("ed25519")
                        ? java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair()
                        : Requests.ec(kind);
        JoinToken token = invite();
        byte[] request = Requests.plain(keys, algorithm);
        if (isAccepted) {
            assertThat(certificate(join(token, request, "host", true)).getPublicKey())
                    .isEqualTo(keys.getPublic());
            return;
        }
        assertThat(refusal(token, request, "host").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(join(token, Requests.usual(Requests.ec("secp256r1")), "host", true))
                .isNotEmpty();
    }

    @Test
    void whoeverDoesNotHaveTheKeyGetsNoCertificateForIt() throws Exception {
        KeyPair another = Requests.ec("secp256r1");
        JoinToken token = invite();
        Status refused =
                refusal(token, Requests.signedBy(Requests.ec("secp256r1"), another, "SHA256withECDSA"), "host");
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription())
                .isEqualTo("the request for a certificate is not signed by the key that it is for");
        byte[] broken = Requests.usual(another);
        broken[broken.length - 1] ^= 1;
        assertThat(refusal(token, broken, "host").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(token, new byte[9 << 10], "host").getDescription())
                .isEqualTo("the request for a certificate has 9216 bytes; at most 8192 are taken");
        assertThat(join(token, Requests.usual(another), "host", true)).isNotEmpty();
    }

    @Test
    void aNameIsUniqueInItsSegment() throws Exception {
        assertThat(joined("laptop", false)).endsWith("/agent/laptop");
        assertThat(joined("laptop", false)).endsWith("/agent/laptop-2");
        assertThat(joined("laptop", false)).endsWith("/agent/laptop-3");
        String longest = "a".repeat(63);
        assertThat(joined(longest, false)).endsWith("/agent/" + longest);
        assertThat(joined(longest, false)).endsWith("/agent/" + "a".repeat(61) + "-2");
        JoinToken token = invite();
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        StatusRuntimeException taken =
                catchThrowableOfType(StatusRuntimeException.class, () -> join(token, request, "laptop", true));
        assertThat(taken.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(taken.getStatus().getDescription())
                .startsWith("segment wifi has an agent laptop already; give another");
        assertThat(refusal(token, request, "../../operator/mallory").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(token, request, "a\n2026 INFO forged").getDescription())
                .isEqualTo("an agent's name has 1 to 63 lower-case letters, digits and hyphens");
        // Nothing of that has spent the token.
        assertThat(join(token, request, "desk", true)).isNotEmpty();
    }

    @Test
    void aTokenForANamedAgentLetsItComeBackWithAnotherKeyUnlessItWasRevoked() throws Exception {
        assertThat(joined("laptop", true)).endsWith("/agent/laptop");
        JoinToken back = token(invitation().setAgentName("laptop"));
        byte[] der = join(back, Requests.usual(Requests.ec("secp256r1")), "whatever", true);
        assertThat(SpiffeId.of(certificate(der)).name()).isEqualTo("laptop");
        JoinToken before = token(invitation().setAgentName("laptop"));
        revoke("laptop");
        assertThat(refusal(before, Requests.usual(Requests.ec("secp256r1")), "laptop")
                        .getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThatThrownBy(() -> token(invitation().setAgentName("laptop")))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION));
    }
}
