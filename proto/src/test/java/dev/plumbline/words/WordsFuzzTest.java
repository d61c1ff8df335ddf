package dev.plumbline.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Names and hashes as messages, files and people give them: each is printed as it was read, and nothing else is taken. */
final class WordsFuzzTest {
    @Test
    void names() {
        Fuzz.refusing(
                "names of targets, segments and agents",
                Fuzz.texts(
                        "courier:5223",
                        "wifi",
                        "gdmf.apple.com:443",
                        "tcp",
                        "transport-77",
                        "efd0c3352e8f5cc6c7678a5cb48370c341db58d39fc0569d5e106f02c4fcaceb"),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    same(text, () -> new TargetId(text));
                    same(text, () -> new SegmentId(text));
                    same(text, () -> new Sha256(text));
                    same("wifi/" + text, () -> new AgentId(new SegmentId("wifi"), text));
                    // A number of a newer agent may be written with zeros in front.
                    assertThat(Transport.ofWord(text))
                            .isEqualTo(Transport.ofWord(Transport.ofWord(text).word()));
                },
                IllegalArgumentException.class);
    }

    private static void same(String text, java.util.function.Supplier<Object> reading) {
        Object read;
        try {
            read = reading.get();
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertThat(read.toString()).isEqualTo(text).matches("[ -~]+");
    }
}
