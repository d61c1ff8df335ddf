package dev.plumbline.collector.judge;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.QuicHandshake;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an agent brings home from healthy servers that speak no plain HTTP, and from a way by UDP that is shut. */
public final class OddAnswers {
    private OddAnswers() {}

    /** UDP knows no connection: whatever stops a packet shows as silence, or as an ICMP error to the question. */
    public static Optional<Exchange> byUdp(ProbeKind probe, String effect) {
        return switch (effect) {
            case "silent", "seen-once", "lost-once", "lost-twice", "portal", "sinkhole" ->
                Optional.of(exchange(probe, Failure.of(FailureKind.EXCHANGE_SILENT), Map.of("sends", "3"), ""));
            case "prohibited" ->
                Optional.of(exchange(probe, Failure.of(FailureKind.HOST_UNREACHABLE), Map.of("sends", "1"), ""));
            default -> Optional.of(probe == ProbeKind.NTP ? ntp() : quic());
        };
    }

    /**
     * Whatever stops packets stops these too, and some boxes know the handshake of version 1 alone.
     *
     * @param chain that is shown where the handshake stands
     */
    public static Handshake inQuic(String serverName, String effect, List<Sha256> chain) {
        QuicHandshake.Close close = new QuicHandshake.Close(0x178, false, "");
        Failure failure = switch (effect) {
            case "silent", "seen-once", "lost-once", "lost-twice", "portal", "sinkhole", "quic-v1" ->
                Failure.of(FailureKind.TLS_SILENT);
            case "prohibited" -> Failure.of(FailureKind.HOST_UNREACHABLE);
            case "quic-refused" -> Failure.of(FailureKind.TLS_ALERT);
            case "quic-reset" -> Failure.of(FailureKind.TLS_RESET);
            default -> Failure.none();
        };
        return new Handshake(
                serverName,
                List.of("h3"),
                List.of(),
                Endpoint.NONE,
                failure,
                Duration.ofMillis(20),
                failure.isNone() ? "TLSv1.3" : "",
                "",
                failure.isNone() ? "h3" : "",
                false,
                failure.isNone() ? chain : List.of(),
                Duration.ZERO,
                Optional.empty(),
                Optional.of(new QuicHandshake(
                        QuicHandshake.VERSION_1,
                        effect.equals("quic-refused") ? Optional.of(close) : Optional.empty())));
    }

    private static Exchange ntp() {
        return exchange(
                ProbeKind.NTP,
                Failure.none(),
                Map.of("originate", "ours", "mode", "4", "leap", "0", "stratum", "1"),
                "2401" + "00".repeat(46));
    }

    private static Exchange quic() {
        return exchange(
                ProbeKind.QUIC,
                Failure.none(),
                Map.of("connection-ids", "swapped", "versions", "00000001"),
                "8000000000" + "0801020304050607080801020304050607080000" + "0001");
    }

    static Exchange ssh() {
        String banner = "SSH-2.0-Apple";
        return exchange(
                ProbeKind.SSH,
                Failure.none(),
                Map.of("banner", banner, "host-key-algorithms", "ssh-ed25519"),
                HexFormat.of().formatHex((banner + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    static Exchange doh() {
        return new Exchange(
                "h2",
                Failure.none(),
                Duration.ofMillis(20),
                200,
                Map.of("content-type", "application/dns-message"),
                Bytes.EMPTY,
                0,
                "",
                Map.of("dns-answer", "ours", "rcode", "0", "answers", "1"),
                List.of(),
                "");
    }

    private static Exchange exchange(ProbeKind probe, Failure failure, Map<String, String> seen, String body) {
        byte[] bytes = HexFormat.of().parseHex(body);
        return new Exchange(
                probe.word(),
                failure,
                Duration.ofMillis(20),
                0,
                Map.of(),
                Bytes.of(bytes),
                bytes.length,
                "",
                seen,
                List.of(),
                "");
    }
}
