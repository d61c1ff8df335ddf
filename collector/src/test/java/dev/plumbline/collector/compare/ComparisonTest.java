package dev.plumbline.collector.compare;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComparisonTest {
    private static final Pattern IDLE = Pattern.compile("idle=(\\d+)(?:/(\\d+)(silent|reset|closed))?");

    /** As in the table: a state, then by={issuer}, at={answer}, hops, idle={stood}[/{ended}{how}], soft. */
    private static Shown shown(String text) {
        List<String> issuers = List.of();
        List<String> answers = List.of();
        int hops = 0;
        Seen.Idle idle = Seen.Idle.NOT_HELD;
        boolean soft = false;
        String[] parts = text.strip().split(" +", -1);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            if (part.startsWith("by=")) {
                issuers = List.of("CN=x," + part.substring(3));
            } else if (part.startsWith("at=")) {
                answers = List.of(part.substring(3).split(";", -1));
            } else if (part.startsWith("hops=")) {
                hops = Integer.parseInt(part.substring(5));
            } else if (part.equals("soft")) {
                soft = true;
            } else {
                Matcher m = IDLE.matcher(part);
                assertThat(m.matches()).as(part).isTrue();
                idle = new Seen.Idle(
                        Duration.ofSeconds(Long.parseLong(m.group(1))),
                        m.group(2) == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(m.group(2))),
                        m.group(3) == null ? "" : m.group(3));
            }
        }
        return new Shown(State.valueOf(parts[0]), "as seen", soft, new Seen(issuers, answers, hops, hops, idle));
    }

    private static Side side(String name, Map<TargetId, Shown> targets, Incident... open) {
        return new Side(name, targets, List.of(open));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # guest                           | it-lab                          | what differs
            OK                                | OK                              | -
            BLOCKED                           | OK                              | state BLOCKED/OK
            OPTIONAL_OFF                      | OK                              | state OPTIONAL_OFF/OK
            WAIVED                            | OK                              | state WAIVED/OK
            BLOCKED                           | BLOCKED                         | -
            # who knows nothing differs in nothing
            INSUFFICIENT                      | OK                              | ?
            OK                                | NOT_YET_RUN                     | ?
            # once seen is not confirmed
            IMPAIRED soft                     | OK                              | ?
            # certificates: by organisation, and only where one side does not work
            INTERCEPTED by=O=Gateway          | OK by=O=Apple                   | state INTERCEPTED/OK, certificate Gateway/Apple
            INTERCEPTED by=O=Gateway          | INTERCEPTED by=O=Other          | certificate Gateway/Other
            INTERCEPTED by=O=Gateway          | INTERCEPTED by=O=Gateway        | -
            OK by=O=Apple                     | OK by=O=Akamai                  | -
            BLOCKED                           | OK by=O=Apple                   | state BLOCKED/OK
            # resolver answers: what is not public, always; pools and other companies' servers, only where one side does not work
            OK at=apple                       | OK at=elsewhere                 | -
            OK at=apple;elsewhere             | OK at=elsewhere                 | -
            OK at=10.1.1.1                    | OK at=apple                     | resolver-answer 10.1.1.1/apple
            BLOCKED at=NXDOMAIN               | OK at=apple                     | state BLOCKED/OK, resolver-answer NXDOMAIN/apple
            BLOCKED at=elsewhere              | OK at=apple                     | state BLOCKED/OK, resolver-answer elsewhere/apple
            BLOCKED at=apple                  | OK at=apple;elsewhere           | state BLOCKED/OK
            # idle timers: only what contradicts itself
            OK idle=600                       | IMPAIRED idle=90/120silent      | state OK/IMPAIRED, idle-timer stands after 600 s/silent after 120 s
            OK idle=60                        | IMPAIRED idle=90/120silent      | state OK/IMPAIRED
            IMPAIRED idle=90/120silent        | IMPAIRED idle=100/130silent     | -
            IMPAIRED idle=90/120silent        | IMPAIRED idle=100/300silent     | idle-timer silent after 120 s/silent after 300 s
            IMPAIRED idle=90/120silent        | IMPAIRED idle=90/120reset       | idle-timer silent after 120 s/reset after 120 s
            OK                                | OK idle=600                     | -
            """)
    void oneTargetOnTwoSides(String guest, String lab, String differs) {
        Differences differences = Comparison.of(
                side("guest", Map.of(COURIER, shown(guest))), side("it-lab", Map.of(COURIER, shown(lab))));
        assertThat(told(differences)).isEqualTo(differs);
    }

    private static String told(Differences differences) {
        if (differences.compared() == 0) {
            return "?";
        }
        String all = String.join(
                ", ",
                differences.differences().stream()
                        .map(d -> d.aspect().word() + " " + d.a() + "/" + d.b())
                        .toList());
        return all.isEmpty() ? "-" : all;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # hops of six targets on guest | on it-lab            | those that differ
            12 12 13 12 14 12              | 12 12 13 12 14 12    | -
            # the whole way is longer
            12 12 13 12 14 12              | 18 18 19 18 20 18    | -
            # somebody near answers for one
            12 12 2 12 14 12               | 18 18 19 18 20 18    | t2
            # servers of a pool lie some hops apart
            12 15 10 12 14 12              | 12 12 12 12 12 12    | -
            # nothing tells what is usual
            2 0 0 0 0 0                    | 14 14 0 0 0 0        | -
            """)
    void distancesAreComparedBesideTheLengthOfTheWay(String guest, String lab, String differs) {
        Differences differences = Comparison.of(side("guest", hops(guest)), side("it-lab", hops(lab)));
        String targets = String.join(
                " ",
                differences.differences().stream()
                        .filter(d -> d.aspect() == Aspect.HOP_DISTANCE)
                        .map(d -> d.target().value())
                        .toList());
        assertThat(targets.isEmpty() ? "-" : targets).isEqualTo(differs);
    }

    private static Map<TargetId, Shown> hops(String text) {
        Map<TargetId, Shown> targets = new HashMap<>();
        String[] all = text.split(" ", -1);
        for (int i = 0; i < all.length; i++) {
            targets.put(new TargetId("t" + i), shown("OK hops=" + all[i]));
        }
        return targets;
    }

    private static Incident incident(String id, Place place, Mechanism mechanism, String scope) {
        return new Incident(id, finding(place, mechanism, scope), T0, Optional.empty(), 0);
    }

    @Test
    void whatActsOnOneSideAloneExplainsWhatDiffers() {
        Incident drop = incident("i1", Place.of(WIFI), Mechanism.TCP_DROP, "tcp/5223");
        Incident site = incident("i2", Place.SITE, Mechanism.UPSTREAM_BLOCKED, "udp/123");
        Differences differences = Comparison.of(
                side("wifi", Map.of(COURIER, shown("BLOCKED")), drop, site),
                side("srv", Map.of(COURIER, shown("OK")), site));
        assertThat(differences.causes()).containsExactly(new Differences.Cause(drop, true, List.of(COURIER)));
    }

    @Test
    void whatExplainsNothingThatDiffersIsNoCause() {
        Incident drop = incident("i1", Place.of(WIFI), Mechanism.TCP_DROP, "tcp/5223");
        assertThat(Comparison.of(
                                side("wifi", Map.of(COURIER, shown("OK")), drop),
                                side("srv", Map.of(COURIER, shown("OK"))))
                        .causes())
                .isEmpty();
    }

    @Test
    void whatFailsAlikeByAnotherCauseDiffersByIt() {
        Incident drop = incident("i1", Place.of(WIFI), Mechanism.TCP_DROP, "tcp/5223");
        Incident name = incident("i2", Place.of(SRV), Mechanism.DNS_NXDOMAIN, "all");
        Differences differences = Comparison.of(
                side("wifi", Map.of(COURIER, shown("BLOCKED")), drop),
                side("srv", Map.of(COURIER, shown("BLOCKED")), name));
        assertThat(told(differences)).isEqualTo("cause tcp.drop/dns.nxdomain");
        assertThat(differences.causes()).extracting(c -> c.onA()).containsExactly(true, false);
    }

    @Test
    void aScopeThatMovedBetweenTwoTimesIsACauseOnBothSides() {
        Incident before = incident("i1", Place.of(WIFI), Mechanism.TCP_DROP, "tcp/5223");
        Incident after = incident("i1", Place.of(WIFI), Mechanism.TCP_DROP, "all");
        Differences differences = Comparison.of(
                side("then", Map.of(COURIER, shown("BLOCKED")), before),
                side("now", Map.of(COURIER, shown("DOWN")), after));
        assertThat(differences.causes())
                .extracting(c -> c.incident().finding().scope().toString())
                .containsExactlyInAnyOrder("tcp/5223", "all");
    }

    @Test
    void whatOneSideIsNotAskedForIsSaid() {
        Differences differences = Comparison.of(side("wifi", Map.of(COURIER, shown("OK"))), side("srv", Map.of()));
        assertThat(differences.incomparable()).containsExactly(Map.entry(COURIER, "srv is not asked for it"));
    }

    @Test
    void theOtherWayRoundTheSameDiffers() {
        Side guest = side("guest", hops("12 12 2 12 14 12"));
        Side lab = side("it-lab", hops("18 18 19 18 20 18"));
        assertThat(Comparison.of(lab, guest).differences())
                .extracting(Differences.Difference::target)
                .isEqualTo(Comparison.of(guest, lab).differences().stream()
                        .map(Differences.Difference::target)
                        .toList())
                .hasSize(1);
    }
}
