package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatchTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            17.0.0.0/8,           17.255.0.1,        true
            17.0.0.0/8,           18.0.0.1,          false
            17.57.144.12/30,      17.57.144.15,      true
            17.57.144.12/30,      17.57.144.16,      false
            17.57.144.10,         17.57.144.10,      true
            17.57.144.10,         17.57.144.11,      false
            0.0.0.0/0,            2620:149:a44::1,   false
            2620:149:a44::/48,    2620:149:a44:3::1, true
            2620:149:a44::/48,    2620:149:a45::1,   false
            """)
    void aBlockContainsTheAddressesBelowItsPrefix(String block, String address, boolean inside) {
        assertThat(Block.of(block).contains(Block.address(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            push.apple.com,     push.apple.com, true
            api.push.apple.com, push.apple.com, true
            xpush.apple.com,    push.apple.com, false
            apple.com,          push.apple.com, false
            """)
    void aSuffixStandsForTheNameAndTheNamesBelowIt(String name, String suffix, boolean below) {
        assertThat(Match.isBelow(name, suffix)).isEqualTo(below);
    }

    @Test
    void everyPartOfAMatchMustFit() {
        Match match =
                Match.port(443).within("17.0.0.0/8").named("push.apple.com").ipv4();
        Set<String> names = Set.of("api.push.apple.com");
        assertThat(match.fits(Block.address("17.1.1.1"), 443, names)).isTrue();
        assertThat(match.fits(Block.address("17.1.1.1"), 80, names)).isFalse();
        assertThat(match.fits(Block.address("18.1.1.1"), 443, names)).isFalse();
        assertThat(match.fits(Block.address("17.1.1.1"), 443, Set.of("www.apple.com")))
                .isFalse();
    }

    @Test
    void aWrongBlockIsRefusedWhenTheRuleIsMade() {
        assertThatThrownBy(() -> Match.all().within("17.0.0.0/40")).hasMessageContaining("between 0 and 32");
        assertThatThrownBy(() -> Match.all().within("push.apple.com")).hasMessageContaining("no IP address");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            courier,      COURIER
            provider-api, PROVIDER_API
            doh,          HTTPS
            captive,      HTTP
            bag,          HTTP
            name-absent,  ABSENT
            quic,         QUIC
            """)
    void aProbeKnowsItsKindOfHostByAWord(String word, HostKind kind) {
        assertThat(HostKind.ofWord(word)).isEqualTo(kind);
    }

    @Test
    void anUnknownWordIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> HostKind.ofWord("smtp")).hasMessageContaining("known are courier, provider-api");
    }

    @Test
    void aWildcardIsNoHost() {
        assertThatThrownBy(() -> new HostEntry("*.apple.com", 443, HostKind.HTTPS))
                .hasMessageContaining("needs a representative");
    }
}
