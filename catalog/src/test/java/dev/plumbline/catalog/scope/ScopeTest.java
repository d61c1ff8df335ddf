package dev.plumbline.catalog.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.words.Transport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTest {
    @ParameterizedTest
    @CsvSource({
        "all, true",
        "tcp/443, true",
        "udp/443, false",
        "tcp/5223, false",
        "name:push.apple.com, true",
        "name:h.apple.com, false",
        "name:courier.push.apple.com, true",
        "tcp/443@apple, true",
        "all@ipv6, false",
        "ipv4, true",
        "tcp/443@17.57.144.0/22, true",
        "tcp/443@17.57.148.0/22, false",
        "tcp/443@2620:149::/32, false",
        "tcp/443@name:apple.com@ipv4, true",
        "tcp/5223+name:apple.com, true",
        "tcp/443@!name:icloud.com, true",
        "tcp/443@!name:push.apple.com, false",
        "tcp/443@apple@!17.57.144.0/22, false",
        "all@!17.57.144.0/24, false",
        "all@!17.57.145.0/24, true",
        "tcp/443@!ipv6@!name:icloud.com, true",
    })
    void matchesAPointByEveryPartOfAnAtom(String scope, boolean expected) {
        Point point = new Point(Set.of("courier.push.apple.com"), Transport.TCP, 443, Optional.of("17.57.144.10"));
        assertThat(Scope.parse(scope).matches(point)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "udp/443, true",
        "tcp/443, false",
        "ipv6, true",
        "ipv4, false",
        "udp/443@apple, true",
        "udp/443@2620:149::/32, true",
        "udp/443@17.0.0.0/8, false",
        "name:mask.icloud.com, true",
        "name:h2.icloud.com, true",
        "name:icloud.com@!name:h2.icloud.com, false",
    })
    void matchesAPointOfTheOtherFamilyAndTransportByEitherName(String scope, boolean expected) {
        Point point = Point.of(
                List.of("mask.icloud.com", "h2.icloud.com"), Transport.UDP, 443, Optional.of("2620:149:a44::a"));
        assertThat(Scope.parse(scope).matches(point)).isEqualTo(expected);
    }

    @Test
    void aPointKnowsANameOnce() {
        Point once = new Point(Set.of("gdmf.apple.com"), Transport.TCP, 443, Optional.empty());
        assertThat(Point.of(List.of("gdmf.apple.com"), Transport.TCP, 443, Optional.empty()))
                .isEqualTo(once);
        assertThat(Point.of(List.of("gdmf.apple.com", "gdmf.apple.com"), Transport.TCP, 443, Optional.empty()))
                .isEqualTo(once);
        assertThat(Point.of(List.of(), Transport.TCP, 443, Optional.empty()).names())
                .isEmpty();
    }

    @Test
    void aScopeOfNothingIsNone() {
        assertThatThrownBy(() -> new Scope(List.of())).hasMessage("a scope has at least one atom");
    }

    @Test
    void atomsAreKnownByTheirText() {
        Atom atom = Atom.port(Transport.TCP, 443).at("2620:149:A44::/48");
        assertThat(atom).isEqualTo(Atom.parse("tcp/443@2620:149:a44::/48")).isNotEqualTo(Atom.all());
        assertThat(atom.equals((Object) "tcp/443@2620:149:a44::/48")).isFalse();
    }

    @Test
    void addressesMatchOnlyWhereOneIsKnown() {
        Point nameOnly = new Point(Set.of("gdmf.apple.com"), Transport.TCP, 443, Optional.empty());
        assertThat(Scope.parse("tcp/443").matches(nameOnly)).isTrue();
        assertThat(Scope.parse("tcp/443@apple").matches(nameOnly)).isFalse();
        assertThat(Scope.parse("ipv4").matches(nameOnly)).isFalse();
    }

    @Test
    void isTheSameWhateverTheOrder() {
        assertThat(Scope.parse("tcp/443+tcp/5223@ipv4@apple"))
                .isEqualTo(Scope.parse("tcp/5223@apple@ipv4+tcp/443"))
                .hasToString("tcp/443+tcp/5223@apple@ipv4");
    }

    @Test
    void exceptionsFollowWhatTheyAreExceptedFrom() {
        assertThat(Scope.parse("tcp/443@!name:icloud.com@apple")).hasToString("tcp/443@apple@!name:icloud.com");
        assertThat(Scope.of(
                        Atom.port(Transport.TCP, 443).except("name:icloud.com").at("apple")))
                .isEqualTo(Scope.parse("tcp/443@apple@!name:icloud.com"));
    }

    @Test
    void anExceptedAddressMattersOnlyWhereOneIsKnown() {
        Point nameOnly = new Point(Set.of("gdmf.apple.com"), Transport.TCP, 443, Optional.empty());
        assertThat(Scope.parse("tcp/443@!17.0.0.0/8").matches(nameOnly)).isTrue();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "10.20.20.10/24, 10.20.20.0/24",
        "10.20.20.0/24, 10.20.20.0/24",
        "198.51.100.40/32, 198.51.100.40/32",
        "10.1.2.3/0, 0.0.0.0/0",
        "2001:db8:0:20::/64, 2001:db8:0:20::/64",
        "2001:db8:0:20::7/64, 2001:db8:0:20:0:0:0:0/64",
    })
    void anAddressWithAPrefixLiesInABlock(String written, String block) {
        assertThat(Block.around(written)).hasToString(block);
        assertThat(Block.around(written).isIpv6()).isEqualTo(written.indexOf(':') >= 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.20.20.10", "10.20.20.10/33", "10.20.20.10/-1", "10.20.20/24", "a.b/8", "::/129", "::/x"})
    void whatIsNoAddressWithAPrefixHasNoBlock(String text) {
        assertThatThrownBy(() -> Block.around(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp",
                "tcp/0",
                "5223",
                "name:",
                "tcp/443@",
                "tcp/443@17.0.0.0",
                "tcp/443@17.0.0.1/8",
                "all@all",
                "!all",
                "!name:apple.com",
                "tcp/443@!",
                "tcp/443@!!ipv4",
                "tcp/443@!17.0.0.1/8",
                "tcp/443@300.0.0.0/8"
            })
    void refusesWhatIsNoScope(String text) {
        assertThatThrownBy(() -> Scope.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
