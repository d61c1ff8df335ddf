package dev.plumbline.collector.typed;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.v1.ComparedSide;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What people type, and links say: a time or a side that can be sent, or a sentence. */
final class TypedFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void times() {
        Fuzz.refusing(
                "typed times",
                Fuzz.texts(
                        "2026-11-01",
                        "2026-11-01T10:00",
                        "2026-11-01T10:00:00+01:00",
                        "2h",
                        "3d",
                        "now",
                        "9999999999999d"),
                bytes -> {
                    Instant read = TypedTime.parse(new String(bytes, StandardCharsets.UTF_8), NOW);
                    assertThat(TypedTime.parse(read.toString(), NOW)).isEqualTo(read);
                },
                IllegalArgumentException.class);
    }

    @Test
    void sides() {
        Fuzz.refusing(
                "typed sides of a comparison",
                Fuzz.texts(
                        "guest",
                        "guest@2026-11-01",
                        "reference@2h",
                        "edition:plumbline-2026",
                        "a@+999999999-01-01T00:00Z"),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    ComparedSide side = TypedSide.parse(text, NOW);
                    assertThat(Timestamps.isValid(side.getAt())).isTrue();
                    assertThat(side.getSegment().isEmpty()).isEqualTo(text.startsWith("edition:"));
                },
                IllegalArgumentException.class);
    }
}
