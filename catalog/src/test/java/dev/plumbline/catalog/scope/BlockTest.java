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
                "",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "g::1",
                "::1%eth0",
                "[::1]",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::ffff:10.20.1.1",
                "17.57.144",
                "17.57.144.256",
                "17.57.144.1.0",
                "apple.com",
                "\u0661::1"
            })
    void refusesWhatIsNone(String literal) {
        assertThatThrownBy(() -> Block.addressBytes(literal)).hasMessageEndingWith("' is no IP address");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    17.0.0.0/8,      17.57.144.10,    true
                    17.0.0.0/8,      18.0.0.1,        false
                    17.0.0.0/8,      2620:149::1,     false
                    17.0.0.0/8,      ::ffff:17.0.0.1, false
                    17.0.0.0/8,      17.57.144,       false
                    2620:149::/32,   2620:149:a44::a, true
                    2620:149::/32,   2620:14a::a,     false
                    2620:149::/32,   17.57.144.10,    false
                    2620:149::/32,   2620:149::g,     false
                    0.0.0.0/0,       198.51.100.1,    true
                    198.51.100.7/32, 198.51.100.7,    true
                    198.51.100.7/32, 198.51.100.6,    false
                    """)
    void holdsAddressesOfItsFamilyOnly(String block, String address, boolean holds) {
        assertThat(Block.parse(block).contains(address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    17.0.0.0/33,    impossible prefix length
                    17.0.0.0/-1,    impossible prefix length
                    2620:149::/129, impossible prefix length
                    17.0.0.1/8,     host bits set
                    17.0.0.0,       is no address block
                    17.0.0.0/eight, is no address block
                    """)
    void saysWhatIsWrongWithABlock(String cidr, String problem) {
        assertThatThrownBy(() -> Block.parse(cidr)).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            17.57.144.10,      true,  false
            2620:149:a44::4,   true,  false
            203.0.113.7,       false, false
            2001:db8::1,       false, false
            18.0.0.1,          false, false
            10.255.255.255,    false, true
            11.0.0.0,          false, false
            100.63.255.255,    false, false
            100.64.0.0,        false, true
            100.127.255.255,   false, true
            100.128.0.0,       false, false
            127.0.0.53,        false, true
            169.254.1.1,       false, true
            172.15.255.255,    false, false
            172.31.0.1,        false, true
            172.32.0.0,        false, false
            192.168.178.1,     false, true
            0.0.0.0,           false, true
            ::,                false, true
            ::1,               false, true
            ::2,               false, false
            fd12:3456::1,      false, true
            FE80::1,           false, true
            febf::1,           false, true
            fec0::1,           false, false
            apple.com,         false, false
            '',                false, false
            """)
    void anAddressIsApplesOrNobodysOrSomebodys(String address, boolean isApple, boolean isSpecial) {
        assertThat(Block.isApple(address)).isEqualTo(isApple);
        assertThat(Block.isSpecial(address)).isEqualTo(isSpecial);
    }
}
