package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes over one family says nothing of the other: not that it is open, nor that a connection there is the server's. */
final class FamiliesApartTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    /** Who has but one family meets what everybody meets in it, though the others get through in the other. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no IPv6, Apple's IPv4 silent      | guest:no-aaaa all; everywhere:silent tcp/5223@ipv4              | -
            no IPv6, Apple's IPv4 resets      | guest:no-aaaa all; everywhere:reset-far tcp/5223@ipv4           | -
            no IPv6, Apple's IPv4 resets TLS  | guest:no-aaaa all; everywhere:tls-reset tcp/5223@ipv4           | -
            no IPv6, Apple's IPv4 is mute     | guest:no-aaaa all; everywhere:tls-silent tcp/5223@ipv4          | -
            no IPv6, provider's IPv4 silent   | guest:no-aaaa all; inside:silent tcp/5223@ipv4                  | site upstream.blocked tcp/5223@ipv4
            the provider drops IPv4 of a port | inside:silent tcp/5223@ipv4                                     | site upstream.blocked tcp/5223@ipv4
            one member, gone at the provider  | inside:silent tcp/5223@17.57.145.0/24                           | -
            IPv6 of a port, at the provider   | inside:silent tcp/5223@ipv6                                     | site upstream.blocked tcp/5223@ipv6
            one has IPv6, IPv4 silent for all | wifi:no-aaaa all; lab:no-aaaa all; srv:no-aaaa all; guest:silent tcp/5223@ipv6; everywhere:silent tcp/5223@ipv4 | site tcp.drop tcp/5223
            one has IPv6, all silent outside  | wifi:no-aaaa all; lab:no-aaaa all; srv:no-aaaa all; everywhere:silent tcp/5223 | apple apple.down tcp/5223
            no IPv4, Apple's IPv6 silent      | guest:no-a all; everywhere:silent tcp/5223@ipv6                 | -
            no IPv4, Apple's IPv6 resets TLS  | guest:no-a all; everywhere:tls-reset tcp/5223@ipv6              | -
            IPv6 silent, one goes without     | guest:no-aaaa all; everywhere:silent tcp/5223@ipv6              | -
            other members, IPv4 silent        | guest:no-aaaa all; guest:own-members all; everywhere:silent tcp/5223@ipv4 | -
            a host of one name, IPv4 silent   | guest:no-aaaa all; everywhere:silent name:gdmf.apple.com@ipv4   | -
            no IPv6, the port dropped here    | guest:no-aaaa all; guest:silent tcp/5223                        | guest tcp.drop tcp/5223
            no IPv6, other members dropped    | guest:no-aaaa all; guest:own-members all; guest:silent tcp/5223 | guest tcp.drop tcp/5223
            no IPv4, the port dropped here    | guest:no-a all; guest:silent tcp/5223                           | guest tcp.drop tcp/5223
            no IPv6, a name filtered here     | guest:no-aaaa all; guest:tls-reset name:gdmf.apple.com          | guest tls.reset-on-name name:gdmf.apple.com
            both, dropped; Apple's IPv4 out   | wifi:silent tcp/5223; everywhere:silent tcp/5223@ipv4           | wifi tcp.drop tcp/5223
            both, dropped; IPv4 resets TLS    | wifi:silent tcp/5223; everywhere:tls-reset tcp/5223@ipv4        | wifi tcp.drop tcp/5223
            only one has it, and it fails     | wifi:no-aaaa all; guest:no-aaaa all; lab:no-aaaa all; srv:no-aaaa all; out:no-aaaa all; wifi:no-a all | -
            """)
    void whoHasOneFamilyIsComparedInIt(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, faults)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no IPv6, IPv4 silent              | guest:no-aaaa all; everywhere:silent tcp/5223@ipv4              | -
            no IPv6, IPv4 resets TLS          | guest:no-aaaa all; everywhere:tls-reset tcp/5223@ipv4           | -
            no IPv4, IPv6 silent              | guest:no-a all; everywhere:silent tcp/5223@ipv6                 | -
            each its own family, one silent   | guest:no-a all; wifi:no-aaaa all; wifi:silent tcp/5223          | -
            each its own family, one opened   | guest:no-a all; wifi:no-aaaa all; wifi:foreign tcp/443          | wifi tls.intercepted tcp/443
            no IPv6, the port dropped here    | guest:no-aaaa all; guest:silent tcp/5223                        | guest tcp.drop tcp/5223
            """)
    void ofTwoSegments(String what, String faults, String expected) {
        assertThat(told(Set.of("wifi", "guest"), faults)).isEqualTo(expected);
    }

    /** Who is given other members speaks for those that only segments asked which get through to none of theirs. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            two of one resolver drop a port   | wifi:silent tcp/443; guest:silent tcp/443     | guest tcp.drop tcp/443; wifi tcp.drop tcp/443
            two of one resolver drop a name   | wifi:silent name:gdmf.apple.com; guest:silent name:gdmf.apple.com | guest tcp.drop name:gdmf.apple.com; wifi tcp.drop name:gdmf.apple.com
            one drops, the other ends TLS     | wifi:tls-reset name:gdmf.apple.com; guest:silent name:gdmf.apple.com | guest tcp.drop name:gdmf.apple.com; wifi tls.reset-on-name name:gdmf.apple.com
            they drop it, nobody gets past    | wifi:silent name:gdmf.apple.com; everywhere:tls-reset name:gdmf.apple.com | apple apple.down name:gdmf.apple.com; wifi tcp.drop name:gdmf.apple.com
            two of one resolver drop IPv4     | wifi:no-aaaa all; guest:no-aaaa all; wifi:silent name:gdmf.apple.com; guest:silent name:gdmf.apple.com | guest tcp.drop name:gdmf.apple.com; wifi tcp.drop name:gdmf.apple.com
            dead members for two, IPv6 proved | wifi:no-aaaa all; wifi:silent name:gdmf.apple.com@ipv4; guest:silent name:gdmf.apple.com@ipv4 | -
            IPv4 silent for all               | wifi:no-aaaa all; guest:no-aaaa all; everywhere:silent name:gdmf.apple.com@ipv4 | -
            """)
    void whoIsGivenOtherMembersSpeaksForThese(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, "lab:own-members all; srv:own-members all; out:own-members all; " + faults))
                .isEqualTo(expected);
    }

    /** The outside speaks of the family that it got through in. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no IPv6 inside, IPv4 silent       | inside:no-aaaa all; everywhere:silent tcp/5223@ipv4             | -
            no IPv6 inside, IPv4 resets TLS   | inside:no-aaaa all; everywhere:tls-reset tcp/5223@ipv4          | -
            no IPv6 inside, provider drops    | inside:no-aaaa all; inside:silent tcp/5223                      | site upstream.blocked tcp/5223
            no IPv6 outside, provider drops   | out:no-aaaa all; inside:silent tcp/5223                         | site upstream.blocked tcp/5223
            no way over IPv6 outside          | out:no-route ipv6; inside:silent tcp/5223                       | site upstream.blocked tcp/5223
            IPv6 only outside, IPv4 silent    | out:no-a all; inside:no-aaaa all; inside:silent tcp/5223        | site upstream.blocked tcp/5223
            """)
    void theOutsideSpeaksOfAFamily(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, faults)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no IPv6 inside, IPv4 silent       | wifi:no-aaaa all; everywhere:silent tcp/5223@ipv4               | -
            no IPv6 outside, IPv6 dropped     | out:no-aaaa all; wifi:no-a all; wifi:silent tcp/5223            | -
            """)
    void ofOneSegmentAndTheOutside(String what, String faults, String expected) {
        assertThat(told(Set.of("wifi", "out"), faults)).isEqualTo(expected);
    }

    /** A box accepts in one family in the place of servers that are gone; in the other the servers prove themselves. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            IPv4 accepted                     | guest:tls-silent tcp/5223@17.57.144.0/24; guest:connected tcp/5223@ipv4; everywhere:silent tcp/5223@ipv4 | -
            IPv6 accepted                     | guest:tls-silent tcp/5223@2620:149:a44::/112; guest:connected tcp/5223@ipv6; everywhere:silent tcp/5223@ipv6 | -
            IPv4 accepted, wifi without IPv6  | wifi:no-aaaa all; guest:tls-silent tcp/5223@17.57.144.0/24; guest:connected tcp/5223@ipv4; everywhere:silent tcp/5223@ipv4 | -
            IPv4 accepted, opened             | guest:foreign tcp/5223@17.57.144.0/24; guest:connected tcp/5223@ipv4; everywhere:silent tcp/5223@ipv4 | guest tls.intercepted tcp/5223@ipv4
            IPv4 accepted, and no more known  | guest:connected tcp/5223@ipv4; everywhere:silent tcp/5223@ipv4 | -
            proved in IPv4 too                | guest:connected tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24; wifi:silent tcp/5223@ipv4 | wifi tcp.drop tcp/5223@ipv4
            """)
    void aConnectionInOneFamilyIsNotProvedByTheOther(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, faults)).isEqualTo(expected);
        assertThat(told(Set.of("wifi", "guest", "lab"), faults)).isEqualTo(expected);
    }

    private static String told(Set<String> segments, String faults) {
        Scene scene = new Scene(pki, segments, Scene.Fault.all(faults));
        return found(Rehearsed.judge(scene.judge(), scene.batches(), Scene.ROUND));
    }
}
