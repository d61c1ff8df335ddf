package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    /** Two segments as {@code plumbline matrix --json} shows them; the last cell is not required. */
    static final String MATRIX = """
            [{"segment":"wifi","targetId":"courier:5223","required":true,"round":1000,"host":"7-courier.push.apple.com",
              "serverName":"courier.push.apple.com","port":5223,"transport":"tcp","addresses":["17.57.144.10","2620:149:a44::a"]},
             {"segment":"wifi","targetId":"courier:443","required":true,"host":"7-courier.push.apple.com",
              "serverName":"courier.push.apple.com","port":443,"transport":"tcp","addresses":["17.57.144.10"]},
             {"segment":"wifi","targetId":"appleid","required":true,"host":"appleid.apple.com",
              "serverName":"appleid.apple.com","port":443,"transport":"tcp","addresses":["23.62.10.3"]},
             {"segment":"wifi","targetId":"captive","required":true,"host":"captive.apple.com","serverName":"",
              "port":80,"transport":"tcp","addresses":[]},
             {"segment":"srv","targetId":"api:2197","required":true,"round":1000,"host":"api.push.apple.com",
              "serverName":"api.push.apple.com","port":2197,"transport":"tcp","addresses":["17.188.143.10"]},
             {"segment":"srv","targetId":"gateway:2195","required":false,"round":2000,"host":"gateway.push.apple.com",
              "serverName":"","port":2195,"transport":"tcp","addresses":[]}]
            """;

    private static RequiredTargets required() {
        try {
            return Answers.required(MATRIX);
        } catch (Trouble e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "expected {0}, found {1}: agrees {2}")
    @CsvSource(textBlock = """
            -,                             -,                                                     true
            wifi tcp.drop tcp/5223,        wifi tcp.drop tcp/5223,                                true
            wifi tcp.drop tcp/5223,        wifi tcp.drop name:push.apple.com@name:apple.com,      false
            wifi tcp.drop tcp/5223,        wifi tcp.drop tcp/5223@ipv4; wifi tcp.drop tcp/5223@ipv6, true
            wifi tcp.drop all@apple,       wifi tcp.drop tcp/5223+tcp/443@17.0.0.0/8,             true
            wifi tcp.drop tcp/443@apple,   wifi tcp.drop tcp/443,                                 false
            wifi tcp.drop tcp/443@apple,   wifi tcp.drop name:courier.push.apple.com,             false
            wifi tcp.drop tcp/80,          wifi tcp.drop name:captive.apple.com,                  true
            wifi tcp.drop tcp/5223,        -,                                                     false
            -,                             wifi tcp.drop tcp/5223,                                false
            wifi tcp.drop tcp/5223,        guest tcp.drop tcp/5223,                               false
            wifi tcp.drop tcp/5223,        wifi tcp.reset tcp/5223,                               false
            site upstream.blocked tcp/5223, site upstream.blocked tcp/5223+tcp/2195,              true
            site upstream.blocked all,     site upstream.blocked tcp/5223+tcp/443+tcp/80,         false
            wifi hold.reaped-silent all,   wifi hold.reaped-silent tcp/5223+tcp/443,              true
            wifi hold.reaped-silent all,   wifi hold.reaped-silent tcp/5223,                      false
            wifi hold.reaped-silent all,   wifi hold.reaped-reset all,                            false
            apple apple.down name:push.apple.com, apple apple.down tcp/5223+tcp/2197+name:courier.push.apple.com, true
            """)
    void agreesWhenMechanismPlaceAndCoveredTargetsAreTheSame(String expected, String found, boolean agrees) {
        Comparison comparison = Comparison.of(Claim.parseAll(expected), Claim.parseAll(found), required());
        assertThat(comparison.agrees()).isEqualTo(agrees);
    }

    @Test
    void everyClaimIsInExactlyOnePair() {
        Comparison comparison = Comparison.of(
                Claim.parseAll("wifi tcp.drop tcp/5223; guest tls.intercepted tcp/443; srv tcp.drop tcp/2197"),
                Claim.parseAll("wifi tcp.drop tcp/5223; guest tcp.reset tcp/443; site upstream.blocked all"),
                required());
        assertThat(comparison.pairs())
                .extracting(p -> p.expected().map(Claim::mechanism).orElse("-")
                        + " / "
                        + p.found().map(Claim::mechanism).orElse("-"))
                .containsExactlyInAnyOrder(
                        "tcp.drop / tcp.drop", "tls.intercepted / tcp.reset", "tcp.drop / -", "- / upstream.blocked");
    }

    @Test
    void cellsThatAreNotRequiredCountForNoScope() {
        assertThat(required().count()).isEqualTo(5);
        assertThat(required()
                        .covered(
                                "srv", Claim.parseAll("srv tcp.drop all").get(0).scope()))
                .containsExactly("srv api:2197");
        assertThat(required()
                        .covered(
                                "site",
                                Claim.parseAll("site upstream.blocked all")
                                        .get(0)
                                        .scope()))
                .hasSize(5);
    }

    @Test
    void theMatrixCountsWhatWasTakenForWhat() {
        ConfusionMatrix matrix = new ConfusionMatrix();
        for (List<String> line : List.of(
                List.of("wifi tcp.drop tcp/5223", "wifi tcp.drop tcp/5223"),
                List.of("guest tcp.drop tcp/5223", "guest tcp.reset tcp/5223"),
                List.of("-", "-"),
                List.of("srv tcp.drop tcp/2197", "-"))) {
            matrix.add(Comparison.of(Claim.parseAll(line.get(0)), Claim.parseAll(line.get(1)), required()));
        }
        assertThat(matrix.count("tcp.drop", "tcp.drop")).isEqualTo(1);
        assertThat(matrix.count("tcp.drop", "tcp.reset")).isEqualTo(1);
        assertThat(matrix.count("tcp.drop", ConfusionMatrix.NONE)).isEqualTo(1);
        assertThat(matrix.count(ConfusionMatrix.NONE, ConfusionMatrix.NONE)).isEqualTo(1);
        assertThat(String.join("\n", matrix.lines())).isEqualTo("""
                expected \\ found           1   2   3
                 1 none                    1   .   .
                 2 tcp.drop                1   1   1
                 3 tcp.reset               .   .   .""");
    }

    @Test
    void theMatrixFitsInto120ColumnsHoweverManyMechanismsThereAre() {
        ConfusionMatrix matrix = new ConfusionMatrix();
        for (int i = 0; i < 60; i++) {
            List<Claim> claim = Claim.parseAll("wifi proxy.auth-required" + i + " all");
            matrix.add(Comparison.of(claim, claim, required()));
        }
        assertThat(matrix.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(matrix.lines()).hasSize(3 * 61);
    }
}
