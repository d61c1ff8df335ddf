package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.probe.AlpnLadder.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlpnLadderTest {
    @Test
    void aCourierIsAskedByItsOffersThenWithoutThenUnderANeutralName() {
        assertThat(AlpnLadder.steps(
                        "courier.push.apple.com", List.of("apns-security-v3", "apns-pack-v1:4096:4096", "")))
                .containsExactly(
                        new Step("courier.push.apple.com", List.of("apns-security-v3")),
                        new Step("courier.push.apple.com", List.of("apns-pack-v1:4096:4096")),
                        new Step("courier.push.apple.com", List.of()),
                        new Step("www.example.com", List.of()));
    }

    @Test
    void anOfferMayListSeveralProtocolsAndAStrangerIsAskedWithoutAny() {
        assertThat(AlpnLadder.steps("api.push.apple.com", List.of("h2,http/1.1")))
                .containsExactly(
                        new Step("api.push.apple.com", List.of("h2", "http/1.1")),
                        new Step("api.push.apple.com", List.of()),
                        new Step("www.example.com", List.of()));
    }

    @Test
    void theNeutralNameNeedsNoControlOfItsOwn() {
        assertThat(AlpnLadder.steps("www.example.com", List.of()))
                .containsExactly(new Step("www.example.com", List.of()));
    }
}
