package dev.plumbline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.v1.JoinTokenContent;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as people copy them, whole and not. */
final class JoinTokenTest {
    private static final JoinToken TOKEN = new JoinToken(
            List.of("192.0.2.10:50052", "[2001:db8::10]:50052"),
            Sha256.of(new byte[] {1}),
            SpiffeId.collector("campus.example", "campus"),
            Bytes.of(new byte[32]));

    @Test
    void whatIsPrintedIsReadAgainWhateverStandsAround() {
        assertThat(TOKEN.text()).matches("plumbline1-[A-Za-z0-9_-]+");
        assertThat(JoinToken.parse("  " + TOKEN.text() + "\n")).isEqualTo(TOKEN);
        assertThat(TOKEN.toString()).isEqualTo("join token for 192.0.2.10:50052, [2001:db8::10]:50052");
    }

    @Test
    void anyCharacterThatIsLostOrOtherIsNoticedAndTheTokenIsNotShown() {
        String text = TOKEN.text();
        for (int i = 0; i < text.length() - 1; i++) {
            String changed = text.substring(0, i) + (text.charAt(i) == 'x' ? 'y' : 'x') + text.substring(i + 1);
            String lost = text.substring(0, i) + text.substring(i + 1);
            for (String wrong : List.of(changed, lost)) {
                assertThatThrownBy(() -> JoinToken.parse(wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .message()
                        .contains("plumbline invite")
                        .doesNotContain(wrong);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plumbline1-", "plumbline1-AAAA", "hello", "plumbline2-AAAAAAAAAAAA"})
    void whatIsNoTokenIsRefused(String text) {
        assertThatThrownBy(() -> JoinToken.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecretHasAtLeast128Bits() {
        assertThatThrownBy(() ->
                        new JoinToken(TOKEN.addresses(), TOKEN.authority(), TOKEN.collector(), Bytes.of(new byte[15])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the secret of a join token has at least 16 bytes");
    }

    @Test
    void aTokenOfAnEarlierVersionDoesNotSayWhoseItIsAndIsRefusedWithASentence() {
        byte[] content = JoinTokenContent.newBuilder()
                .addAddresses("192.0.2.10:50052")
                .setAuthoritySha256(ByteString.copyFrom(TOKEN.authority().bytes()))
                .setSecret(ByteString.copyFrom(new byte[32]))
                .build()
                .toByteArray();
        byte[] all = Arrays.copyOf(content, content.length + 4);
        System.arraycopy(Sha256.of(content).bytes(), 0, all, content.length, 4);
        String earlier = "plumbline1-" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        assertThatThrownBy(() -> JoinToken.parse(earlier))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the join token does not say which collector it is of, as those of earlier versions do not;"
                        + " ask for another one (plumbline invite)");
    }

    @Test
    void anyTextIsATokenOrRefused() {
        Fuzz.refusing(
                "join tokens",
                Fuzz.texts(TOKEN.text()),
                bytes -> JoinToken.parse(new String(bytes, StandardCharsets.UTF_8)),
                IllegalArgumentException.class);
    }
}
