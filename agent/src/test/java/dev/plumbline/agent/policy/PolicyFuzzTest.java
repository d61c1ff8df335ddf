package dev.plumbline.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names and ports that a host's own policy holds, and names that a collector's plan asks for: the policy lets nothing else through. */
final class PolicyFuzzTest {
    @Test
    void patterns() {
        Fuzz.refusing(
                "names and ports of a policy",
                Fuzz.texts("*.push.apple.com", "albert.apple.com.", "tcp/5223", "443", "a" + ".a".repeat(6_000)),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    if (text.matches("[a-z]*/?[0-9]+")) {
                        PortPattern port = PortPattern.parse(text);
                        assertThat(port.matches(Transport.TCP, port.port())).isEqualTo(!text.startsWith("udp/"));
                        assertThat(PortPattern.parse(port.toString())).isEqualTo(port);
                        return;
                    }
                    NamePattern name = NamePattern.parse(text);
                    assertThat(NamePattern.parse(name.toString())).isEqualTo(name);
                    assertThat(name.matches("x." + name.name())).isEqualTo(name.below());
                    assertThat(name.matches("x" + name.name())).isFalse();
                },
                IllegalArgumentException.class);
    }

    @Test
    void namesThatAreAskedFor() {
        Policy apple = new Policy(
                List.of(NamePattern.parse("*.apple.com"), NamePattern.parse("apple.com")),
                List.of(),
                List.of(),
                List.of(),
                0,
                1);
        Fuzz.total(
                "names that a plan asks for", Fuzz.texts("albert.apple.com", "APPLE.COM.", "evilapple.com"), bytes -> {
                    String name = new String(bytes, StandardCharsets.UTF_8);
                    if (apple.refusesName(name).isEmpty()) {
                        assertThat("." + name.toLowerCase(java.util.Locale.ROOT))
                                .containsPattern("\\.apple\\.com\\.?\\z");
                    }
                });
    }
}
