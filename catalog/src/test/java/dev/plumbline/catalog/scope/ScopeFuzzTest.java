package dev.plumbline.catalog.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scopes and address blocks as people and stores write them, and addresses as anybody's facts hold them. */
final class ScopeFuzzTest {
    @Test
    void scopes() {
        Point point = Point.of(List.of("a.push.apple.com"), Transport.TCP, 5223, Optional.of("17.57.144.10"));
        Fuzz.refusing(
                "scopes",
                Fuzz.texts(
                        "tcp/5223@ipv4@17.0.0.0/8@name:push.apple.com+udp/443@apple",
                        "all@2620:149:a44::/48",
                        "name:apple.com@ipv6",
                        "ipv4"),
                bytes -> {
                    Scope scope = Scope.parse(new String(bytes, StandardCharsets.UTF_8));
                    scope.matches(point);
                    assertThat(Scope.parse(scope.toString())).isEqualTo(scope);
                },
                IllegalArgumentException.class);
    }

    @Test
    void addresses() {
        Block four = Block.parse("10.20.0.0/16");
        Block six = Block.parse("2001:db8::/32");
        Fuzz.total(
                "addresses of facts",
                Fuzz.texts("10.20.30.40", "2001:db8::1", "fe80::1%eth0", "::ffff:10.20.1.1", "g::1", "[::1]"),
                bytes -> {
                    String address = new String(bytes, StandardCharsets.UTF_8);
                    assertThat(four.contains(address) && six.contains(address)).isFalse();
                    Block.isApple(address);
                });
    }
}
