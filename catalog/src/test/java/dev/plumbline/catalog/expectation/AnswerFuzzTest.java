package dev.plumbline.catalog.expectation;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages and lists as anybody may answer with them. */
final class AnswerFuzzTest {
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
