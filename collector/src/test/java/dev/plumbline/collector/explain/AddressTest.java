package dev.plumbline.collector.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Block;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks around addresses, as they stand in a finding's scope. */
final class AddressTest {
    private static Address of(String literal) {
        return Address.of(literal).orElseThrow();
    }

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource(delimiter = '|', textBlock = """
            17.57.147.20          | 22  | 17.57.144.0/22
            17.57.147.255         | 23  | 17.57.146.0/23
            255.255.255.255       | 31  | 255.255.255.254/31
            17.57.147.20          | 32  | 17.57.147.20/32
            192.0.2.1             | 0   | 0.0.0.0/0
            2620:149:a44::1:14    | 48  | 2620:149:a44::/48
            2620:149:a44::1:14    | 112 | 2620:149:a44:0:0:0:1::/112
            2001:db8:1:2:3:4:5:6  | 64  | 2001:db8:1:2::/64
            2001:db8:1:2:f3:4:5:6 | 65  | 2001:db8:1:2::/65
            2001:db8:1:2:3:4:5:7  | 126 | 2001:db8:1:2:3:4:5:4/126
            2001:db8:1:2:3:4:5:7  | 128 | 2001:db8:1:2:3:4:5:7/128
            ffff::                | 8   | ff00::/8
            ::1                   | 0   | ::/0
            """)
    void theBlockAroundAnAddressIsWrittenAsAScopeHasIt(String literal, int prefix, String cidr) {
        assertThat(of(literal).cidr(prefix)).isEqualTo(cidr);
        assertThat(Block.parse(cidr).contains(literal)).isTrue();
        assertThat(of(literal).isIn(Address.network(Block.parse(cidr)), prefix)).isTrue();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            17.57.144.1   | 17.57.144.1     | 32  | 0
            17.57.144.1   | 17.57.145.1     | 23  | -1
            128.0.0.1     | 1.0.0.1         | 0   | 1
            2001:db8::1   | 2001:db8::1     | 128 | 0
            2001:db8::1   | 2001:db8::2     | 126 | -1
            2001:db8::    | 2001:db8:0:1::  | 63  | -1
            8000::        | 1::             | 0   | 1
            ::8000:0:0:0  | ::1             | 64  | 1
            """)
    void whatTwoHaveInCommonIsCountedInBits(String one, String other, int bits, int order) {
        assertThat(of(one).common(of(other))).isEqualTo(bits);
        assertThat(Integer.signum(of(one).compareTo(of(other)))).isEqualTo(order);
        assertThat(Integer.signum(of(other).compareTo(of(one)))).isEqualTo(-order);
        assertThat(of(one).isIn(of(other), bits)).isTrue();
        assertThat(of(one).isIn(of(other), bits + 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "courier.push.apple.com", "17.57.144", "17.57.144.256", "2001:db8:::1"})
    void whatIsNoAddressIsNone(String literal) {
        assertThat(Address.of(literal)).isEmpty();
    }
}
