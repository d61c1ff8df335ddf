package dev.plumbline.catalog.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Pki.Issued;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is fetched over HTTP or read from a TXT record: revocation, documents, the portal page asked twice. */
final class FileExpectationTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final String HOST = "mesu.apple.com";
    private static final Issued CA = Pki.root("CN=Issuing CA 1, O=Public Trust Ltd");
    private static final Issued LEAF = Pki.issue(CA, "CN=leaf", Pki.Form.server(HOST));
    private static final Issued STRANGER = Pki.root("CN=Gateway CA, O=Campus");
    private static final Issued FORGED = Pki.issue(STRANGER, "CN=leaf", Pki.Form.server(HOST));
    private static final TrustAnchors ANCHORS = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(CA.certificate()));

    private static Assessment assess(Target target, List<Handshake> handshakes, Exchange exchange) {
        return Expectations.assess(
                target,
                Seen.attempt(handshakes, Optional.of(exchange)),
                Seen.kept(LEAF.certificate(), CA.certificate(), FORGED.certificate(), STRANGER.certificate()),
                ANCHORS,
                AT);
    }

    private static Exchange exchange(int status, String type, String body, String asked, String seen) {
        Map<String, String> all = new HashMap<>();
        for (String one : seen.isEmpty() ? new String[0] : seen.split("; ")) {
            all.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("content-type", type);
        return new Exchange(
                "HTTP/1.1",
                Failure.none(),
                Duration.ZERO,
                status,
                headers,
                Bytes.of(bytes),
                bytes.length,
                asked,
                all,
                List.of(),
                "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | type                      | seen                                                                             | body                      | outcome      | because
            200      | application/ocsp-response | response-status=successful; cert-status=good; produced-at=2026-11-21T10:00:00Z   | x                         | MET          | successful, the certificate is good, produced 2026
            200      | application/ocsp-response | response-status=successful; cert-status=unknown; produced-at=2026-11-21T10:00:00Z | x                        | MET          | unknown
            200      | application/ocsp-response | response-status=unauthorized                                                     | x                         | MET          | unauthorized
            200      | application/ocsp-response | response-status=tryLater                                                         | x                         | MET          | tryLater
            200      | application/ocsp-response | ''                                                                               | garbage                   | WRONG_ANSWER | none
            200      | application/ocsp-response | ''                                                                               | ''                        | WRONG_ANSWER | none
            200      | text/html                 | ''                                                                               | <html>Parked</html>       | WRONG_ANSWER | text/html
            200      | text/html                 | ''                                                                               | <html>Blocked by Campus Web Filter</html> | BLOCK_PAGE | filter
            511      | text/html                 | ''                                                                               | <html>Log in</html>       | PORTAL       | login
            502      | ''                        | ''                                                                               | ''                        | WRONG_ANSWER | proxy
            400      | text/html                 | ''                                                                               | <html>Bad Request</html>  | MET          | weak
            404      | text/html                 | ''                                                                               | <html>Not Found</html>    | MET          | weak
            410      | ''                        | ''                                                                               | ''                        | MET          | weak
            403      | ''                        | ''                                                                               | ''                        | MET          | weak
            403      | text/html                 | ''                                                                               | <html>Forbidden</html>    | WRONG_ANSWER | no OCSP response
            405      | ''                        | ''                                                                               | ''                        | WRONG_ANSWER | no OCSP response
            500      | ''                        | ''                                                                               | ''                        | WRONG_ANSWER | no OCSP response
            """)
    void anOcspResponderIsKnownByAWellFormedResponse(
            int status, String type, String seen, String body, Outcome outcome, String because) {
        Exchange e = exchange(status, type, body, "POST of an OCSP request", seen);
        Assessment a = assess(Seen.plain(ProbeKind.OCSP, "ocsp.apple.com"), List.of(), e);
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
        assertThat(a.because()).contains(because);
    }

    @ParameterizedTest
    @CsvSource({"403, MET", "400, MET", "500, WRONG_ANSWER"})
    void aResponderThatCouldNotBeAskedAnythingIsReachedWeakly(int status, Outcome outcome) {
        Assessment a = assess(
                Seen.plain(ProbeKind.OCSP, "ocsp.apple.com"), List.of(), exchange(status, "", "", "GET, for want", ""));
        assertThat(a.outcome()).isEqualTo(outcome);
        assertThat(a.because()).contains(outcome == Outcome.MET ? "weak evidence" : "no OCSP response");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | seen                                                                    | body                | outcome         | because
            200      | form=crl; issuer=CN=CA; length=4; next-update=2026-12-01T00:00:00Z      | 0123                | MET             | valid until 2026-12-01
            200      | form=crl; issuer=CN=CA; length=4                                        | 0123                | MET             | revocation list of CN=CA
            200      | form=certificate; issuer=CN=CA; length=4; not-after=2029-03-08T00:00:00Z | 0123               | MET             | certificate by CN=CA
            200      | form=crl; issuer=CN=CA; length=4; next-update=2026-11-20T00:00:00Z      | 0123                | NOT_IN_VALIDITY | only until 2026-11-20
            200      | form=crl; issuer=CN=CA; length=9; next-update=2026-12-01T00:00:00Z      | 0123                | WRONG_ANSWER    | 4 of its 9
            200      | form=crl; issuer=CN=CA; length=9; read=beginning                        | 0123                | MET             | revocation list of CN=CA
            200      | form=crl; issuer=CN=CA; length=4; next-update=nonsense                  | 0123                | MET             | CN=CA
            200      | ''                                                                      | garbage             | WRONG_ANSWER    | no certificate and no revocation list
            200      | ''                                                                      | <html>blocked by your administrator</html> | BLOCK_PAGE | filter
            403      | ''                                                                      | ''                  | MET             | weak
            404      | ''                                                                      | ''                  | MET             | weak
            500      | ''                                                                      | ''                  | WRONG_ANSWER    | HTTP 500
            407      | ''                                                                      | ''                  | WRONG_ANSWER    | proxy
            511      | ''                                                                      | ''                  | PORTAL          | login
            """)
    void aFileOfCertificatesIsWholeAndNotExpired(
            int status, String seen, String body, Outcome outcome, String because) {
        Assessment a = assess(
                Seen.plain(ProbeKind.CERT_FILE, "crl.apple.com"), List.of(), exchange(status, "", body, "", seen));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
        assertThat(a.because()).contains(because);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind      | status | seen                      | body                                         | outcome
            PMV         | 200    | content=public-asset-sets | {                                            | MET
            PMV         | 200    | content=asset-sets        | {                                            | MET
            PMV         | 200    | content=json; read=beginning | {                                         | MET
            PMV         | 200    | content=json              | {                                            | WRONG_ANSWER
            PMV         | 200    | ''                        | {"error":1}                                  | WRONG_ANSWER
            PMV         | 200    | ''                        | <html>Parked</html>                          | WRONG_ANSWER
            PMV         | 206    | content=public-asset-sets | {                                            | WRONG_ANSWER
            PMV         | 404    | ''                        | ''                                           | MET
            PMV         | 403    | ''                        | <html>Blocked by Campus Web Filter</html>    | BLOCK_PAGE
            PMV         | 503    | ''                        | ''                                           | WRONG_ANSWER
            PLIST       | 206    | ''                        | '<?xml version="1.0"?><!DOCTYPE plist >'     | MET
            PLIST       | 200    | ''                        | <plist version="1.0">                        | MET
            PLIST       | 200    | ''                        | '<?xml version="1.0"?><html/>'               | WRONG_ANSWER
            PLIST       | 200    | ''                        | ''                                           | WRONG_ANSWER
            PLIST       | 404    | ''                        | ''                                           | MET
            PLIST_PLAIN | 206    | ''                        | ' <plist version="1.0">'                     | MET
            PLIST_PLAIN | 200    | ''                        | <html>Parked</html>                          | WRONG_ANSWER
            PLIST_PLAIN | 200    | ''                        | garbage                                      | WRONG_ANSWER
            PLIST_PLAIN | 403    | ''                        | ''                                           | MET
            PLIST_PLAIN | 403    | ''                        | <html>Blocked by Campus Web Filter</html>    | BLOCK_PAGE
            PLIST_PLAIN | 511    | ''                        | ''                                           | PORTAL
            PLIST_PLAIN | 504    | ''                        | ''                                           | WRONG_ANSWER
            """)
    void aDocumentIsKnownByItsBeginning(ProbeKind kind, int status, String seen, String body, Outcome outcome) {
        boolean tls = kind.seesCertificate();
        Target target = tls ? Seen.target(kind, IdentityClass.PUBLIC, HOST, HOST) : Seen.plain(kind, HOST);
        List<Handshake> handshakes = tls
                ? List.of(Seen.handshake(HOST, List.of("h2"), "h2", LEAF.certificate(), CA.certificate()))
                : List.of();
        Assessment a = assess(target, handshakes, exchange(status, "", body, "", seen));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
        assertThat(a.because()).contains(outcome == Outcome.MET && status > 399 ? "weak" : "");
    }

    @ParameterizedTest
    @CsvSource({"PMV, content=public-asset-sets, {", "PLIST, '', <plist>"})
    void whoAnswersComesBeforeWhatIsAnswered(ProbeKind kind, String seen, String body) {
        Handshake forged = Seen.handshake(HOST, List.of("h2"), "h2", FORGED.certificate(), STRANGER.certificate());
        Target target = Seen.target(kind, IdentityClass.PUBLIC, HOST, HOST);
        assertThat(assess(target, List.of(forged), exchange(200, "", body, "", seen))
                        .outcome())
                .isEqualTo(Outcome.FOREIGN_CHAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # anybody | detection | outcome | because
            success   | success   | MET     | Success page
            portal    | portal    | PORTAL  | sends everybody
            portal    | success   | PORTAL  | lets Apple's detection through and nobody else
            success   | portal    | MET     | to Apple's detection somebody else answers
            success   | nothing   | MET     | Success page
            """)
    void thePortalPageIsToldApartByWhoAsks(String anybody, String detection, Outcome outcome, String because) {
        List<Attempt> attempts = List.of(asked(anybody), asked(detection));
        Assessment a = Expectations.assessTogether(
                Seen.plain(ProbeKind.CAPTIVE, "captive.apple.com"), attempts, Seen.kept(), ANCHORS, AT);
        assertThat(a.outcome()).isEqualTo(outcome);
        assertThat(a.because()).contains(because);
    }

    private static Attempt asked(String got) {
        return Seen.attempt(
                List.of(),
                switch (got) {
                    case "success" ->
                        Optional.of(Seen.http(
                                200, "", "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"));
                    case "portal" -> Optional.of(Seen.http(302, "location=http://portal.campus.example/", ""));
                    default -> Optional.empty();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NONE       | count=50 | MET         | says 'count=50'
            NO_DATA    | ''       | MET         | no TXT record
            NXDOMAIN   | ''       | MET         | no TXT record
            DNS_SILENT | ''       | NOT_REACHED | did not answer
            """)
    void aTextRecordIsToldAndItsAbsenceIsNoFailure(FailureKind kind, String data, Outcome outcome, String because) {
        Lookup lookup = new Lookup(
                "push.apple.com",
                "TXT",
                new Endpoint("10.20.20.1", 53),
                Transport.UDP,
                AT,
                Duration.ZERO,
                kind == FailureKind.NONE ? Failure.none() : Failure.of(kind),
                0,
                false,
                List.of(),
                data.isEmpty() ? List.of() : List.of(new Lookup.Answer(data, 60)),
                1);
        Assessment a = Expectations.assessNames(Seen.plain(ProbeKind.NAME_TEXT, "push.apple.com"), List.of(lookup));
        assertThat(a.outcome()).isEqualTo(outcome);
        assertThat(a.because()).contains(because);
    }
}
