package dev.plumbline.catalog.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Pki.Issued;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What was answered, kind by kind. */
final class AnswerExpectationTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Issued CA = Pki.root("CN=Issuing CA 1, O=Public Trust Ltd");
    private static final Issued API =
            Pki.issue(CA, "CN=leaf", Pki.Form.server("api.push.apple.com", "doh.dns.apple.com"));
    private static final TrustAnchors ANCHORS = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(CA.certificate()));
    private static final String ID = "apns-id=5f3c1a2b-0d4e-4f6a-8b7c-9d0e1f2a3b4c";

    private static Assessment assess(Target target, List<Handshake> handshakes, Optional<Exchange> exchange) {
        return Expectations.assess(
                target,
                Seen.attempt(handshakes, exchange),
                Seen.kept(API.certificate(), CA.certificate()),
                ANCHORS,
                AT);
    }

    private static Assessment assess(ProbeKind probe, String host, Exchange exchange) {
        return assess(Seen.plain(probe, host), List.of(), Optional.of(exchange));
    }

    private static Assessment secured(ProbeKind probe, String host, String alpn, Exchange exchange) {
        Handshake h = Seen.handshake(host, List.of("h2", "http/1.1"), alpn, API.certificate(), CA.certificate());
        return assess(Seen.target(probe, IdentityClass.PUBLIC, host, host), List.of(h), Optional.of(exchange));
    }

    private static Exchange answer(String protocol, int status, String headers, String body) {
        return Seen.exchange(protocol, Failure.none(), status, headers, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # ALPN     | protocol | status | id  | body                                                   | outcome
            h2         | h2       | 403    | yes | {"reason":"MissingProviderToken"}                      | MET
            h2         | h2       | 405    | yes | {"reason":"MethodNotAllowed"}                          | MET
            h2         | h2       | 404    | yes | { "reason" : "BadPath" }                               | MET
            h2         | h2       | 410    | yes | {"timestamp":1454948015990, "reason":"Unregistered"}   | MET
            h2         | h2       | 403    | no  | {"reason":"MissingProviderToken"}                      | WRONG_ANSWER
            h2         | h2       | 403    | yes | {"reason":"NotOfApple"}                                | WRONG_ANSWER
            h2         | h2       | 200    | yes | ''                                                     | WRONG_ANSWER
            h2         | h2       | 502    | no  | <html><body>Bad Gateway</body></html>                  | WRONG_ANSWER
            h2         | h2       | 407    | no  | ''                                                     | WRONG_ANSWER
            h2         | h2       | 403    | no  | <html>Blocked by Campus Web Filter</html>              | BLOCK_PAGE
            h2         | HTTP/1.1 | 403    | yes | {"reason":"MissingProviderToken"}                      | WRONG_PROTOCOL
            http/1.1   | HTTP/1.1 | 403    | yes | {"reason":"MissingProviderToken"}                      | WRONG_PROTOCOL
            ''         | HTTP/1.1 | 403    | yes | {"reason":"MissingProviderToken"}                      | WRONG_PROTOCOL
            """)
    void theProviderApiIsKnownByAReasonAndAnIdOverHttp2(
            String alpn, String protocol, int status, String id, String body, Outcome outcome) {
        Exchange exchange = answer(protocol, status, id.equals("yes") ? ID : "", body);
        Assessment a = secured(ProbeKind.PROVIDER_API, "api.push.apple.com", alpn, exchange);
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | <html>What to do when a site is blocked by a filter</html> | MET
            403 | <html>Blocked by Campus Web Filter</html>                  | BLOCK_PAGE
            403 | <html>Access Denied</html>                                 | MET
            500 | ''                                                         | MET
            """)
    void anHttpsHostIsMetByAnyStatusThatIsNoBlockPage(int status, String body, Outcome outcome) {
        assertThat(secured(ProbeKind.HTTPS, "api.push.apple.com", "http/1.1", Seen.http(status, "", body))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void theProviderApiThatDoesNotAnswerIsNotReached() {
        Exchange silent = Seen.exchange("h2", Failure.of(FailureKind.EXCHANGE_SILENT), 0, "", new byte[0]);
        assertThat(secured(ProbeKind.PROVIDER_API, "api.push.apple.com", "h2", silent)
                        .outcome())
                .isEqualTo(Outcome.NOT_REACHED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | headers                                     | body                                                     | outcome
            200      | content-type=text/html                      | <html>Hello</html>                                       | MET
            403      | content-type=text/html                      | <html><h1>Access Denied</h1> no permission</html>        | MET
            404      | ''                                          | ''                                                       | MET
            301      | location=https://www.apple.com/itunes/      | ''                                                       | MET
            301      | location=/index.html                        | ''                                                       | MET
            302      | location=http://portal.campus.example/login | ''                                                       | PORTAL
            302      | location=//portal.campus.example:8080/login | ''                                                       | PORTAL
            302      | location=https://user@apple.com@portal.example/ | ''                                                   | PORTAL
            302      | location=HTTPS://WWW.APPLE.COM:443/         | ''                                                       | MET
            302      | location=http://10.20.0.1/login             | ''                                                       | PORTAL
            302      | location=http://apple.com.evil.example/     | ''                                                       | PORTAL
            511      | content-type=text/html                      | <html>Log in</html>                                      | PORTAL
            403      | content-type=text/html                      | <html><title>No</title>Blocked by Campus Web Filter</html> | BLOCK_PAGE
            200      | ''                                          | <!DOCTYPE html><p>This site has been blocked</p>         | BLOCK_PAGE
            403      | content-type=text/plain                     | This feature has been blocked                            | MET
            503      | x-squid-error=ERR_ACCESS_DENIED 0           | ''                                                       | BLOCK_PAGE
            451      | ''                                          | ''                                                       | BLOCK_PAGE
            407      | ''                                          | ''                                                       | WRONG_ANSWER
            502      | ''                                          | ''                                                       | WRONG_ANSWER
            504      | ''                                          | ''                                                       | WRONG_ANSWER
            """)
    void plainHttpIsAnythingButAFilterAPortalOrAProxy(int status, String headers, String body, Outcome outcome) {
        Assessment a = assess(ProbeKind.HTTP, "itunes.com", Seen.http(status, headers, body));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | headers                                     | body                                                                                | outcome
            200      | ''                                          | <HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>                | MET
            200      | ''                                          | ' <HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>  '           | MET
            200      | ''                                          | <HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML><script></script> | PORTAL
            200      | ''                                          | <html>Parked</html>                                                                 | PORTAL
            302      | location=http://portal.campus.example/login | ''                                                                                  | PORTAL
            511      | ''                                          | ''                                                                                  | PORTAL
            204      | ''                                          | ''                                                                                  | PORTAL
            403      | content-type=text/html                      | <html>Blocked by Campus Web Filter</html>                                           | BLOCK_PAGE
            """)
    void theCaptivePageIsExactlySuccess(int status, String headers, String body, Outcome outcome) {
        Assessment a = assess(ProbeKind.CAPTIVE, "captive.apple.com", Seen.http(status, headers, body));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | body                                                              | outcome
            200      | <plist version="1.0"><dict><key>bag</key><data>AA</data>          | MET
            200      | <plist version="1.0"><dict><key>signature</key><data>AA</data>    | MET
            200      | <plist version="1.0"><dict><key>other</key>                       | WRONG_ANSWER
            200      | <html>hello</html>                                                | WRONG_ANSWER
            200      | <html>This page is blocked by your administrator</html>           | BLOCK_PAGE
            404      | <plist version="1.0"><dict><key>bag</key>                         | WRONG_ANSWER
            """)
    void theBagIsAPropertyListWithItsKeys(int status, String body, Outcome outcome) {
        Assessment a = assess(ProbeKind.BAG, "init-p01st.push.apple.com", Seen.http(status, "", body));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # first bytes | originate | outcome      | because
            2401          | ours      | MET          | stratum 1
            240f          | ours      | MET          | stratum 15
            2400          | ours      | MET          | asks to be left alone
            e401          | ours      | WRONG_ANSWER | leap 3
            2410          | ours      | WRONG_ANSWER | stratum 16
            2301          | ours      | WRONG_ANSWER | mode 3
            2401          | other     | WRONG_ANSWER | another question
            """)
    void aTimeServerIsKnownByModeLeapAndStratum(String first, String originate, Outcome outcome, String because) {
        byte[] packet = Arrays.copyOf(HexFormat.of().parseHex(first), 48);
        String said = "originate=" + originate;
        for (Exchange exchange : List.of(
                Seen.exchange("ntp", Failure.none(), 0, "", said, packet),
                Seen.exchange("ntp", Failure.none(), 0, said, packet))) {
            Assessment a = assess(ProbeKind.NTP, "time.apple.com", exchange);
            assertThat(a.outcome()).isEqualTo(outcome);
            assertThat(a.because()).contains(because);
        }
        Exchange cut = Seen.exchange("ntp", Failure.none(), 0, "", Arrays.copyOf(packet, 47));
        assertThat(assess(ProbeKind.NTP, "time.apple.com", cut).outcome()).isEqualTo(Outcome.WRONG_ANSWER);
    }

    @Test
    void aTimeServerThatAsksToBeLeftAloneIsReachedAndItsCodeIsSaid() {
        byte[] packet = Arrays.copyOf(HexFormat.of().parseHex("e400"), 48);
        String seen = "originate=ours; kiss-code=RATE";
        Assessment a =
                assess(ProbeKind.NTP, "time.apple.com", Seen.exchange("ntp", Failure.none(), 0, "", seen, packet));
        assertThat(a.isMet()).isTrue();
        assertThat(a.because()).contains("left alone", "RATE");
    }

    @Test
    void anSshBannerCountsThoughOtherLinesCameBefore() {
        byte[] said = "Welcome\r\nSSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII);
        Exchange e = Seen.exchange("ssh", Failure.none(), 0, "", "banner=SSH-2.0-x", said);
        assertThat(assess(ProbeKind.SSH, "upload.appleschoolcontent.com", e).isMet())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SSH-2.0-OpenSSH_9.2       | MET
            SSH-1.99-Cisco            | MET
            HTTP/1.1 400 Bad Request  | WRONG_ANSWER
            ''                        | WRONG_ANSWER
            """)
    void anSshServerIsKnownByItsBanner(String banner, Outcome outcome) {
        assertThat(assess(ProbeKind.SSH, "upload.appleschoolcontent.com", answer("ssh", 0, "", banner + "\r\n"))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c0000000000800   | swapped | MET
            8000000000080102 | swapped | MET
            8000000000080102 | other   | WRONG_ANSWER
            8000000000080102 | ''      | WRONG_ANSWER
            c0000000010800   | swapped | WRONG_ANSWER
            40000000000800   | swapped | WRONG_ANSWER
            c000             | swapped | WRONG_ANSWER
            """)
    void aQuicServerIsKnownByItsVersionNegotiationForUs(String packet, String ids, Outcome outcome) {
        byte[] body = HexFormat.of().parseHex(packet);
        Exchange e = Seen.exchange("quic", Failure.none(), 0, "", "connection-ids=" + ids, body);
        assertThat(assess(ProbeKind.QUIC, "mask.icloud.com", e).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | application/dns-message | ours                          | MET
            200 | application/dns-message | a DNS answer under another id | WRONG_ANSWER
            200 | application/dns-message | ''                            | WRONG_ANSWER
            200 | text/html               | ours                          | WRONG_ANSWER
            403 | application/dns-message | ours                          | WRONG_ANSWER
            """)
    void dnsOverHttpsAnswersOurQuestionWithADnsMessage(int status, String type, String answer, Outcome outcome) {
        Exchange e = Seen.exchange(
                "h2", Failure.none(), status, "content-type=" + type, "dns-answer=" + answer, new byte[0]);
        Assessment a = secured(ProbeKind.DOH, "doh.dns.apple.com", "h2", e);
        assertThat(a.outcome()).isEqualTo(outcome);
        assertThat(a.because()).contains(status == 200 && type.contains("dns") && !a.isMet() ? answer : "");
    }

    @ParameterizedTest
    @EnumSource(
            value = ProbeKind.class,
            names = {"HTTP", "CAPTIVE", "BAG", "OCSP", "CERT_FILE", "PLIST_PLAIN", "NTP", "SSH", "QUIC"})
    void anExchangeThatFailedOrWasNotMadeIsNotReached(ProbeKind probe) {
        Exchange failed = Seen.exchange("", Failure.of(FailureKind.EXCHANGE_RESET, "peer"), 0, "", new byte[0]);
        assertThat(assess(probe, "host.apple.com", failed).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(assess(probe, "host.apple.com", failed).because()).contains("reset after the request (peer)");
        assertThat(assess(Seen.plain(probe, "host.apple.com"), List.of(), Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.NOT_REACHED);
    }

    /** Whoever reads the reason must not have to look a word up: each failure is told by a sentence of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NXDOMAIN            | the name does not exist
            NO_DATA             | no address for the name
            DNS_REFUSED         | the resolver refused
            SERVFAIL            | the resolver failed
            DNS_SILENT          | the resolver did not answer
            DNS_TRUNCATED       | was cut and TCP got none
            DNS_MALFORMED       | makes no sense
            DNS_UNREACHABLE     | the resolver cannot be reached
            CONNECT_SILENT      | nobody answered
            CONNECT_RESET       | refused (RST)
            HOST_UNREACHABLE    | administratively prohibited (ICMP)
            CONNECT_PROHIBITED  | administratively prohibited (ICMPv6)
            NETWORK_UNREACHABLE | no route
            TLS_SILENT          | the TLS hello got no answer
            TLS_RESET           | reset during the handshake
            TLS_CLOSED          | closed during the handshake
            TLS_ALERT           | a TLS alert
            TLS_MALFORMED       | does not speak TLS
            EXCHANGE_SILENT     | the request got no answer
            EXCHANGE_RESET      | reset after the request
            EXCHANGE_CLOSED     | closed before an answer
            EXCHANGE_MALFORMED  | not of the protocol
            OVERLOADED          | host was too busy
            LOCAL               | the agent's host refused
            """)
    void everyFailureIsToldInWords(FailureKind kind, String words) {
        Assessment bare = Answers.notReached("no answer", Failure.of(kind));
        assertThat(bare.outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(bare.because()).startsWith("no answer: ").endsWith(words);
        assertThat(Answers.notReached("no answer", Failure.of(kind, "from 10.20.0.1"))
                        .because())
                .isEqualTo(bare.because() + " (from 10.20.0.1)");
    }

    @Test
    void aFailureOfALaterVersionIsSaidToBeOne() {
        assertThat(Answers.notReached("no answer", new Failure(FailureKind.UNKNOWN, 77, ""))
                        .because())
                .isEqualTo("no answer: a failure that this version does not know");
    }

    @Test
    void aTcpTargetIsMetByTheConnectionAlone() {
        Target tcp = Seen.plain(ProbeKind.TCP, "gateway.push.apple.com");
        assertThat(assess(tcp, List.of(), Optional.empty()).outcome()).isEqualTo(Outcome.MET);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # A,          AAAA,       answer,      outcome
            NXDOMAIN,     NXDOMAIN,   '',          MET
            NO_DATA,      NXDOMAIN,   '',          MET
            DNS_SILENT,   NXDOMAIN,   '',          MET
            DNS_SILENT,   DNS_SILENT, '',          NOT_REACHED
            NXDOMAIN,     NONE,       fd00:20::99, UNEXPECTED_ANSWER
            NONE,         NXDOMAIN,   10.20.0.99,  UNEXPECTED_ANSWER
            """)
    void aNameThatIsGoneMustNotResolve(FailureKind a, FailureKind aaaa, String answer, Outcome outcome) {
        Target gone = Seen.plain(ProbeKind.NAME_ABSENT, "gateway.push.apple.com");
        Assessment assessment = Expectations.assessNames(gone, List.of(lookup(a, answer), lookup(aaaa, answer)));
        assertThat(assessment.outcome()).isEqualTo(outcome);
        assertThat(assessment.because()).isNotEmpty().contains(outcome == Outcome.UNEXPECTED_ANSWER ? answer : "");
        assertThatThrownBy(() -> assess(gone, List.of(), Optional.empty())).hasMessageContaining("must not resolve");
    }

    private static Lookup lookup(FailureKind kind, String answer) {
        boolean answered = kind == FailureKind.NONE;
        return new Lookup(
                "gateway.push.apple.com",
                "A",
                new Endpoint("10.20.20.1", 53),
                Transport.UDP,
                AT,
                Duration.ZERO,
                answered ? Failure.none() : Failure.of(kind),
                answered ? 0 : 3,
                false,
                List.of(),
                answered ? List.of(new Lookup.Answer(answer, 60)) : List.of(),
                1);
    }
}
