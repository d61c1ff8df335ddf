package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Configurations of an agent that somebody got wrong. */
final class AgentConfigFuzzTest {
    @Test
    void configurations() {
        Fuzz.refusing(
                "configurations of agents",
                Fuzz.texts("""
                        collector: [192.0.2.1:50051, "[2001:db8::1]:50052", collector.example:50053]
                        identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                        spool-megabytes: 16
                        spool-days: 3
                        policy:
                          names: ["*.push.apple.com", albert.apple.com]
                          ports: [443, tcp/5223, udp/443]
                          connect-to: [17.0.0.0/8, "2620:149::/32"]
                          never-connect-to: [10.0.0.0/8]
                          rounds-per-hour: 60
                        catalog: {overlays: [a.yaml]}
                        hold: {ages: [30s, 10s], ports: [443], pause: 2s}
                        proxy: {address: "proxy.campus.example:3128"}
                        helper:
                          listen: ["tls:0.0.0.0:5223", "udp:[::1]:443"]
                          address: ["203.0.113.18:5223", "tls:[2001:db8::18]:443", "http:203.0.113.18:80"]
                          pin: 0000000000000000000000000000000000000000000000000000000000000000
                        """, """
                        collector: c.example:1
                        segments:
                          - {identity: {certificate: a, key: b, trust: c}, data: d, source: [192.0.2.7, "2001:db8::7"]}
                          - identity: {certificate: e, key: f, trust: c}
                            data: g
                            interface: eth1
                            resolvers: [192.0.2.53, "[2001:db8::53]:5353", "fe80::1"]
                        """),
                bytes -> assertThat(AgentConfig.readAll(
                                ConfigFile.parse(Path.of("agent.yaml"), new String(bytes, StandardCharsets.UTF_8))))
                        .isNotEmpty(),
                ConfigException.class);
    }

    @Test
    void collectors() {
        Fuzz.refusing(
                "addresses of collectors",
                Fuzz.texts("192.0.2.1:50051", "[2001:db8::1]:50052", "collector.example:50053"),
                bytes -> {
                    CollectorAddress read = CollectorAddress.parse(new String(bytes, StandardCharsets.UTF_8));
                    assertThat(CollectorAddress.parse(read.toString())).isEqualTo(read);
                },
                IllegalArgumentException.class);
    }
}
