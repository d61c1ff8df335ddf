package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.agreed.Waiver;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Ledger;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds of a campus whose guests must not reach the MDM server's console. */
final class DenialsTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final String CONSOLE = "jss.campus.example:8443";
    private static final Map<String, List<Denied>> GUEST = Map.of("guest", List.of(Denied.parse(CONSOLE)));
    private static final Map<String, List<Denied>> BOTH =
            Map.of("guest", List.of(Denied.parse(CONSOLE)), "wifi", List.of(Denied.parse(CONSOLE)));
    private static final Instant CLOSED = Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9);

    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            dropped                         | guest:silent tcp/8443                             | -                                           | MET
            reset                           | guest:reset tcp/8443                              | -                                           | MET
            prohibited                      | guest:prohibited tcp/8443                         | -                                           | MET
            open                            |                                                   | guest outbound.open CONSOLE                 | BROKEN
            open over IPv6 alone            | guest:silent tcp/8443@ipv4                        | guest outbound.open CONSOLE                 | BROKEN
            nobody known signed it          | everywhere:rotated tcp/8443                       | guest outbound.open CONSOLE                 | BROKEN
            a box passes it on              | guest:accepted tcp/8443                           | guest outbound.open CONSOLE                 | BROKEN
            a box accepts                   | guest:accepted-mute tcp/8443                      | -                                           | INSUFFICIENT
            a box accepts for everybody     | everywhere:accepted-mute tcp/8443                 | -                                           | INSUFFICIENT
            somebody accepts                | guest:tls-silent tcp/8443                         | -                                           | INSUFFICIENT
            cut when the name is seen       | guest:tls-reset tcp/8443                          | -                                           | INSUFFICIENT
            another certificate             | guest:foreign tcp/8443                            | -                                           | INSUFFICIENT
            opened for everybody            | everywhere:foreign tcp/8443+tcp/443               | guest tls.intercepted tcp/443; lab tls.intercepted tcp/443; srv tls.intercepted tcp/443; wifi tls.intercepted tcp/443 | INSUFFICIENT
            down for everybody              | everywhere:silent tcp/8443                        | -                                           | INSUFFICIENT
            refused to everybody            | everywhere:reset tcp/8443                         | -                                           | INSUFFICIENT
            dropped, a box answers the rest | guest:silent tcp/8443; everywhere:accepted-mute tcp/8443 | -                                    | INSUFFICIENT
            no name                         | guest:dns-nxdomain name:jss.campus.example        | -                                           | INSUFFICIENT
            another address                 | guest:sinkhole name:jss.campus.example            | -                                           | INSUFFICIENT
            silent once                     | guest:seen-once tcp/8443                          | -                                           | INSUFFICIENT
            silent at a standstill          | guest:silent tcp/8443; guest:standstill all       | -                                           | INSUFFICIENT
            nothing leaves the segment      | guest:silent all                                  | guest segment.offline all                   | INSUFFICIENT
            before the sign-in              | guest:portal all                                  | guest portal.captive all                    | INSUFFICIENT
            a busy host                     | guest:silent tcp/5223; guest:unfit all            | guest agent.unfit all                       | INSUFFICIENT
            dropped, and 443 too            | guest:silent tcp/8443; guest:silent tcp/443       | guest tcp.drop tcp/443                      | MET
            dropped, and Apple's 443 too    | guest:silent tcp/8443; guest:silent tcp/443@apple | guest tcp.drop tcp/443@apple                | MET
            dropped, and all of Apple       | guest:silent tcp/8443+all@apple                   | guest tcp.drop all@apple                    | MET
            reset, and 5223 too             | guest:reset tcp/8443+tcp/5223                     | guest tcp.reset tcp/5223                    | MET
            open, and 5223 dropped          | guest:silent tcp/5223                             | guest outbound.open CONSOLE; guest tcp.drop tcp/5223 | BROKEN
            open, and TLS opened            | guest:foreign tcp/443                             | guest outbound.open CONSOLE; guest tls.intercepted tcp/443 | BROKEN
            open, and IPv6 lost             | guest:silent ipv6                                 | guest ipv6.broken ipv6; guest outbound.open CONSOLE | BROKEN
            open, and Apple is down         | everywhere:silent tcp/5223                        | apple apple.down tcp/5223; guest outbound.open CONSOLE | BROKEN
            denied to who needs it not      | guest:silent tcp/8443; wifi:reset tcp/8443; lab:silent tcp/8443 | -                             | MET
            not asked in this round         | guest:unasked tcp/8443                            | -                                           | INSUFFICIENT
            the host has no way there       | guest:no-route tcp/8443                           | -                                           | INSUFFICIENT
            dropped, and no way over IPv6   | guest:silent tcp/8443@ipv4; guest:no-route tcp/8443@ipv6 | -                                    | MET
            others connect, and no more     | guest:silent tcp/8443; everywhere:tls-silent tcp/8443 | -                                       | MET
            others meet only a box          | guest:silent tcp/8443; everywhere:accepted-mute tcp/8443 | -                                    | INSUFFICIENT
            others have addresses alone     | guest:own-members tcp/8443; guest:silent tcp/8443 | -                                           | INSUFFICIENT
            """)
    void isToldWhereItIsReachedAndMetWhereSomebodyElseReachesIt(
            String what, String faults, String expected, Verdict verdict) {
        RoundVerdict round = judge(EVERYBODY, faults, GUEST);
        assertThat(found(round)).isEqualTo(expected.replace("CONSOLE", "tcp/8443@name:jss.campus.example"));
        Requirement rule = rule(round, "guest").orElseThrow();
        assertThat(rule.verdict()).as(rule.because()).isEqualTo(verdict);
        assertThat(rule.stillWorks()).isEqualTo(Verdict.MET);
        assertThat(rule(round, "wifi")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            dropped for one  | guest:silent tcp/8443              | wifi outbound.open  | MET          | BROKEN
            dropped for both | guest:silent tcp/8443; wifi:silent tcp/8443 | -          | MET          | MET
            open for both    |                                    | guest outbound.open; wifi outbound.open | BROKEN | BROKEN
            one is offline   | guest:silent all; wifi:silent tcp/8443 | guest segment.offline | INSUFFICIENT | MET
            """)
    void eachSegmentIsJudgedByItself(String what, String faults, String expected, Verdict guest, Verdict wifi) {
        RoundVerdict round = judge(EVERYBODY, faults, BOTH);
        assertThat(found(round).replaceAll(" (tcp/|all)[^;]*", "")).isEqualTo(expected);
        assertThat(rule(round, "guest").orElseThrow().verdict()).isEqualTo(guest);
        assertThat(rule(round, "wifi").orElseThrow().verdict()).isEqualTo(wifi);
    }

    /** Where nobody may reach it who could show that it is up. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            denied here, and nobody else looks | guest      | guest:silent tcp/8443 | -                   | INSUFFICIENT
            its certificate proves itself      | guest      |                       | guest outbound.open | BROKEN
            one of nobody known does not       | guest      | guest:rotated tcp/8443 | -                  | INSUFFICIENT
            who is denied too is no control    | guest wifi | guest:silent tcp/8443 | wifi outbound.open  | INSUFFICIENT
            nor does his certificate tell      | guest wifi | everywhere:rotated tcp/8443 | -             | INSUFFICIENT
            """)
    void withoutAControlOnlyTheCertificateTells(
            String what, String segments, String faults, String expected, Verdict verdict) {
        RoundVerdict round = judge(Set.of(segments.split(" ")), faults, BOTH);
        assertThat(found(round).replaceAll(" tcp/[^;]*", "")).isEqualTo(expected);
        assertThat(rule(round, "guest").orElseThrow().verdict()).isEqualTo(verdict);
    }

    /** Whatever becomes of the console, nothing else that is said of the round changes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "guest:silent tcp/443",
                "guest:silent tcp/443@apple",
                "guest:reset tcp/5223",
                "guest:foreign tcp/443",
                "guest:lost-once all",
                "guest:lost-twice name:gdmf.apple.com+name:gs.apple.com; guest:lost-once name:apple.com@ipv4",
                "guest:silent name:identity.apple.com@ipv4",
                "guest:accepted all",
                "guest:silent all",
                "everywhere:silent tcp/5223",
                "guest:silent udp/443+udp/123",
            })
    void nothingElseIsSaidOtherwise(String faults) {
        RoundVerdict without = judge(EVERYBODY, faults, Map.of());
        for (String console : List.of(
                "guest:silent",
                "guest:reset",
                "guest:lost-once",
                "guest:accepted-mute",
                "everywhere:silent",
                "everywhere:foreign")) {
            String both = console + " tcp/8443; " + faults;
            assertThat(ordinary(judge(EVERYBODY, both, GUEST))).as(both).isEqualTo(ordinary(without));
        }
    }

    private static RoundVerdict ordinary(RoundVerdict round) {
        return new RoundVerdict(
                round.round(),
                round.closedAt(),
                round.heard(),
                round.cells().stream()
                        .filter(c -> !c.target().value().startsWith("deny:"))
                        .toList(),
                round.findings().stream()
                        .filter(f -> f.mechanism() != Mechanism.OUTBOUND_OPEN)
                        .toList(),
                round.suspicions(),
                round.requirements().stream()
                        .filter(r -> !r.id().startsWith("must-not-reach"))
                        .toList(),
                round.pools());
    }

    @Test
    void anAddressIsDeniedLikeAName() {
        Map<String, List<Denied>> address = Map.of("guest", List.of(Denied.parse("198.51.100.40:8443")));
        assertThat(found(judge(EVERYBODY, "", address))).isEqualTo("guest outbound.open tcp/8443@198.51.100.40/32");
        assertThat(found(judge(EVERYBODY, "guest:reset tcp/8443", address))).isEqualTo("-");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            open    | guest |                       | IMPAIRED     | must not reach (tcp/8443@name:jss.campus.example): TLS stands with
            denied  | guest | guest:silent tcp/8443 | OK           | denied, as it must be: no connection to
            unknown | guest | everywhere:silent tcp/8443 | INSUFFICIENT | so that it may be down
            open    | lab   |                       | OK           | asked as a control for segments that must not reach it
            denied  | lab   | lab:silent tcp/8443   | OPTIONAL_OFF | asked as a control for segments that must not reach it
            """)
    void cellsSayWhatIsRightAndWhatIsNot(String what, String segment, String faults, String state, String words) {
        Cell cell = cell(judge(EVERYBODY, faults, GUEST), segment);
        assertThat(cell.state()).hasToString(state);
        assertThat(cell.required()).isFalse();
        assertThat(cell.because()).contains(words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody shows anything | guest:tls-silent tcp/8443              | is accepted, and no certificate shows by whom
            a box accepts all     | guest:accepted-mute tcp/8443           | to a port that nothing listens on: a device on the way answers
            another certificate   | guest:foreign tcp/8443                 | which is not the one that others see
            a box signs for all   | everywhere:foreign tcp/8443+tcp/443    | shown for hosts of others too: a device on the way answers
            nothing to compare    | guest:foreign tcp/8443; everywhere:silent tcp/8443 | nobody else sees one to compare it with
            no address            | guest:dns-nxdomain name:jss.campus.example | write it in the place of the name
            down                  | everywhere:silent tcp/8443             | from lab, out, srv, wifi it is not reached either, so that it may be down
            over the other family | guest:silent tcp/8443@ipv4; lab:silent tcp/8443@ipv4; srv:silent tcp/8443@ipv4; wifi:silent tcp/8443@ipv4; out:silent tcp/8443@ipv4; guest:silent tcp/8443@ipv6 | and in the same round it stands from lab, out, srv, wifi
            silent once           | guest:seen-once tcp/8443               | seen once, not confirmed
            not asked             | guest:unasked tcp/8443                 | it was not probed in this round
            nobody else asked     | guest:silent tcp/8443; lab:unasked tcp/8443; out:unasked tcp/8443; srv:unasked tcp/8443; wifi:unasked tcp/8443 | no segment that may reach it looked
            no way there          | guest:no-route tcp/8443                | no connection to
            offline               | guest:silent all                       | no answer from any of
            """)
    void aRowSaysWhyNothingIsKnown(String what, String faults, String words) {
        assertThat(rule(judge(EVERYBODY, faults, GUEST), "guest").orElseThrow().because())
                .contains(words);
    }

    @Test
    void theFindingNamesWhoReachedWhatAndHowToDenyIt() {
        Finding finding = judge(EVERYBODY, "", GUEST).findings().get(0);
        assertThat(finding.severity()).isEqualTo(Severity.VIOLATION);
        assertThat(finding.sentence())
                .startsWith("guest: the segment reaches what it must not reach (tcp/8443@name:jss.campus.example): TLS")
                .contains("a certificate of CN=Test public root, as on lab, out, srv, wifi");
        assertThat(finding.targets()).extracting(Object::toString).containsExactly("deny:" + CONSOLE);
        assertThat(finding.witnesses())
                .isNotEmpty()
                .allMatch(w -> w.remote().port() == 8443 && w.saw().startsWith("reached: TLS stands with"));
        assertThat(finding.remedy()).startsWith("Deny connections from guest for tcp/8443@name:jss.campus.example");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            still reached         |                            | true
            denied                | guest:silent tcp/8443      | false
            down                  | everywhere:silent tcp/8443 | true
            nothing leaves        | guest:silent all           | true
            accepted by somebody  | guest:tls-silent tcp/8443  | true
            """)
    void anIncidentIsOpenUntilItIsDenied(String what, String faults, boolean stays) {
        List<Incident> open = Ledger.update(List.of(), judge(EVERYBODY, "", GUEST));
        assertThat(open).singleElement().matches(Incident::isOpen);
        assertThat(closes(open, judge(EVERYBODY, faults, GUEST))).isNotEqualTo(stays);
    }

    @Test
    void anIncidentEndsWhenNobodyNeedsToDenyItAnyMore() {
        List<Incident> open = Ledger.update(List.of(), judge(EVERYBODY, "", GUEST));
        assertThat(closes(open, judge(EVERYBODY, "", Map.of()))).isTrue();
        assertThat(closes(open, judge(EVERYBODY, "", Map.of("wifi", List.of(Denied.parse(CONSOLE))))))
                .isTrue();
        assertThat(closes(open, judge(Set.of("wifi", "lab"), "", Map.of()))).isFalse();
    }

    private static boolean closes(List<Incident> open, RoundVerdict round) {
        return Ledger.update(open, round).stream()
                .anyMatch(i -> i.id().equals(open.get(0).id()) && !i.isOpen());
    }

    @Test
    void whatSomebodyAnswersForBreaksNoRule() {
        SegmentId guest = new SegmentId("guest");
        Waiver waiver = new Waiver(
                guest,
                Optional.of(Mechanism.OUTBOUND_OPEN),
                Scope.parse("tcp/8443"),
                "Jo",
                "the move",
                Instant.MAX,
                "2026-12-31");
        RoundVerdict waived = judge(EVERYBODY, "", GUEST, new Agreements(List.of(), List.of(waiver)));
        assertThat(waived.findings()).singleElement().matches(f -> f.excuse().isPresent());
        assertThat(rule(waived, "guest").orElseThrow().verdict()).isEqualTo(Verdict.MET);
        Maintenance work = new Maintenance(Set.of(guest), Instant.MIN, Instant.MAX, "Jo", "new firewall");
        RoundVerdict worked = judge(EVERYBODY, "", GUEST, new Agreements(List.of(work), List.of()));
        assertThat(rule(worked, "guest").orElseThrow().verdict()).isEqualTo(Verdict.INSUFFICIENT);
    }

    private static Optional<Requirement> rule(RoundVerdict round, String segment) {
        return round.requirements().stream()
                .filter(r -> r.segment().value().equals(segment) && r.id().equals("must-not-reach " + CONSOLE))
                .findFirst();
    }

    private static Cell cell(RoundVerdict round, String segment) {
        return round.cells().stream()
                .filter(c -> c.segment().value().equals(segment)
                        && c.target().value().equals("deny:" + CONSOLE))
                .findFirst()
                .orElseThrow();
    }

    private static String found(RoundVerdict round) {
        String all = round.findings().stream()
                .filter(f -> f.severity() != Severity.NOTE)
                .map((Finding f) -> f.place() + " " + f.mechanism().id() + " " + f.scope())
                .sorted()
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "-" : all;
    }

    private static RoundVerdict judge(Set<String> segments, String faults, Map<String, List<Denied>> denied) {
        return judge(segments, faults, denied, Agreements.NONE);
    }

    private static RoundVerdict judge(
            Set<String> segments, String faults, Map<String, List<Denied>> denied, Agreements agreements) {
        List<Scene.Fault> drawn = faults == null || faults.isEmpty()
                ? List.of()
                : Arrays.stream(faults.split(";")).map(Scene.Fault::parse).toList();
        Scene scene = new Scene(pki, segments, drawn, denied);
        SiteJudge judge = scene.judge(agreements);
        scene.batches().forEach(judge::accept);
        return judge.judge(Scene.ROUND, CLOSED);
    }
}
