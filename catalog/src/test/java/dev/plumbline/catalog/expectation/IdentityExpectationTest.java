package dev.plumbline.catalog.expectation;

import static dev.plumbline.catalog.expectation.Pki.Form.ca;
import static dev.plumbline.catalog.expectation.Pki.Form.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Pki.Issued;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answered, as certificates of every kind tell: made at run time, judged at a given time. */
final class IdentityExpectationTest {
    private static final String COURIER = "courier.push.apple.com";
    private static final String V3 = "apns-security-v3";
    private static final String LEAF_MARKER = "1.2.840.113635.100.6.27.5.2";
    private static final String ISSUER_MARKER = "1.2.840.113635.100.6.2.12";
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    private static final Issued PUBLIC_ROOT = Pki.root("CN=Root R1, O=Public Trust Ltd");
    private static final Issued PUBLIC_CA = Pki.issue(PUBLIC_ROOT, "CN=Issuing CA 1, O=Public Trust Ltd", ca());
    private static final Issued APPLE_ROOT = Pki.root("CN=Private Root, O=Apple Inc.");
    private static final Issued APPLE_CA =
            Pki.issue(APPLE_ROOT, "CN=Server Authentication CA, O=Apple Inc.", ca(ISSUER_MARKER));
    private static final Issued APPLE_OTHER_CA = Pki.issue(APPLE_ROOT, "CN=Other CA, O=Apple Inc.", ca());
    private static final Issued APPLE_UNKNOWN_CA = Pki.root("CN=Server Authentication CA 9, O=Apple Inc.");
    private static final Issued PUBLIC_UNKNOWN_CA = Pki.root("CN=Issuing CA 7, O=Public Trust Ltd");
    private static final Issued GATEWAY = Pki.root("CN=Campus Web Gateway CA, O=Hochschule Beispiel IT");
    private static final Issued ORGANISATION = Pki.root("CN=Campus CA, O=Hochschule Beispiel");

    private static final TrustAnchors ANCHORS = TrustAnchors.NONE
            .with(IdentityClass.PUBLIC, List.of(PUBLIC_ROOT.certificate()))
            .with(IdentityClass.APPLE_PRIVATE, List.of(APPLE_ROOT.certificate()));

    /** Chains by the word that the tables use. */
    private static final Map<String, X509Certificate[]> CHAINS = new HashMap<>();

    static {
        chain("public", PUBLIC_CA, server(COURIER, "gdmf.apple.com", "*.push.apple.com"));
        chain("public-wildcard", PUBLIC_CA, server("*.apple.com"));
        chain("public-other-name", PUBLIC_CA, server("blocked.campus.example"));
        chain(
                "public-expired",
                PUBLIC_CA,
                server(COURIER, "gdmf.apple.com").valid("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));
        chain(
                "public-future",
                PUBLIC_CA,
                server(COURIER, "gdmf.apple.com").valid("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"));
        chain("public-for-clients", PUBLIC_CA, server("gdmf.apple.com").usedFor(KeyPurposeId.id_kp_clientAuth));
        chain("public-for-servers", PUBLIC_CA, server("gdmf.apple.com").usedFor(KeyPurposeId.id_kp_serverAuth));
        chain("private", APPLE_CA, server(COURIER, "gdmf.apple.com").marked(LEAF_MARKER));
        chain(
                "private-expired",
                APPLE_CA,
                server(COURIER).marked(LEAF_MARKER).valid("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));
        chain("private-unmarked", APPLE_CA, server(COURIER));
        chain("private-issuer-unmarked", APPLE_OTHER_CA, server(COURIER).marked(LEAF_MARKER));
        chain("private-other-name", APPLE_CA, server("init.push.apple.com").marked(LEAF_MARKER));
        chain(
                "apple-unknown",
                APPLE_UNKNOWN_CA,
                server(COURIER, "gdmf.apple.com").marked(LEAF_MARKER));
        chain("public-unknown", PUBLIC_UNKNOWN_CA, server(COURIER, "gdmf.apple.com"));
        chain("gateway", GATEWAY, server(COURIER, "gdmf.apple.com"));
        chain("organisation", ORGANISATION, server("gdmf.apple.com"));
        Issued parked = Pki.root("CN=parked-domain.invalid, O=Parking Ltd", server("parked-domain.invalid"));
        CHAINS.put("self-signed", new X509Certificate[] {parked.certificate()});
        Issued poser = Pki.root("CN=gdmf.apple.com, O=Apple Inc.", server("gdmf.apple.com", COURIER));
        CHAINS.put("self-signed-as-apple", new X509Certificate[] {poser.certificate()});
        // A genuine leaf that signs another one: no authority, so path validation must refuse it.
        Issued genuine = Pki.issue(PUBLIC_CA, "CN=www.shop.example", server("www.shop.example"));
        Issued forged = Pki.issue(genuine, "CN=gdmf.apple.com", server("gdmf.apple.com"));
        CHAINS.put(
                "issued-by-a-leaf",
                new X509Certificate[] {forged.certificate(), genuine.certificate(), PUBLIC_CA.certificate()});
        CHAINS.put("nothing", new X509Certificate[0]);
    }

    private static void chain(String word, Issued ca, Pki.Form form) {
        Issued leaf = Pki.issue(ca, "CN=leaf, O=Somebody", form);
        CHAINS.put(word, new X509Certificate[] {leaf.certificate(), ca.certificate()});
    }

    private static Certificates kept() {
        List<X509Certificate> all = new ArrayList<>();
        CHAINS.values().forEach(c -> all.addAll(List.of(c)));
        return Seen.kept(all.toArray(new X509Certificate[0]));
    }

    private static Assessment assess(Target target, TrustAnchors anchors, Handshake... handshakes) {
        return Expectations.assess(target, Seen.attempt(List.of(handshakes), Optional.empty()), kept(), anchors, AT);
    }

    private static X509Certificate[] shown(String word) {
        return Objects.requireNonNull(CHAINS.get(word), () -> "no chain " + word);
    }

    private static Target https(IdentityClass identity) {
        return Seen.target(ProbeKind.HTTPS, identity, "gdmf.apple.com", "gdmf.apple.com");
    }

    private static Target courier() {
        return Seen.target(ProbeKind.COURIER, IdentityClass.APPLE_PRIVATE, "7-courier.push.apple.com", COURIER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # expected      | shown                | outcome         | because (part)
            public          | public               | MET             | names gdmf.apple.com
            public          | public-wildcard      | MET             | names gdmf.apple.com
            public          | public-other-name    | WRONG_NAME      | is for blocked.campus.example, not for gdmf.apple.com
            public          | public-expired       | NOT_IN_VALIDITY | was valid only until 2026-01-01
            public          | public-future        | NOT_IN_VALIDITY | is valid only from 2027-01-01
            public          | gateway              | FOREIGN_CHAIN   | issued by 'Campus Web Gateway CA' (Hochschule Beispiel IT)
            public          | self-signed          | FOREIGN_CHAIN   | issued by 'parked-domain.invalid' (Parking Ltd)
            public          | self-signed-as-apple | FOREIGN_CHAIN   | where a public CA is expected
            public          | apple-unknown        | UNKNOWN_CHAIN   | calls itself 'Server Authentication CA 9' (Apple Inc.)
            public          | public-unknown       | UNKNOWN_CHAIN   | review
            public          | issued-by-a-leaf     | UNKNOWN_CHAIN   | path validation refuses it
            public          | public-for-clients   | UNKNOWN_CHAIN   | not meant for servers
            public          | public-for-servers   | MET             | names gdmf.apple.com
            public          | nothing              | FOREIGN_CHAIN   | showed no certificate
            apple-private   | private              | MET             | names gdmf.apple.com
            apple-private   | public               | UNKNOWN_CHAIN   | where a certificate of Apple's private PKI is expected
            apple-private   | public-other-name    | WRONG_NAME      | is for blocked.campus.example
            apple-private   | apple-unknown        | UNKNOWN_CHAIN   | leads to no anchor known
            apple-private   | gateway              | FOREIGN_CHAIN   | where Apple's private PKI is expected
            organisation    | public               | MET             | names gdmf.apple.com
            organisation    | organisation         | FOREIGN_CHAIN   | issued by 'Campus CA'
            """)
    void aChainIsHeldAgainstTheClassThatIsExpected(String expected, String shown, Outcome outcome, String because) {
        IdentityClass identity = dev.plumbline.catalog.Words.of(IdentityClass.class, expected);
        Assessment a = assess(https(identity), ANCHORS, Seen.handshake("gdmf.apple.com", List.of(), "", shown(shown)));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
        assertThat(a.because()).contains(because);
    }

    /** What is remembered of a chain holds as long as the chain does. */
    @ParameterizedTest
    @CsvSource({
        "2024-06-01T00:00:00Z, NOT_IN_VALIDITY",
        "2025-06-01T00:00:00Z, MET",
        "2026-06-01T00:00:00Z, NOT_IN_VALIDITY"
    })
    void aChainThatWasJudgedBeforeIsAskedForItsDatesAgain(Instant at, Outcome outcome) {
        Issued root = Pki.root("CN=root");
        X509Certificate leaf = Pki.issue(
                        root, "CN=leaf", server("gdmf.apple.com").valid("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                .certificate();
        TrustAnchors anchors = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(root.certificate()));
        Handshake shown = Seen.handshake("gdmf.apple.com", List.of(), "", leaf);
        for (Instant asked : List.of(Instant.parse("2025-03-01T00:00:00Z"), at)) {
            Outcome seen = Expectations.assess(
                            https(IdentityClass.PUBLIC),
                            Seen.attempt(List.of(shown), Optional.empty()),
                            Seen.kept(leaf),
                            anchors,
                            asked)
                    .outcome();
            assertThat(seen).isEqualTo(asked.equals(at) ? outcome : Outcome.MET);
        }
    }

    @Test
    void anOrganisationThatNamesItsAuthorityIsHeldToIt() {
        TrustAnchors own = ANCHORS.with(IdentityClass.ORGANISATION, List.of(ORGANISATION.certificate()));
        Handshake h = Seen.handshake("gdmf.apple.com", List.of(), "", shown("organisation"));
        assertThat(assess(https(IdentityClass.ORGANISATION), own, h).outcome()).isEqualTo(Outcome.MET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # offered                | selected              | shown                   | outcome
            apns-security-v3         | apns-security-v3      | private                 | MET
            apns-security-v3         | apns-security-v3      | private-expired         | NOT_IN_VALIDITY
            apns-security-v3         | apns-security-v3      | private-unmarked        | UNKNOWN_CHAIN
            apns-security-v3         | apns-security-v3      | private-issuer-unmarked | UNKNOWN_CHAIN
            apns-security-v3         | apns-security-v3      | private-other-name      | WRONG_NAME
            apns-security-v3         | apns-security-v3      | apple-unknown           | UNKNOWN_CHAIN
            apns-security-v3         | ''                    | gateway                 | FOREIGN_CHAIN
            apns-security-v3         | ''                    | private                 | WRONG_PROTOCOL
            apns-security-v3         | apns-security-v3      | public                  | UNKNOWN_CHAIN
            apns-pack-v1:4096:4096   | apns-pack-v1:4096:4096 | public                 | MET
            apns-pack-v1:4096:4096   | apns-pack-v1          | public                  | MET
            apns-pack-v1:4096:4096   | http/1.1              | public                  | WRONG_PROTOCOL
            h2                       | apns-pack-v1          | public                  | WRONG_PROTOCOL
            h2                       | ''                    | public                  | WRONG_PROTOCOL
            ''                       | h2                    | public                  | WRONG_PROTOCOL
            ''                       | ''                    | public                  | MET
            ''                       | ''                    | gateway                 | FOREIGN_CHAIN
            ''                       | ''                    | self-signed             | FOREIGN_CHAIN
            """)
    void aCourierIsJudgedByItsOwnOffer(String offered, String selected, String shown, Outcome outcome) {
        List<String> offer = offered.isEmpty() ? List.of() : List.of(offered);
        Assessment a = assess(courier(), ANCHORS, Seen.handshake(COURIER, offer, selected, shown(shown)));
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
    }

    @Test
    void theFirstHandshakeThatSucceededSpeaksAndANeutralNameNever() {
        Handshake alert = Seen.failed(COURIER, List.of(V3), FailureKind.TLS_ALERT);
        Handshake stranger = Seen.handshake(COURIER, List.of(), "", shown("gateway"));
        Handshake neutral = Seen.handshake("www.example.com", List.of(), "", shown("public"));
        assertThat(assess(courier(), ANCHORS, alert, stranger).outcome()).isEqualTo(Outcome.FOREIGN_CHAIN);
        assertThat(assess(courier(), ANCHORS, alert, neutral).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(assess(courier(), ANCHORS, alert, neutral).because()).contains("refused with a TLS alert");
    }

    @Test
    void whatIsAskedApartOfACourierThatStandsDoesNotMakeItFail() {
        Handshake usual = Seen.handshake(COURIER, List.of(V3), V3, shown("private"));
        Handshake newest = Seen.failed(COURIER, List.of(V3), FailureKind.TLS_RESET, "TLSv1.3");
        Handshake bare = Seen.handshake(COURIER, List.of(), "", shown("gateway"));
        assertThat(assess(courier(), ANCHORS, usual, newest, bare).outcome()).isEqualTo(Outcome.MET);
        assertThat(assess(courier(), ANCHORS, newest).outcome()).isEqualTo(Outcome.NOT_REACHED);
    }

    /** A box that lets the courier's certificate pass and stops the push protocols leaves devices without push. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # name that was refused     | offered          | failure   | outcome
            courier.push.apple.com      | apns-security-v3 | TLS_ALERT | NOT_REACHED
            courier.push.apple.com      | apns-security-v3 | TLS_RESET | NOT_REACHED
            courier.push.apple.com      | ''               | TLS_RESET | MET
            www.example.com             | apns-security-v3 | TLS_ALERT | MET
            """)
    void aCourierThatAnswersOnlyWithoutThePushProtocolsIsNotReached(
            String name, String offered, FailureKind failure, Outcome outcome) {
        Handshake refused = Seen.failed(name, offered.isEmpty() ? List.of() : List.of(offered), failure);
        Handshake bare = Seen.handshake(COURIER, List.of(), "", shown("public"));
        Assessment a = assess(courier(), ANCHORS, refused, bare);
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
        assertThat(a.because())
                .contains(outcome == Outcome.MET ? "" : "the courier answers, but not with apns-security-v3");
    }

    /** An overlay that declares a courier's front to be the organisation's means it for every offer. */
    @Test
    void aCourierOfWhichNoPrivatePkiIsExpectedIsJudgedByTheClassThatIs() {
        Target own = Seen.target(ProbeKind.COURIER, IdentityClass.ORGANISATION, COURIER, COURIER);
        TrustAnchors anchors = ANCHORS.with(IdentityClass.ORGANISATION, List.of(PUBLIC_ROOT.certificate()));
        assertThat(assess(own, anchors, Seen.handshake(COURIER, List.of(V3), V3, shown("public")))
                        .outcome())
                .isEqualTo(Outcome.MET);
        assertThat(assess(own, anchors, Seen.handshake(COURIER, List.of(V3), V3, shown("private")))
                        .outcome())
                .isNotEqualTo(Outcome.MET);
    }

    @Test
    void trustAnchorsAreTheSameWhenTheyHoldTheSame() {
        Set<Sha256> pins = Set.of(Chain.hash(APPLE_CA.certificate()));
        TrustAnchors pinned = ANCHORS.withPins(IdentityClass.APPLE_PRIVATE, pins);
        assertThat(pinned)
                .isEqualTo(ANCHORS.withPins(IdentityClass.APPLE_PRIVATE, pins))
                .hasSameHashCodeAs(ANCHORS.withPins(IdentityClass.APPLE_PRIVATE, pins))
                .isNotEqualTo(ANCHORS)
                .isNotEqualTo(TrustAnchors.NONE);
        assertThat(pinned.equals((Object) pins)).isFalse();
        // Who replaces the anchors of a class does not go on trusting what was pinned before.
        assertThat(pinned.with(IdentityClass.APPLE_PRIVATE, List.of(APPLE_ROOT.certificate())))
                .isEqualTo(ANCHORS);
    }

    @Test
    void aPinnedIssuerIsTrustedWhenItIsShownAndOnlyThen() {
        TrustAnchors pinned = TrustAnchors.NONE
                .with(IdentityClass.PUBLIC, List.of(PUBLIC_ROOT.certificate()))
                .withPins(IdentityClass.APPLE_PRIVATE, Set.of(Chain.hash(APPLE_CA.certificate())));
        X509Certificate leaf = shown("private")[0];
        assertThat(assess(courier(), pinned, Seen.handshake(COURIER, List.of(V3), V3, shown("private")))
                        .outcome())
                .isEqualTo(Outcome.MET);
        assertThat(assess(courier(), pinned, Seen.handshake(COURIER, List.of(V3), V3, leaf))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN_CHAIN);
        assertThat(assess(courier(), pinned, Seen.handshake(COURIER, List.of(V3), V3, shown("gateway")))
                        .outcome())
                .isEqualTo(Outcome.FOREIGN_CHAIN);
    }

    @Test
    void aPinnedIssuerDoesNotOutliveItsValidity() {
        Issued ca = Pki.issue(
                APPLE_ROOT,
                "CN=Old CA, O=Apple Inc.",
                ca(ISSUER_MARKER).valid("2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z"));
        X509Certificate leaf =
                Pki.issue(ca, "CN=leaf", server(COURIER).marked(LEAF_MARKER)).certificate();
        TrustAnchors pinned =
                TrustAnchors.NONE.withPins(IdentityClass.APPLE_PRIVATE, Set.of(Chain.hash(ca.certificate())));
        Assessment a = Expectations.assess(
                courier(),
                Seen.attempt(
                        List.of(Seen.handshake(COURIER, List.of(V3), V3, leaf, ca.certificate())), Optional.empty()),
                Seen.kept(leaf, ca.certificate()),
                pinned,
                AT);
        assertThat(a.outcome()).isEqualTo(Outcome.NOT_IN_VALIDITY);
        assertThat(a.because()).contains("'Old CA' (Apple Inc.) was valid only until 2026-06-01");
    }

    @Test
    void theTimeOfTheFactsCountsAndNotTheClock() {
        Handshake h = Seen.handshake("gdmf.apple.com", List.of(), "", shown("public-expired"));
        Assessment then = Expectations.assess(
                https(IdentityClass.PUBLIC),
                Seen.attempt(List.of(h), Optional.empty()),
                kept(),
                ANCHORS,
                Instant.parse("2025-06-01T00:00:00Z"));
        assertThat(then.outcome()).isEqualTo(Outcome.MET);
    }

    /** What is remembered of a chain holds for its name, in its time, and while its certificates are kept. */
    @Test
    void whatWasMetOnceIsNotMetOtherwise() {
        Instant early = Instant.parse("2025-06-01T00:00:00Z");
        Handshake h = Seen.handshake("gdmf.apple.com", List.of(), "", shown("public-expired"));
        assertThat(outcome("gdmf.apple.com", h, kept(), early)).isEqualTo(Outcome.MET);
        assertThat(outcome("gdmf.apple.com", h, kept(), early)).isEqualTo(Outcome.MET);
        assertThat(outcome("gdmf.apple.com", h, kept(), AT)).isEqualTo(Outcome.NOT_IN_VALIDITY);
        assertThat(outcome("gdmf.apple.com", h, Seen.kept(), early)).isEqualTo(Outcome.UNKNOWN_CHAIN);
        Handshake other = Seen.handshake("mesu.apple.com", List.of(), "", shown("public-expired"));
        assertThat(outcome("mesu.apple.com", other, kept(), early)).isEqualTo(Outcome.WRONG_NAME);
        assertThat(outcome("gdmf.apple.com", h, kept(), early)).isEqualTo(Outcome.MET);
    }

    private static Outcome outcome(String name, Handshake handshake, Certificates kept, Instant at) {
        return Expectations.assess(
                        Seen.target(ProbeKind.HTTPS, IdentityClass.PUBLIC, name, name),
                        Seen.attempt(List.of(handshake), Optional.empty()),
                        kept,
                        ANCHORS,
                        at)
                .outcome();
    }

    @Test
    void aCertificateThatIsNotKeptIsForReview() {
        Handshake h = Seen.handshake("gdmf.apple.com", List.of(), "", shown("public"));
        Assessment a = Expectations.assess(
                https(IdentityClass.PUBLIC), Seen.attempt(List.of(h), Optional.empty()), Seen.kept(), ANCHORS, AT);
        assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN_CHAIN);
        assertThat(a.because()).contains("is not kept");
    }

    @Test
    void anIssuerThatIsNotKeptMakesNobodyAStrangerAndATrustedChainNoWorse() {
        X509Certificate lost = shown("public-expired")[0];
        X509Certificate stranger = shown("gateway")[0];
        assertThat(outcome(Seen.kept(stranger, lost), stranger, lost)).isEqualTo(Outcome.FOREIGN_CHAIN);
        assertThat(outcome(Seen.kept(stranger), stranger, lost)).isEqualTo(Outcome.UNKNOWN_CHAIN);
        List<X509Certificate> trusted = new ArrayList<>(List.of(shown("public")));
        Certificates kept = Seen.kept(shown("public"));
        trusted.add(lost);
        assertThat(outcome(kept, trusted.toArray(X509Certificate[]::new))).isEqualTo(Outcome.MET);
    }

    private static Outcome outcome(Certificates kept, X509Certificate... chain) {
        Handshake h = Seen.handshake("gdmf.apple.com", List.of(), "", chain);
        return Expectations.assess(
                        https(IdentityClass.PUBLIC), Seen.attempt(List.of(h), Optional.empty()), kept, ANCHORS, AT)
                .outcome();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # connect,           handshake,   outcome
            CONNECT_SILENT,      NONE,        nobody answered
            CONNECT_RESET,       NONE,        refused (RST)
            HOST_UNREACHABLE,    NONE,        host unreachable
            NONE,                TLS_SILENT,  the TLS hello got no answer
            NONE,                TLS_RESET,   reset during the handshake
            NONE,                TLS_CLOSED,  closed during the handshake
            """)
    void aStageThatFailedIsNotReached(FailureKind connect, FailureKind tls, String because) {
        List<Handshake> handshakes =
                connect == FailureKind.NONE ? List.of(Seen.failed(COURIER, List.of(V3), tls)) : List.of();
        Failure failure = connect == FailureKind.NONE ? Failure.none() : Failure.of(connect);
        Assessment a = Expectations.assess(
                courier(), Seen.attempt(failure, handshakes, Optional.empty()), kept(), ANCHORS, AT);
        assertThat(a.outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(a.because()).contains(because);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # exchange,           outcome
            NONE,                 MET
            EXCHANGE_CLOSED,      MET
            EXCHANGE_MALFORMED,   MET
            EXCHANGE_SILENT,      NOT_REACHED
            EXCHANGE_RESET,       NOT_REACHED
            """)
    void afterTheRightIdentityOnlySilenceAndResetCount(FailureKind exchange, Outcome outcome) {
        Failure failure = exchange == FailureKind.NONE ? Failure.none() : Failure.of(exchange);
        Exchange answer = Seen.exchange("HTTP/1.1", failure, 403, "", new byte[0]);
        Handshake h = Seen.handshake("gdmf.apple.com", List.of(), "", shown("public"));
        Assessment a = Expectations.assess(
                https(IdentityClass.PUBLIC), Seen.attempt(List.of(h), Optional.of(answer)), kept(), ANCHORS, AT);
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # presented,             asked,                  covers
            courier.push.apple.com,  courier.push.apple.com, true
            Courier.Push.Apple.com,  courier.push.apple.com, true
            *.push.apple.com,        courier.push.apple.com, true
            *.push.apple.com,        a.b.push.apple.com,     false
            *.push.apple.com,        push.apple.com,         false
            c*.push.apple.com,       courier.push.apple.com, false
            *.com,                   apple.com,              false
            courier.*.apple.com,     courier.push.apple.com, false
            """)
    void aWildcardStandsForTheLeftMostLabelOnly(String presented, String asked, boolean covers) {
        assertThat(Names.covers(presented, asked)).isEqualTo(covers);
    }
}
