package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FactTermTest {
    private static final String PROBE = """
            {"environment": {"echoes": [{"ask": "tls", "answer": "other-key"}, {"ask": "udp", "answer": "same"}]},
             "observations": [
              {"target": "c:1", "attempts": [{"remote": "17.0.0.1:1", "failure": "connect-silent", "handshakes": []}]},
              {"target": "other:1", "attempts": []},
              {"target": "c:1", "attempts": [
                {"remote": "17.0.0.1:1", "failure": "none", "handshakes": [
                  {"serverName": "a.example", "failure": "tls-reset", "certificates": []},
                  {"serverName": "neutral", "failure": "none", "certificates": ["ab", "cd"]}],
                 "whoAnswered": {"arrivingTtl": 64, "siblingArrivingTtl": 61}},
                {"remote": "[2001::1]:1", "failure": "connect-silent"},
                {"remote": "10.0.0.1:3128", "failure": "none", "proxy": {"status": 407}}]}],
             "certificates": {"ab": {"issuer": "CN=Gateway"}, "cd": {"issuer": "CN=Root"}}}
            """;
    private static final String HOLDS = """
            {"holds": [{"port": 5223, "plannedIdleMicros": 30000000, "end": "silent-after-write"},
             {"port": 5223, "plannedIdleMicros": 10000000, "end": "alive"}]}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        any c:1 attempts.failure = none                                               | true  | 1x none, 1x connect-silent
        all c:1 attempts.failure = none                                               | false | 1x none, 1x connect-silent
        none c:1 attempts.failure = tls-silent                                        | true  | 1x none, 1x connect-silent
        any c:1#all attempts.failure = connect-silent                                 | true  | 2x connect-silent, 1x none
        all c:1 attempts[remote=*.0.0.1:1].failure = none                             | true  | 1x none
        all c:1 attempts.handshakes[serverName!=*.example].failure = none             | true  | 1x none
        any c:1 attempts.whoAnswered[arrivingTtl!=$siblingArrivingTtl].arrivingTtl > 0 | true  | 1x 64
        any c:1 attempts.whoAnswered[arrivingTtl=$siblingArrivingTtl].arrivingTtl > 0 | false | nothing
        all c:1#proxied attempts.proxy.status = 407                                    | true  | 1x 407
        any c:1 attempts.proxy.status = 407                                           | false | nothing
        any c:1 attempts.handshakes.certificates.@.issuer = *Gateway                  | true  | 1x CN=Gateway, 1x CN=Root
        all environment echoes[ask=tls].answer = other-key                            | true  | 1x other-key
        all hold holds[plannedIdleMicros>=30000000].end = silent-after-write          | true  | 1x silent-after-write
        all hold holds[plannedIdleMicros<30000000;port=5223].end != alive             | false | 1x alive
        all nobody:1 attempts.failure = none                                          | false | nothing
        none nobody:1 attempts.failure = none                                         | false | nothing
        none c:1 attempts.exchange.failure = none                                     | false | nothing
        """)
    void aFactIsHeldAgainstTheJsonOfTheAgent(String fact, boolean holds, String seen) throws Exception {
        FactTerm.Seen found = FactTerm.parse(fact).in(sighting());
        assertThat(found.holds()).isEqualTo(holds);
        assertThat(found.values()).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "some c:1 attempts.failure = none",
                "any c:1 attempts.failure is none",
                "any c:1 attempts[family].failure = none",
                "any c:1 attempts[family=4.failure = none",
                "any c:1 attempts..failure = none",
                "any c:1 attempts.failure =",
            })
    void whatIsNoFactIsRefusedWithASentence(String fact) {
        assertThatThrownBy(() -> FactTerm.parse(fact))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no ");
    }

    @Test
    void aRowHoldsWhenAllOfItsFactsDoAndMustNameClean() throws Exception {
        FactRow row = row("any c:1 attempts.failure = none and all environment echoes[ask=udp].answer = same");
        assertThat(row.holdsIn(sighting())).isTrue();
        assertThat(row.seenIn(sighting())).isEqualTo("1x none, 1x connect-silent; 1x same");
        assertThat(row("any c:1 attempts.failure = none and any c:1 attempts.failure = x")
                        .holdsIn(sighting()))
                .isFalse();
        assertThatThrownBy(() -> FactRow.of(java.util.List.of("a", "wifi", "any c:1 a = b", "drop-5223"), "x:1"))
                .hasMessageContaining("must name clean");
    }

    private static FactRow row(String facts) {
        return FactRow.of(java.util.List.of("a", "wifi", facts, "clean,b"), "x:1");
    }

    private static Sighting sighting() throws Trouble {
        return new Sighting(Sighting.read("probe", PROBE), Sighting.read("hold", HOLDS));
    }
}
