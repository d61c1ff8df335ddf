package dev.plumbline.catalog.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Pki.Issued;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a QUIC handshake means, beside what version negotiation said before it. */
final class Http3ExpectationTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final String HOST = "pos-device.apple.com";
    private static final Issued CA = Pki.root("CN=Issuing CA 1, O=Public Trust Ltd");
    private static final Issued OTHER = Pki.root("CN=Campus Gateway, O=Hochschule Beispiel");
    private static final Issued GENUINE = Pki.issue(CA, "CN=leaf", Pki.Form.server(HOST));
    private static final Issued FOREIGN = Pki.issue(OTHER, "CN=leaf", Pki.Form.server(HOST));
    private static final TrustAnchors ANCHORS = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(CA.certificate()));

    private static Assessment assess(List<Handshake> handshakes, Exchange versions) {
        Target target = Seen.target(ProbeKind.HTTP3, IdentityClass.PUBLIC, HOST, HOST);
        return Expectations.assess(
                target,
                Seen.attempt(handshakes, Optional.of(versions)),
                Seen.kept(GENUINE.certificate(), FOREIGN.certificate(), CA.certificate(), OTHER.certificate()),
                ANCHORS,
                AT);
    }

    private static Exchange versions(boolean passed, String headers) {
        return passed
                ? Seen.exchange(
                        "quic",
                        Failure.none(),
                        0,
                        "",
                        "connection-ids=swapped" + headers,
                        HexFormat.of().parseHex("8000000000080102"))
                : Seen.exchange("quic", Failure.of(FailureKind.EXCHANGE_SILENT), 0, "", headers, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # versions | handshake     | code | outcome     | because
            passed     | NONE          |      | MET         | QUIC version 00000001, protocol h3
            silent     | NONE          |      | MET         | names pos-device.apple.com
            passed     | TLS_ALERT     | 376  | MET         | refuses the handshake: CONNECTION_CLOSE 0x178
            silent     | TLS_CLOSED    | 2    | MET         | refuses the handshake: CONNECTION_CLOSE 0x2
            passed     | TLS_SILENT    |      | NOT_REACHED | version negotiation passes, but a QUIC handshake with pos-device.apple.com
            silent     | TLS_SILENT    |      | NOT_REACHED | a QUIC handshake with pos-device.apple.com at 17.57.144.10:5223 gets no answer
            silent     | TLS_RESET     |      | NOT_REACHED | no QUIC handshake with pos-device.apple.com
            passed     | TLS_MALFORMED |      | NOT_REACHED | version negotiation passes, but no QUIC handshake
            """)
    void theHandshakeDecidesWhateverVersionNegotiationSaid(
            String versions, FailureKind failure, Long code, Outcome outcome, String because) {
        Handshake handshake = failure == FailureKind.NONE
                ? Seen.quic(HOST, failure, Optional.empty(), GENUINE.certificate(), CA.certificate())
                : Seen.quic(HOST, failure, Optional.ofNullable(code));
        Assessment assessment = assess(List.of(handshake), versions(versions.equals("passed"), ""));
        assertThat(assessment.outcome()).isEqualTo(outcome);
        assertThat(assessment.because()).contains(because);
    }

    @Test
    void aResumedSessionShowsNoCertificateAndAccusesNobody() {
        Assessment assessment =
                assess(List.of(Seen.quic(HOST, FailureKind.NONE, Optional.empty())), versions(true, ""));
        assertThat(assessment.outcome()).isEqualTo(Outcome.MET);
        assertThat(assessment.because()).contains("no certificate was shown");
    }

    @Test
    void aStrangersChainIsNoReach() {
        Handshake handshake =
                Seen.quic(HOST, FailureKind.NONE, Optional.empty(), FOREIGN.certificate(), OTHER.certificate());
        assertThat(assess(List.of(handshake), versions(true, "")).outcome()).isEqualTo(Outcome.FOREIGN_CHAIN);
    }

    @ParameterizedTest
    @CsvSource({"true, MET", "false, NOT_REACHED"})
    void withoutAHandshakeVersionNegotiationDecidesAndSaysSo(boolean passed, Outcome outcome) {
        String lacking = (passed ? "; " : "") + "handshake=not measured: no QUIC library for this platform";
        Assessment assessment = assess(List.of(), versions(passed, lacking));
        assertThat(assessment.outcome()).isEqualTo(outcome);
        assertThat(assessment.because()).endsWith("; handshake not measured: no QUIC library for this platform");
    }
}
