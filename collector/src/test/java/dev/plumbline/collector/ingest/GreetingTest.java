package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GreetingTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # what an agent calls itself (\\n and such are written out), what is kept
            0.1.0 (build 7),                  0.1.0 (build 7)
            größer,                           größer
            1\\n2026 INFO root logged in,     1?2026 INFO root logged in
            1\\u001b[2J,                      1?[2J
            \\u202e0.1,                       ?0.1
            1\\u2028b\\u0000,                 1?b?
            """)
    void aVersionControlsNeitherLineNorTerminal(String said, String kept) throws Exception {
        assertThat(Greeting.of(hello(unescaped(said), "")).version()).isEqualTo(kept);
    }

    private static String unescaped(String text) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                all.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (text.startsWith("\\n", i)) {
                all.append('\n');
                i++;
            } else {
                all.append(text.charAt(i));
            }
        }
        return all.toString();
    }

    @Test
    void whatIsTooLongIsCutAndAHashThatIsNoneIsNone() throws Exception {
        Greeting greeting = Greeting.of(hello("v".repeat(1 << 20), "x".repeat(1 << 20)));
        assertThat(greeting.version()).hasSize(Bounds.VERSION_LENGTH);
        assertThat(greeting.planHash()).isEmpty();
        assertThat(Greeting.of(hello("1", "ab".repeat(32))).planHash()).hasSize(64);
    }

    @Test
    void withoutAnInstallationThereIsNone() {
        Hello hello =
                hello("1", "").toBuilder().setIncarnation(ByteString.EMPTY).build();
        assertThatThrownBy(() -> Greeting.of(hello))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("hello.incarnation");
    }

    private static Hello hello(String version, String hash) {
        return Hello.newBuilder()
                .setIncarnation(Fields.uuid(new UUID(1, 2)))
                .setAgentVersion(version)
                .setPlanHash(hash)
                .setAgentTime(Fields.timestamp(Instant.EPOCH))
                .build();
    }
}
