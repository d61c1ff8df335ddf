package dev.plumbline.catalog.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    17.57.144.10,                            1139900a
                    ::,                                      00000000000000000000000000000000
                    ::1,                                     00000000000000000000000000000001
                    2620:149::,                              26200149000000000000000000000000
                    2620:149:A44::a,                         262001490a440000000000000000000a
                    2620:149:a44:0:0:0:0:a,                  262001490a440000000000000000000a
                    1:2:3:4:5:6:7::,                         00010002000300040005000600070000
                    64:ff9b::17.57.144.10,                   0064ff9b00000000000000001139900a
                    1:2:3:4:5:6:17.57.144.10,                0001000200030004000500061139900a
                    """)
    void readsAnAddress(String literal, String bytes) {
        assertThat(HexFormat.of().formatHex(Block.addressBytes(literal))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:", "12345::", "g::1", "::1%eth0", "[::1]", "::1.2.3", "::1.2.3.256", "1.2.3.4::",
                "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::ffff:10.20.1.1", "17.57.144", "17.57.144.256", "apple.com"
            })
    void refusesWhatIsNone(String literal) {
        assertThatThrownBy(() -> Block.addressBytes(literal)).hasMessageEndingWith("' is no IP address");
    }
}
