package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import io.netty.handler.codec.dns.DnsRecordType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResolverRaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aSilentFirstResolverIsAFactBesideTheSecondsAnswer() throws IOException {
        try (LittleDns silent = new LittleDns(LittleDns.Behaviour.SILENT, "17.57.144.10");
                LittleDns second = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Network network = Network.open(
                        Dialer.direct(), List.of(), List.of(silent.socketAddress(), second.socketAddress()))) {
            List<Lookup> lookups = new Resolution(network, PATIENCE)
                    .ask("name.test", DnsRecordType.A)
                    .join();
            assertThat(lookups)
                    .extracting(l -> l.resolver().port(), l -> l.failure().kind())
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple(
                                    second.socketAddress().getPort(), FailureKind.NONE),
                            org.assertj.core.api.Assertions.tuple(
                                    silent.socketAddress().getPort(), FailureKind.DNS_SILENT));
        }
    }
}
