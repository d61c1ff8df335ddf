package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigException;
import dev.plumbline.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations of a collector that somebody got wrong. */
final class CollectorConfigFuzzTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void configurations() throws Exception {
        Files.writeString(folder.resolve("lab.yaml"), "");
        Path file = folder.resolve("collector.yaml");
        Fuzz.refusing(
                "configurations of collectors",
                Fuzz.texts("""
                        listen: "[::]:50051"
                        data: data
                        identity: {certificate: collector.pem, key: collector.key, trust: ca.pem}
                        catalog: {overlays: [lab.yaml]}
                        rounds: {every: 5m, grace: 10s}
                        probe: {stage-timeout: 4s, confirmations: 1, connections-per-second: 20}
                        site:
                          id: campus
                          domain: campus.example
                          segments: [{id: wifi, kind: wifi, cidrs: [10.20.0.0/16]}]
                          maintenance:
                            - {segments: [wifi], from: 2026-12-01T22:00:00+01:00, to: 2026-12-02T02:00:00+01:00,
                               owner: Jo, reason: firewall}
                          waivers:
                            - {segment: wifi, mechanism: tcp.drop, scope: tcp/2197+name:apple.com@ipv6, owner: Jo,
                               reason: printers, until: 2026-12-31}
                        """),
                bytes -> {
                    Files.write(file, bytes);
                    assertThat(CollectorConfig.read(file).listen().isUnresolved())
                            .isFalse();
                },
                ConfigException.class);
    }
}
