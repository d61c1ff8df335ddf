package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateRequestTest {
    /** DER of nothing, of empty sequences, of one too few parts, of other things than sequences. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3000",
                "30023000",
                "30043000 3000",
                "30063000 3000 0500",
                "30063000 3000 0300",
                "0500",
                "0400",
                "3080",
                "30800000",
                "3084ffffffff"
            })
    void whatIsNoRequestIsRefusedInWords(String hex) {
        byte[] der = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> CertificateRequest.read(der))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is no PKCS #10 in DER");
    }
}
