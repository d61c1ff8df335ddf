package dev.plumbline.config;

import dev.plumbline.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations that went wrong on a disk, in an editor or in a template. */
final class ConfigFuzzTest {
    private static final List<byte[]> SAMPLES = Fuzz.texts("""
            collector: ["192.0.2.10:50051", "[2001:db8::1]:50051"]
            identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
            data: /var/lib/plumbline
            round: 30s
            count: 12
            on: true
            segments:
              - {id: wifi, name: "Wi-Fi", roles: [device]}
              - {id: lan, name: 'a ''b''', roles: []}
            """, """
            # merges, anchors, blocks
            base: &base {round: 1m, count: 0x10}
            other: *base
            text: |
              lines
            folded: >-
              more
              lines
            ? complex
            : value
            """);

    @Test
    void configurations() {
        Fuzz.refusing("configurations", SAMPLES, ConfigFuzzTest::read, ConfigException.class);
    }

    /** Asks for keys of every type, as the programs do. */
    private static void read(byte[] bytes) throws ConfigException {
        ConfigFile file = ConfigFile.parse(Path.of("fuzz.yaml"), new String(bytes, StandardCharsets.UTF_8));
        Section root = file.root();
        root.texts("collector");
        root.section("identity").text("certificate");
        root.paths("data");
        root.duration("round", java.time.Duration.ZERO);
        root.integer("count", 0, 100, 1);
        root.flag("on", false);
        root.sections("segments").forEach(section -> section.text("id", ""));
        file.finish();
    }

    @Test
    void durations() {
        Fuzz.refusing(
                "durations",
                Fuzz.texts("4s", "800ms", "1h30m", "60 s"),
                bytes -> Durations.parse(new String(bytes, StandardCharsets.UTF_8)),
                IllegalArgumentException.class);
    }
}
