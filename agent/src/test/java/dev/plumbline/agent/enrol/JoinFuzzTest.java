package dev.plumbline.agent.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.fuzz.Fuzz;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody in the collector's place gives a host that joins: a chain under the authority, or a refusal. */
final class JoinFuzzTest {
    @Test
    void certificates() throws Exception {
        TestCertificate right = new TestCertificate("spiffe://campus.example/site/campus/segment/wifi/agent/wifi-1");
        byte[] own = right.chain().get(0).getEncoded();
        Fuzz.refusing(
                "certificates for a host that joins",
                List.of(own, right.authority().getEncoded()),
                bytes -> {
                    List<X509Certificate> chain = Join.certificates(List.of(ByteString.copyFrom(bytes)));
                    assertThat(chain).hasSize(1);
                    SignedChain.verify(chain, right.authority());
                    // What the authority has not signed does not get here.
                    assertThat(List.of(right.chain().get(0), right.authority()))
                            .anySatisfy(c -> assertThat(c.getTBSCertificate())
                                    .isEqualTo(chain.get(0).getTBSCertificate()));
                },
                JoinFailure.class,
                GeneralSecurityException.class);
    }
}
