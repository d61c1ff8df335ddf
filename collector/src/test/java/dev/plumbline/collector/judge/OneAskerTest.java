package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one segment alone asks, of those inside: a rule of its own and one at the site's edge look the same, outside or not. */
final class OneAskerTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final String LAB_ALONE = "srv:unasked tcp/2197; ";
    private static final String LAB_ALONE_ASKS_GDMF =
            "srv:unasked name:gdmf.apple.com; wifi:unasked name:gdmf.apple.com; guest:unasked name:gdmf.apple.com; ";
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    /** Whoever shuts it, the segment or the provider, it is told of the site, and of no segment. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the provider drops a port         | inside:silent tcp/2197        | site tcp.drop tcp/2197
            the segment drops a port          | lab:silent tcp/2197           | site tcp.drop tcp/2197
            the provider drops a family of it | inside:silent tcp/2197@ipv4   | site tcp.drop tcp/2197@ipv4
            the segment drops a family of it  | lab:silent tcp/2197@ipv6      | site tcp.drop tcp/2197@ipv6
            it is reset                       | inside:reset tcp/2197         | site tcp.reset tcp/2197
            it is reset from nearby           | lab:reset-near tcp/2197       | lab tcp.reset tcp/2197
            it is out outside too             | everywhere:silent tcp/2197    | -
            a family of it is out outside     | everywhere:silent tcp/2197@ipv6 | -
            one family here, out outside      | lab:no-aaaa all; everywhere:silent tcp/2197@ipv4 | -
            IPv6 lost at the provider         | inside:silent ipv6            | site upstream.blocked ipv6
            all of Apple at the provider      | inside:silent all@apple       | site upstream.blocked all@apple
            another port at the segment       | lab:silent tcp/5223           | lab tcp.drop tcp/5223
            """)
    void isToldOfTheSite(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, LAB_ALONE + faults)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            denied by every resolver          | inside:dns-nxdomain name:gdmf.apple.com | site dns.nxdomain name:gdmf.apple.com
            denied by the segment's           | lab:dns-nxdomain name:gdmf.apple.com    | site dns.nxdomain name:gdmf.apple.com
            filtered                          | inside:tls-reset name:gdmf.apple.com    | site tls.reset-on-name name:gdmf.apple.com
            """)
    void aNameToo(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, LAB_ALONE_ASKS_GDMF + faults)).isEqualTo(expected);
    }

    /** What chance may have silenced at one segment is no cause at the edge either. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one host, others come and go      | lab:silent name:gdmf.apple.com; lab:lost-once name:itunes.apple.com+name:mzstatic.com | -
            once, and then it answers         | lab:lost-once name:gdmf.apple.com       | -
            """)
    void chanceIsNoCauseAtTheEdge(String what, String faults, String expected) {
        assertThat(told(EVERYBODY, LAB_ALONE_ASKS_GDMF + faults)).isEqualTo(expected);
    }

    /** What is no violation is noted of the segment, as it would be if others asked, and hides nothing from them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lab:silent name:gdmf.apple.com@ipv4",
                "lab:silent name:gdmf.apple.com@ipv6",
                "lab:seen-once name:gdmf.apple.com",
                "lab:silent name:gdmf.apple.com; lab:lost-once name:itunes.apple.com+name:mzstatic.com"
            })
    void onlyViolationsAreToldOfTheSite(String faults) {
        assertThat(verdict(EVERYBODY, LAB_ALONE_ASKS_GDMF + faults).findings())
                .filteredOn(f -> f.place().word().equals("site"))
                .allMatch(f -> f.severity() == Severity.VIOLATION);
    }

    /** Nobody outside: then nothing at all is told. */
    @ParameterizedTest
    @CsvSource({"inside:silent tcp/2197", "inside:silent tcp/2197@ipv4"})
    void withoutAnybodyOutside(String faults) {
        assertThat(told(Set.of("srv", "wifi", "guest", "lab"), LAB_ALONE + faults))
                .isEqualTo("-");
    }

    /** It is blocked all the same, and the rule is broken for the one who asks. */
    @Test
    void breaksTheRuleOfTheOneWhoAsks() {
        RoundVerdict verdict = verdict(EVERYBODY, LAB_ALONE + "lab:silent tcp/2197");
        assertThat(verdict.cells())
                .filteredOn(c ->
                        c.segment().value().equals("lab") && c.target().value().endsWith(":2197"))
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.state()).isEqualTo(State.BLOCKED));
        assertThat(verdict.findings())
                .filteredOn(f -> f.place().word().equals("site"))
                .singleElement()
                .matches(f -> f.sentence().contains("lab alone asked it"));
        assertThat(verdict.requirements())
                .filteredOn(r -> r.id().equals("apns-provider-direct") && r.verdict() == Requirement.Verdict.BROKEN)
                .allMatch(r -> r.segment().value().equals("lab"));
    }

    /** Of a site of which one segment was heard nothing else is known: all that it meets is told of it, in whole or in part. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a port dropped                    | wifi:silent tcp/5223          | wifi tcp.drop tcp/5223
            a family dropped                  | wifi:silent tcp/5223@ipv4     | wifi tcp.drop tcp/5223@ipv4
            a list                            | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | wifi tcp.partial tcp/5223
            the same, out outside             | everywhere:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | -
            a dead member                     | wifi:silent tcp/5223@17.57.145.0/24 | -
            other members that are dropped    | wifi:own-members tcp/5223; wifi:silent tcp/5223@ipv4 | wifi tcp.drop tcp/5223@ipv4
            a family out outside              | everywhere:silent tcp/5223@ipv6 | -
            IPv6 lost                         | wifi:silent ipv6              | wifi ipv6.broken ipv6
            no IPv6 outside                   | out:no-aaaa all; wifi:silent ipv6 | -
            """)
    void ofASiteOfOneSegment(String what, String faults, String expected) {
        assertThat(told(Set.of("wifi", "out"), faults)).isEqualTo(expected);
    }

    private static String told(Set<String> segments, String faults) {
        return found(verdict(segments, faults));
    }

    private static RoundVerdict verdict(Set<String> segments, String faults) {
        Scene scene = new Scene(pki, segments, Scene.Fault.all(faults));
        return Rehearsed.judge(scene.judge(), scene.batches(), Scene.ROUND);
    }
}
