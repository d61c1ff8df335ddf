package dev.plumbline.catalog.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** Pages and lists as anybody may answer with them. */
final class AnswerFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** A sentence is for people, whatever a stranger calls itself. */
    private static final int MOST_CHARS = 1 << 17;

    @Test
    void signedBags() throws Exception {
        String certificate = Base64.getMimeEncoder()
                .encodeToString(Pki.root("CN=Fuzz").certificate().getEncoded());
        Fuzz.total(
                "signed push configurations",
                Fuzz.texts("<plist><dict><key>signature</key><data>QUFB\nQUFB</data><key>bag</key>\n<data>QUFB</data>"
                        + "<key>certs</key><array><data>" + certificate
                        + "</data><data>QUFB</data></array></dict></plist>"),
                bytes -> SignedBag.read(bytes).ifPresent(SignedBag::signers));
    }

    @Test
    void pages() {
        Fuzz.total(
                "block pages and portals",
                Fuzz.texts(
                        "<html><title>Access denied</title>Blocked by your administrator</html>",
                        "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>",
                        "https://user@portal.example:8443/login?next=http://captive.apple.com/#top"),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.ISO_8859_1);
                    Exchange exchange = exchange(text, Bytes.of(bytes));
                    Portal.of("captive.apple.com", exchange);
                    BlockPage.of(exchange);
                });
    }

    /** Every kind of target judges what comes, with fields that are the beginnings of its lines and a body that is the rest. */
    @Test
    void exchanges() {
        X509Certificate leaf = Pki.root("CN=Fuzz", Pki.Form.server("a.example")).certificate();
        Handshake handshake = Seen.handshake("a.example", List.of("h2"), "h2", leaf);
        TrustAnchors anchors = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(leaf));
        List<ProbeKind> kinds = Arrays.stream(ProbeKind.values())
                .filter(kind -> !kind.asksNamesOnly())
                .toList();
        Fuzz.total(
                "answers to every kind of target",
                Fuzz.texts(
                        "apns-id=8f3c6b5e-0000-4000-8000-0123456789ab; content-type=application/json\n\n"
                                + "{\"reason\":\"MissingProviderToken\"}",
                        "content-type=text/html; location=https://portal.example/\noriginate=ours; kiss-code=RATE\n"
                                + "$\1\6\3540123456789012345678901234567890123456789012345",
                        "\nform=crl; next-update=2030-01-01T00:00:00Z; not-after=2030-01-01T00:00:00Z; versions=1\n<?xml",
                        "content-type=application/ocsp-response\nresponse-status=successful; cert-status=good\n",
                        "\nanswers=1; rcode=0; versions=6b3343cf; content=public-asset-sets\nSSH-2.0-x"),
                bytes -> {
                    String[] parts = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 3);
                    byte[] body = parts[parts.length - 1].getBytes(StandardCharsets.ISO_8859_1);
                    for (String protocol : List.of("HTTP/1.1", "h2")) {
                        Exchange exchange = Seen.exchange(
                                protocol, Failure.none(), bytes.length, parts[0], parts[parts.length / 2], body);
                        Attempt attempt = Seen.attempt(List.of(handshake), Optional.of(exchange));
                        for (ProbeKind kind : kinds) {
                            IdentityClass identity = kind.seesCertificate() ? IdentityClass.PUBLIC : IdentityClass.NONE;
                            Target target = Seen.target(kind, identity, "a.example", "a.example");
                            assertSaid(Expectations.assess(target, attempt, Seen.kept(leaf), anchors, NOW));
                        }
                    }
                });
    }

    private static void assertSaid(Assessment assessment) {
        assertThat(assessment.because()).isNotEmpty();
        assertThat(assessment.because().length()).isLessThan(MOST_CHARS);
    }

    /** Chains as whoever answers may show them, beside a right one: what can be read at all is judged. */
    @Test
    void chains() throws Exception {
        Pki.Issued root = Pki.root("CN=Fuzz Root, O=Fuzz");
        X509Certificate leaf = Pki.issue(
                        root,
                        "CN=a.example, O=Fuzz",
                        Pki.Form.server("a.example", "*.b.example").usedFor(KeyPurposeId.id_kp_serverAuth))
                .certificate();
        TrustAnchors anchors = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(root.certificate()));
        Fuzz.refusing(
                "chains of strangers",
                List.of(leaf.getEncoded(), root.certificate().getEncoded()),
                bytes -> {
                    X509Certificate shown = (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes));
                    for (List<X509Certificate> chain :
                            List.of(List.of(shown), List.of(shown, root.certificate()), List.of(leaf, shown))) {
                        X509Certificate[] all = chain.toArray(X509Certificate[]::new);
                        Handshake handshake = Seen.handshake("a.example", List.of(), "", all);
                        for (ProbeKind kind : List.of(ProbeKind.COURIER, ProbeKind.HTTPS, ProbeKind.PROVIDER_API)) {
                            IdentityClass identity =
                                    kind == ProbeKind.COURIER ? IdentityClass.APPLE_PRIVATE : IdentityClass.PUBLIC;
                            Target target = Seen.target(kind, identity, "a.example", "a.example");
                            Attempt attempt = Seen.attempt(List.of(handshake), Optional.empty());
                            assertSaid(Expectations.assess(target, attempt, Seen.kept(all), anchors, NOW));
                        }
                    }
                },
                CertificateException.class);
    }

    private static Exchange exchange(String location, Bytes body) {
        return new Exchange(
                "HTTP/1.1",
                Failure.none(),
                Duration.ZERO,
                302,
                Map.of("location", location, "content-type", "text/html"),
                body,
                body.size(),
                "",
                Map.of(),
                List.of(),
                "");
    }
}
