package dev.plumbline.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandshakesTest {
    private static final String OWN = "courier.push.apple.com";
    private static final String NEUTRAL = "www.example.com";
    private static final List<String> V3 = List.of("apns-security-v3");

    @Test
    void whatFollowsTheOneThatStoodIsApartFromTheUsual() {
        Handshake first = handshake(OWN, V3, List.of(), FailureKind.NONE);
        Handshake three = handshake(OWN, V3, List.of("TLSv1.3"), FailureKind.TLS_RESET);
        Handshake two = handshake(OWN, V3, List.of("TLSv1.2"), FailureKind.NONE);
        Handshake none = handshake(OWN, List.of(), List.of(), FailureKind.TLS_ALERT);
        Handshakes all = Handshakes.of(List.of(first, three, two, none));
        assertThat(all.usual()).containsExactly(first);
        assertThat(all.apart()).containsExactly(three, two, none);
        assertThat(all.only("TLSv1.3")).contains(three);
        assertThat(all.only("TLSv1.2")).contains(two);
        assertThat(all.only("TLSv1.1")).isEmpty();
        assertThat(all.withoutAlpn(OWN)).contains(none);
    }

    @Test
    void aLadderThatClimbsToTheEndIsUsualAllTheWay() {
        List<Handshake> ladder = List.of(
                handshake(OWN, V3, List.of(), FailureKind.TLS_ALERT),
                handshake(OWN, List.of(), List.of(), FailureKind.TLS_RESET),
                handshake(NEUTRAL, List.of(), List.of(), FailureKind.NONE));
        assertThat(Handshakes.of(ladder).usual()).isEqualTo(ladder);
        assertThat(Handshakes.of(ladder).apart()).isEmpty();
        assertThat(Handshakes.of(ladder).withoutAlpn(OWN)).contains(ladder.get(1));
    }

    @Test
    void aNeutralNameThatStoodSaysNothingOfTheOffersUnderTheOwn() {
        Handshake control = handshake(NEUTRAL, List.of(), List.of(), FailureKind.NONE);
        Handshake silent = handshake(OWN, V3, List.of(), FailureKind.TLS_SILENT);
        assertThat(Handshakes.of(List.of(control, silent)).usual()).containsExactly(control, silent);
    }

    private static Handshake handshake(String name, List<String> alpn, List<String> versions, FailureKind failure) {
        return new Handshake(
                name,
                alpn,
                versions,
                new Endpoint("192.0.2.1", 40000),
                failure == FailureKind.NONE ? Failure.none() : Failure.of(failure),
                Duration.ofMillis(3),
                "",
                "",
                "",
                false,
                List.of());
    }
}
