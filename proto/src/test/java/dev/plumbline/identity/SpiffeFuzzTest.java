package dev.plumbline.identity;

import dev.plumbline.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Names that a certificate of whoever connects may hold. */
final class SpiffeFuzzTest {
    @Test
    void identities() {
        Fuzz.refusing(
                "identities",
                Fuzz.texts(
                        "spiffe://campus.example/site/campus/segment/wifi/agent/wifi-1",
                        "spiffe://campus.example/site/campus/collector",
                        "spiffe://campus.example/site/campus/operator/anna"),
                bytes -> SpiffeId.parse(new String(bytes, StandardCharsets.UTF_8)),
                IllegalArgumentException.class);
    }
}
