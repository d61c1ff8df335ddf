package dev.plumbline.catalog.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Pki.Issued;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The push configuration that was kept as a whole is held to its signature. */
final class BagSignatureTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Issued APPLE_ROOT = Pki.root("CN=Apple Root CA, O=Apple Inc.");
    private static final Issued APPLE_CA =
            Pki.issue(APPLE_ROOT, "CN=Apple Server Authentication CA, O=Apple Inc.", Pki.Form.ca());
    private static final Issued APPLE = Pki.issue(APPLE_CA, "CN=courier", Pki.Form.server("courier.push.apple.com"));
    private static final Issued PUBLIC_ROOT = Pki.root("CN=Public CA, O=Public Trust Ltd");
    private static final Issued PUBLIC =
            Pki.issue(PUBLIC_ROOT, "CN=init", Pki.Form.server("init-p01st.push.apple.com"));
    private static final Issued ELSEWHERE = Pki.issue(PUBLIC_ROOT, "CN=else", Pki.Form.server("www.example.com"));
    private static final Issued CAMPUS_ROOT = Pki.root("CN=Gateway CA, O=Campus");
    private static final Issued CAMPUS =
            Pki.issue(CAMPUS_ROOT, "CN=courier", Pki.Form.server("courier.push.apple.com"));
    private static final TrustAnchors ANCHORS = TrustAnchors.NONE
            .with(IdentityClass.PUBLIC, List.of(PUBLIC_ROOT.certificate()))
            .with(IdentityClass.APPLE_PRIVATE, List.of(APPLE_ROOT.certificate()));
    private static final String INNER =
            "<plist><dict><key>APNSCourierHostcount</key><integer>50</integer></dict></plist>";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # who       | how             | outcome       | because
            apple       | SHA1withECDSA   | MET           | signed by 'courier'
            apple       | SHA256withECDSA | MET           | signed by 'courier'
            apple-last  | SHA256withECDSA | MET           | signed by 'courier'
            public      | SHA256withECDSA | MET           | a public certificate
            elsewhere   | SHA256withECDSA | UNKNOWN_CHAIN | review
            campus      | SHA256withECDSA | UNKNOWN_CHAIN | review
            apple-bare  | SHA256withECDSA | UNKNOWN_CHAIN | review
            changed     | SHA256withECDSA | WRONG_ANSWER  | somebody changed it
            unsigned    | SHA256withECDSA | WRONG_ANSWER  | lacks the bag, its signature or its certificates
            no-certs    | SHA256withECDSA | WRONG_ANSWER  | names no certificate
            garbage     | SHA256withECDSA | WRONG_ANSWER  | lacks the bag
            """)
    void aBagIsApplesByItsSignature(String who, String how, Outcome outcome, String because) {
        Assessment a = assess(bag(who, how), true);
        assertThat(a.outcome()).as(a.because()).isEqualTo(outcome);
        assertThat(a.because()).contains(because);
    }

    @Test
    void aBagThatWasNotKeptIsJudgedByItsBeginning() {
        assertThat(assess(bag("changed", "SHA256withECDSA"), false).outcome()).isEqualTo(Outcome.MET);
    }

    private static String bag(String who, String how) {
        return switch (who) {
            case "apple" -> plist(sign(APPLE, how), APPLE.certificate(), APPLE_CA.certificate());
            case "apple-last" -> plist(sign(APPLE, how), APPLE_CA.certificate(), APPLE.certificate());
            case "apple-bare" -> plist(sign(APPLE, how), APPLE.certificate());
            case "public" -> plist(sign(PUBLIC, how), PUBLIC.certificate());
            case "elsewhere" -> plist(sign(ELSEWHERE, how), ELSEWHERE.certificate());
            case "campus" -> plist(sign(CAMPUS, how), CAMPUS.certificate(), CAMPUS_ROOT.certificate());
            case "changed" -> plist(sign(CAMPUS, how), APPLE.certificate(), APPLE_CA.certificate());
            case "no-certs" -> plist(sign(APPLE, how));
            case "unsigned" -> "<plist><dict><key>bag</key><data>AAAA</data></dict></plist>";
            case "garbage" -> "<plist><key>bag</key><data>" + "!".repeat(2000) + "<key>signature</key>";
            default -> throw new IllegalArgumentException(who);
        };
    }

    private static String plist(byte[] signature, X509Certificate... certificates) {
        String certs = Stream.of(certificates).map(c -> data(encoded(c))).collect(Collectors.joining("\n  "));
        return "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>signature</key>" + data(signature)
                + "\n<key>certs</key>\n<array>\n " + certs + "</array><key>bag</key> "
                + data(INNER.getBytes(StandardCharsets.UTF_8)) + "</dict></plist>";
    }

    private static String data(byte[] bytes) {
        return "<data>\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n</data>";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(Issued by, String how) {
        try {
            Signature signature = Signature.getInstance(how);
            signature.initSign(by.keys().getPrivate());
            signature.update(INNER.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Assessment assess(String body, boolean kept) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        Sha256 hash = Sha256.of(bytes);
        Exchange exchange = new Exchange(
                "HTTP/1.1",
                Failure.none(),
                Duration.ZERO,
                200,
                Map.of(),
                Bytes.of(bytes),
                bytes.length,
                "",
                Map.of(),
                kept ? List.of(hash) : List.of(),
                "");
        Target target = Seen.plain(ProbeKind.BAG, "init-p01st.push.apple.com");
        Attempt attempt = Seen.attempt(List.of(), Optional.of(exchange));
        return Expectations.assess(target, attempt, new Kept(hash, Bytes.of(bytes)), ANCHORS, AT);
    }

    private record Kept(Sha256 hash, Bytes content) implements Certificates {
        @Override
        public Optional<X509Certificate> byHash(Sha256 wanted) {
            return Optional.empty();
        }

        @Override
        public Optional<Bytes> body(Sha256 wanted) {
            return hash.equals(wanted) ? Optional.of(content) : Optional.empty();
        }
    }
}
