package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two causes that meet in one target, at different addresses of it: one of a segment, and one that every segment meets. Each is
 * told of its own place, and neither hides the other.
 */
final class TwoCausesTest {
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a list, Apple resets TLS          | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi tcp.partial tcp/5223
            the same on both push ports       | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; everywhere:tls-reset tcp/5223+tcp/443@name:courier.push.apple.com | apple apple.down name:courier.push.apple.com+tcp/5223; wifi tcp.partial tcp/5223
            a family dropped, Apple resets    | wifi:silent tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi tcp.drop tcp/5223@ipv4
            the rarer family dropped          | wifi:silent tcp/5223@ipv6; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi tcp.drop tcp/5223@ipv6
            a family dropped, Apple is mute   | wifi:silent tcp/5223@ipv4; everywhere:tls-silent tcp/5223 | apple apple.down tcp/5223; wifi tcp.drop tcp/5223@ipv4
            a family prohibited, Apple resets | wifi:prohibited tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi tcp.prohibited tcp/5223@ipv4
            a family reset, Apple resets TLS  | wifi:reset tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi tcp.reset tcp/5223@ipv4
            a dead member, Apple resets TLS   | wifi:silent tcp/5223@17.57.145.0/24; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223
            a reset, Apple silent             | wifi:reset tcp/5223@ipv4; everywhere:silent tcp/5223 | apple apple.down tcp/5223
            a reset nearby, Apple silent      | wifi:reset-near tcp/5223@ipv4; everywhere:silent tcp/5223 | apple apple.down tcp/5223; wifi tcp.reset tcp/5223
            silence, Apple resets from afar   | wifi:silent tcp/5223@ipv4; everywhere:reset-far tcp/5223 | apple apple.down tcp/5223
            TLS opened, couriers reset TLS    | wifi:foreign tcp/443@ipv4; everywhere:tls-reset name:courier.push.apple.com | apple apple.down name:courier.push.apple.com; wifi tls.intercepted tcp/443@ipv4
            TLS opened, couriers silent       | wifi:foreign tcp/443@ipv4; everywhere:silent name:courier.push.apple.com | apple apple.down name:courier.push.apple.com; wifi tls.intercepted tcp/443@ipv4
            TLS opened over the rarer family  | wifi:foreign tcp/443@ipv6; everywhere:tls-reset name:courier.push.apple.com | apple apple.down name:courier.push.apple.com; wifi tls.intercepted tcp/443@ipv6
            a list, provider drops a port     | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; inside:silent tcp/2197 | site upstream.blocked tcp/2197; wifi tcp.partial tcp/5223
            a list, provider resets TLS on it | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; inside:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.partial tcp/5223
            a list, Apple's IPv6 resets TLS   | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; everywhere:tls-reset tcp/5223@ipv6 | wifi tcp.partial tcp/5223
            a reset, IPv6 lost at provider    | wifi:reset tcp/5223@ipv4; inside:silent ipv6 | site upstream.blocked ipv6; wifi tcp.reset tcp/5223
            a reset, one port's IPv6 lost     | wifi:reset tcp/5223@ipv4; inside:silent tcp/5223@ipv6 | site upstream.blocked tcp/5223@ipv6; wifi tcp.reset tcp/5223
            two segments, each its own family | wifi:silent tcp/5223@ipv4; guest:reset tcp/5223@ipv6; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; guest tcp.reset tcp/5223@ipv6; wifi tcp.drop tcp/5223@ipv4
            two segments, the same family     | wifi:silent tcp/5223@ipv4; guest:silent tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; guest tcp.drop tcp/5223@ipv4; wifi tcp.drop tcp/5223@ipv4
            a name filter in one family       | wifi:tls-reset name:gdmf.apple.com@ipv4; everywhere:silent name:gdmf.apple.com@ipv6 | wifi tls.reset-on-name name:gdmf.apple.com
            members of which one is dead      | guest:other-members tcp/5223; everywhere:reset-far tcp/5223@17.57.144.0/24 | -
            members dropped here              | guest:other-members tcp/5223; wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | wifi tcp.partial tcp/5223
            a dead member, accepted for one   | guest:accepted-mute tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; guest:accepted all; everywhere:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | guest tcp.proxied all
            """)
    void eachIsToldOfItsOwnPlace(String what, String faults, String expected) {
        assertThat(told(Set.of("srv", "wifi", "guest", "lab", "out"), faults)).isEqualTo(expected);
    }

    /** A segment that its own fault stops earlier hides from nobody what all others meet, outside too. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a port dropped, Apple resets TLS  | wifi:silent tcp/5223; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi tcp.drop tcp/5223
            a port reset, Apple is mute       | wifi:reset tcp/5223; everywhere:tls-silent tcp/5223 | apple apple.down tcp/5223; wifi tcp.reset tcp/5223
            names denied, Apple resets TLS    | wifi:dns-nxdomain name:courier.push.apple.com; everywhere:tls-reset tcp/5223 | apple apple.down tcp/5223; wifi dns.nxdomain name:courier.push.apple.com
            silence, Apple resets from afar   | wifi:silent tcp/5223; everywhere:reset-far tcp/5223 | apple apple.down tcp/5223
            a port dropped, provider resets   | wifi:silent tcp/5223; inside:tls-reset tcp/5223 | wifi tcp.drop tcp/5223
            """)
    void whoIsStoppedBeforeHidesNothing(String what, String faults, String expected) {
        assertThat(told(Set.of("srv", "wifi", "guest", "lab", "out"), faults)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a list, TLS is reset              | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.partial tcp/5223
            a family dropped, TLS is reset    | wifi:silent tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.drop tcp/5223@ipv4
            the rarer family dropped          | wifi:silent tcp/5223@ipv6; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.drop tcp/5223@ipv6
            a family reset, TLS is reset      | wifi:reset tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.reset tcp/5223@ipv4
            a reset, nobody answers           | wifi:reset tcp/5223@ipv4; everywhere:silent tcp/5223 | site upstream.blocked tcp/5223
            a reset nearby, nobody answers    | wifi:reset-near tcp/5223@ipv4; everywhere:silent tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.reset tcp/5223
            silence, Apple resets from afar   | wifi:silent tcp/5223@ipv4; everywhere:reset-far tcp/5223 | apple apple.down tcp/5223
            TLS opened, couriers reset TLS    | wifi:foreign tcp/443@ipv4; everywhere:tls-reset name:courier.push.apple.com | site upstream.blocked name:courier.push.apple.com; wifi tls.intercepted tcp/443@ipv4
            TLS opened, couriers silent       | wifi:foreign tcp/443@ipv4; everywhere:silent name:courier.push.apple.com | site upstream.blocked name:courier.push.apple.com; wifi tls.intercepted tcp/443@ipv4
            two segments, the same family     | wifi:silent tcp/5223@ipv4; guest:silent tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | guest tcp.drop tcp/5223@ipv4; site upstream.blocked tcp/5223; wifi tcp.drop tcp/5223@ipv4
            """)
    void withoutAnybodyOutside(String what, String faults, String expected) {
        assertThat(told(Set.of("srv", "wifi", "guest", "lab"), faults)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a list, TLS is reset              | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.partial tcp/5223
            a family dropped, TLS is reset    | wifi:silent tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.drop tcp/5223@ipv4
            a family reset, TLS is reset      | wifi:reset tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | site upstream.blocked tcp/5223; wifi tcp.reset tcp/5223@ipv4
            a reset, nobody answers           | wifi:reset tcp/5223@ipv4; everywhere:silent tcp/5223 | site upstream.blocked tcp/5223
            TLS opened, couriers reset TLS    | wifi:foreign tcp/443@ipv4; everywhere:tls-reset name:courier.push.apple.com | site upstream.blocked name:courier.push.apple.com; wifi tls.intercepted tcp/443@ipv4
            each its own family               | wifi:silent tcp/5223@ipv4; guest:silent tcp/5223@ipv6; everywhere:tls-reset tcp/5223 | -
            """)
    void ofTwoSegments(String what, String faults, String expected) {
        assertThat(told(Set.of("wifi", "guest"), faults)).isEqualTo(expected);
    }

    /** What one segment and the outside meet alike is nobody's inside, and who beyond cannot be told by one segment. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a list, Apple resets TLS          | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24; everywhere:tls-reset tcp/5223 | wifi tcp.partial tcp/5223
            a family dropped, Apple resets    | wifi:silent tcp/5223@ipv4; everywhere:tls-reset tcp/5223 | wifi tcp.drop tcp/5223@ipv4
            a reset, Apple silent             | wifi:reset tcp/5223@ipv4; everywhere:silent tcp/5223 | -
            """)
    void ofOneSegmentAndTheOutside(String what, String faults, String expected) {
        assertThat(told(Set.of("wifi", "out"), faults)).isEqualTo(expected);
    }

    /** That no segment has a way over IPv6 is no second cause, and takes no target's state. */
    @Test
    void whatHasNoWayHidesNothing() {
        RoundVerdict verdict = withoutOutside("everywhere:no-route ipv6; everywhere:silent tcp/5223");
        assertThat(found(verdict)).isEqualTo("site upstream.blocked tcp/5223");
        assertCouriersBlocked(verdict, "wifi", "guest", "lab");
    }

    /** Nor does a note on Apple's catalog: of what is reset here nothing works, whatever else is said of it. */
    @Test
    void aNoteTakesNoState() {
        RoundVerdict verdict = withoutOutside("wifi:reset tcp/5223@ipv4; everywhere:silent tcp/5223@ipv6");
        assertThat(found(verdict)).isEqualTo("wifi tcp.reset tcp/5223");
        assertCouriersBlocked(verdict, "wifi");
    }

    /** A list of addresses is no reason why none of them works, whichever of the places comes first by name. */
    @ParameterizedTest
    @CsvSource({"guest", "wifi"})
    void whereNothingWorksThatIsTold(String segment) {
        RoundVerdict verdict = withoutOutside(
                segment + ":silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24;"
                        + " everywhere:tls-reset tcp/5223");
        assertThat(found(verdict)).contains(segment + " tcp.partial");
        assertCouriersBlocked(verdict, segment);
    }

    private static RoundVerdict withoutOutside(String faults) {
        return verdict(Set.of("wifi", "guest", "lab"), faults);
    }

    private static void assertCouriersBlocked(RoundVerdict verdict, String... segments) {
        assertThat(verdict.cells())
                .filteredOn(c -> c.target().value().equals("courier:5223") && c.state() == State.BLOCKED)
                .extracting(c -> c.segment().value())
                .contains(segments);
    }

    private static String told(Set<String> segments, String faults) {
        return found(verdict(segments, faults));
    }

    private static RoundVerdict verdict(Set<String> segments, String faults) {
        Scene scene = new Scene(pki, segments, Scene.Fault.all(faults));
        return Rehearsed.judge(scene.judge(), scene.batches(), Scene.ROUND);
    }
}
