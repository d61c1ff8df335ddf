package dev.plumbline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.words.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFingerprintTest {
    private static final KeyFingerprint KEY = new KeyFingerprint(new Sha256("0123456789abcdef".repeat(4)));

    @Test
    void itIsShownInGroupsThatPeopleCanRead() {
        assertThat(KEY).hasToString("0123 4567 89ab cdef 0123 4567 89ab cdef");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # TYPED                                   | MEANT
            0123 4567 89ab cdef 0123 4567 89ab cdef   | true
            0123456789abcdef                          | true
            01:23:45:67:89:AB:CD:EF                   | true
            0123 4567 89ab cdef 0123 4567 89ab cdee   | false
            1123 4567 89ab cdef                       | false
            """)
    void itIsMeantByItsBeginHoweverItIsTyped(String typed, boolean meant) {
        assertThat(KEY.isMeantBy(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "0123 4567 89ab cde", "wifi/laptop", "0123 4567 89ab cdex"})
    void whatSaysTooLittleIsNoFingerprint(String typed) {
        assertThatThrownBy(() -> KEY.isMeantBy(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "'" + typed + "' is no fingerprint of a key; write at least its first 16 hex digits");
    }
}
