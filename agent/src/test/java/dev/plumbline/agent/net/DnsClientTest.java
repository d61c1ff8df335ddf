package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Transport;
import io.netty.handler.codec.dns.DnsRecordType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DnsClientTest {
    /** For who is expected to answer: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For who is expected to say nothing that ends the wait; what he says instead comes long before. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static Loops loops;

    @BeforeAll
    static void open() throws IOException {
        loops = Loops.open(1);
        // What the first question spends on loading classes must not be taken for a resolver's silence.
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10")) {
            ask(dns.socketAddress(), "A", PATIENCE);
        }
    }

    @AfterAll
    static void close() {
        loops.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ANSWERS             | A    | NONE          |  0 | udp
            ANSWERS             | AAAA | NO_DATA       |  0 | udp
            NO_DATA             | A    | NO_DATA       |  0 | udp
            NXDOMAIN            | A    | NXDOMAIN      |  3 | udp
            REFUSED             | A    | DNS_REFUSED   |  5 | udp
            SERVFAIL            | A    | SERVFAIL      |  2 | udp
            SILENT              | A    | DNS_SILENT    | -1 | udp
            TRUNCATED           | A    | NONE          |  0 | tcp
            TRUNCATED_NO_TCP    | A    | DNS_TRUNCATED | -1 | tcp
            GARBAGE             | A    | DNS_MALFORMED | -1 | udp
            WRONG_ID            | A    | DNS_MALFORMED | -1 | udp
            WRONG_ID_THEN_RIGHT | A    | NONE          |  0 | udp
            OTHER_QUESTION      | A    | DNS_MALFORMED | -1 | udp
            """)
    void whatAResolverDoesIsToldApart(
            LittleDns.Behaviour behaviour, String type, FailureKind kind, int rcode, Transport transport)
            throws IOException {
        try (LittleDns dns = new LittleDns(behaviour, "17.57.144.10")) {
            boolean waits = kind == FailureKind.DNS_SILENT || kind == FailureKind.DNS_MALFORMED;
            Lookup lookup = ask(dns.socketAddress(), type, waits ? SILENCE : PATIENCE);
            assertThat(lookup.failure().kind()).isEqualTo(kind);
            assertThat(lookup.rcode()).isEqualTo(rcode);
            assertThat(lookup.transport()).isEqualTo(transport);
            // An answer ends the wait; silence, and what may be forged, do not.
            assertThat(lookup.elapsed()).isBetween(waits ? SILENCE : Duration.ZERO, PATIENCE);
        }
    }

    @Test
    void theChainOfAliasesAndTheTimeToLiveAreKept() throws IOException {
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ALIASES, "17.57.144.10")) {
            Lookup lookup = ask(dns.socketAddress(), "A", PATIENCE);
            assertThat(lookup.cnameChain()).containsExactly("alias.test");
            assertThat(lookup.answers()).isEqualTo(List.of(new Lookup.Answer("17.57.144.10", 300)));
        }
    }

    @Test
    void aLostQuestionIsSentAgainAndTheAnswerToItCounts() throws IOException {
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.SECOND_SEND_ONLY, "17.57.144.10")) {
            Lookup lookup = ask(dns.socketAddress(), "A", PATIENCE);
            assertThat(lookup.failure().isNone()).isTrue();
            // The third goes out a second and a half later, when the answer to the second is late.
            assertThat(lookup.sends()).isBetween(2, 3);
            assertThat(lookup.elapsed()).isBetween(Duration.ofMillis(900), PATIENCE);
        }
    }

    @Test
    void aResolverThatIsNotThereIsUnreachableAtOnce() throws IOException {
        try (Listeners.Closed deaf = Listeners.deaf()) {
            Lookup lookup = ask(deaf.socketAddress(), "A", PATIENCE);
            assertThat(lookup.failure().kind()).isEqualTo(FailureKind.DNS_UNREACHABLE);
            assertThat(lookup.elapsed()).isLessThan(PATIENCE);
        }
    }

    private static Lookup ask(InetSocketAddress resolver, String type, Duration timeout) {
        Connector connector = new Connector(loops, Dialer.direct(), List.of(), Ticker.system());
        return new DnsClient(connector, Ticker.system())
                .ask(loops.next(), "courier.test", DnsRecordType.valueOf(type), resolver, timeout)
                .join();
    }
}
