package dev.plumbline.collector.report;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.agreed.Waiver;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.v1.NotMeasured;
import dev.plumbline.v1.Report;
import dev.plumbline.v1.ReportedAgreement;
import dev.plumbline.v1.ReportedAnswer;
import dev.plumbline.v1.ReportedRequirement;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeShares;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A period of a hundred hours; all numbers are hours after its beginning. */
final class CompositionTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Period PERIOD = new Period(BEGIN, hour(100));
    private static final TargetId OTHER = new TargetId("gdmf.apple.com:443");

    private static Instant hour(int number) {
        return BEGIN.plus(Duration.ofHours(number));
    }

    private static Segment segment(SegmentKind kind, Role... roles) {
        return new Segment(WIFI, "Wi-Fi", kind, Set.of(roles), List.of("10.1.0.0/16"), "wifi");
    }

    private static Past.OfSegment quiet(Segment segment, Past.Judged... judged) {
        return new Past.OfSegment(segment, List.of(), Optional.empty(), List.of(judged), List.of());
    }

    /** @param verdicts such as {@code apns-device-direct BROKEN/MET}: the rule's answer and whether things still work */
    private static Past.Judged at(int hour, String... verdicts) {
        return new Past.Judged(
                hour(hour),
                Stream.of(verdicts)
                        .map(v -> v.split("[ /]"))
                        .map(v -> new Requirement(
                                WIFI, v[0], Verdict.valueOf(v[1]), "hour " + hour, Verdict.valueOf(v[2])))
                        .toList());
    }

    private static Past past(Past.OfSegment segment, Past.OfIncident... incidents) {
        return past(segment, Agreements.NONE, List.of(), incidents);
    }

    private static Past past(
            Past.OfSegment segment, Agreements agreements, List<Past.Judge> judges, Past.OfIncident... incidents) {
        return new Past(
                "campus",
                PERIOD,
                Optional.empty(),
                Optional.of(hour(-500)),
                List.of(segment),
                List.of(incidents),
                agreements,
                judges,
                Catalog.builtIn().editions());
    }

    private static Report report(Past.OfSegment segment, Past.OfIncident... incidents) {
        return Composition.of(past(segment, incidents));
    }

    private static final Segment DEVICES = segment(SegmentKind.WIFI, Role.DEVICE);

    private static String hours(com.google.protobuf.Duration duration) {
        return String.valueOf(duration.getSeconds() / 3600);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                  | hour and verdict of the only requirement | verdict      | met | broken | unknown
            met all the time        | -1 MET                                   | MET          | 100 | 0      | 0
            broken for an hour      | -1 MET, 50 BROKEN, 51 MET                | BROKEN       | 99  | 1      | 0
            judged in the middle    | 40 MET                                   | INSUFFICIENT | 60  | 0      | 40
            undecided for an hour   | -1 MET, 50 INSUFFICIENT, 51 MET          | INSUFFICIENT | 99  | 0      | 1
            broken and undecided    | -1 INSUFFICIENT, 50 BROKEN               | BROKEN       | 0   | 50     | 50
            never judged            | 100 MET                                  | INSUFFICIENT | 0   | 0      | 100
            """)
    void whatWasBrokenAtAnyTimeWasBroken(
            String name, String became, String verdict, String met, String broken, String unknown) {
        Report report = report(quiet(
                DEVICES,
                Stream.of(became.split(", "))
                        .map(b -> b.split(" "))
                        .map(b -> at(Integer.parseInt(b[0]), "apns-device-direct " + b[1] + "/MET"))
                        .toArray(Past.Judged[]::new)));
        assertThat(report.getVerdict()).as(name).isEqualTo(verdict);
        ReportedRequirement told = report.getSegments(0).getRequirements(0);
        assertThat(hours(told.getRule().getMet())).isEqualTo(met);
        assertThat(hours(told.getRule().getBroken())).isEqualTo(broken);
        assertThat(told.getRule().getUnknownPerMillion() / 10_000).isEqualTo(Integer.parseInt(unknown));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                     | judged                                                                  | rules | devices | servers
            both work though not direct | apns-device-direct BROKEN/MET, apns-provider-direct BROKEN/MET          | 0     | 100     | 100
            servers do not             | apns-device-direct MET/MET, apns-provider-direct BROKEN/BROKEN          | 0     | 100     | 0
            devices do not             | apns-device-direct BROKEN/BROKEN, apns-provider-direct MET/MET          | 0     | 0       | 100
            names are both's           | apns-device-direct MET/MET, dns-resolves BROKEN/BROKEN                  | 0     | 0       | 0
            all is well                | apns-device-direct MET/MET, apns-provider-direct MET/MET, time MET/MET  | 100   | 100     | 100
            """)
    void bothAnswersAreToldOfDevicesAndOfServers(String name, String judged, int rules, int devices, int servers) {
        Report report =
                report(quiet(segment(SegmentKind.SERVER, Role.DEVICE, Role.MDM_SERVER), at(-1, judged.split(", "))));
        assertThat(report.getSegments(0).getAnswersList())
                .as(name)
                .extracting(ReportedAnswer::getQuestion, a -> a.getShares().getMetPerMillion() / 10_000)
                .containsExactly(tuple("rules", rules), tuple("devices", devices), tuple("servers", servers));
    }

    @Test
    void aControlIsHeldToNoRule() {
        Report report =
                report(quiet(segment(SegmentKind.REFERENCE, Role.DEVICE), at(-1, "apns-device-direct BROKEN/BROKEN")));
        assertThat(report.getVerdict()).isEqualTo("INSUFFICIENT");
        assertThat(report.getSegments(0).getHeldToRules()).isFalse();
        assertThat(report.getSegments(0).getAnswersList()).isEmpty();
        assertThat(report.getNotesList()).anyMatch(n -> n.contains("held to no rule"));
    }

    @Test
    void aRequirementThatIsAskedFromTheMiddleOnWasNotJudgedBefore() {
        ReportedSegment segment = report(quiet(
                        DEVICES,
                        at(-1, "dns-resolves MET/MET", "time MET/MET"),
                        at(30, "dns-resolves MET/MET", "no-interception BROKEN/MET")))
                .getSegments(0);
        assertThat(segment.getRequirementsList())
                .extracting(
                        ReportedRequirement::getId,
                        r -> hours(r.getRule().getMet()),
                        r -> hours(r.getRule().getBroken()),
                        r -> hours(r.getRule().getNotJudged()),
                        ReportedRequirement::getVerdict,
                        ReportedRequirement::getBecause)
                .containsExactly(
                        tuple("dns-resolves", "100", "0", "0", "MET", "hour 30"),
                        tuple("no-interception", "0", "70", "30", "BROKEN", "hour 30"),
                        tuple("time", "30", "0", "70", "INSUFFICIENT", "it was not judged"));
        assertThat(segment.getRequirements(1).getLongestBreach().getOpen()).isTrue();
    }

    @Test
    void whatIsNotRememberedOrNotReadIsSaid() {
        Past.OfSegment segment = new Past.OfSegment(
                DEVICES, List.of(), Optional.of(hour(20)), List.of(at(10, "time MET/MET")), List.of());
        Past past = new Past(
                "campus",
                PERIOD,
                Optional.empty(),
                Optional.of(hour(5)),
                List.of(segment),
                List.of(),
                Agreements.NONE,
                List.of(),
                List.of());
        Report report = Composition.of(past);
        assertThat(hours(report.getSegments(0).getRequirements(0).getRule().getNotRemembered()))
                .isEqualTo("20");
        assertThat(report.getNotesList())
                .contains("Nothing is remembered of before 2026-11-01T05:00:00Z.")
                .anyMatch(n -> n.startsWith("Of wifi too much became otherwise to be read"));
    }

    private static Past.OfIncident incident(Object... hoursAndForms) {
        List<Past.Form> forms = new ArrayList<>();
        for (int i = 0; i < hoursAndForms.length; i += 2) {
            forms.add(new Past.Form(hour((int) hoursAndForms[i]), (Incident) hoursAndForms[i + 1]));
        }
        return new Past.OfIncident(forms);
    }

    private static Incident open(Finding finding) {
        return new Incident("i1", finding, hour(-10), Optional.empty(), 1);
    }

    private static Incident closed(Finding finding, int hour) {
        return new Incident("i1", finding, hour(-10), Optional.of(hour(hour)), 1);
    }

    private static Finding waived() {
        return drop(WIFI).excused(new Excuse(Excuse.Kind.WAIVED, "waived by K. Ito until 2026-11-03: new firewall"));
    }

    @Test
    void aWaiverInTheMiddleExcusesAFindingForItsTime() {
        Report report = report(
                quiet(DEVICES, at(-1, "apns-device-direct MET/MET")),
                incident(-10, open(drop(WIFI)), 20, open(waived()), 60, open(drop(WIFI))));
        assertThat(report.getFindings(0).getExcusedList())
                .extracting(
                        e -> Instant.ofEpochSecond(e.getFrom().getSeconds()),
                        e -> e.getTo().getSeconds(),
                        e -> e.getExcuse())
                .containsExactly(tuple(hour(20), hour(60).getEpochSecond(), "WAIVED"));
        assertThat(hours(report.getFindings(0).getOpen())).isEqualTo("100");
        assertThat(report.getVerdict())
                .as("it was open, and not excused, before")
                .isEqualTo("BROKEN");
    }

    @Test
    void aFindingThatIsExcusedAllTheTimeBreaksNothing() {
        Report report = report(quiet(DEVICES, at(-1, "apns-device-direct MET/MET")), incident(-10, open(waived())));
        assertThat(report.getVerdict()).isEqualTo("MET");
        assertThat(report.getFindingsCount()).isEqualTo(1);
    }

    @Test
    void aFaultIsNobodysRule() {
        Finding fault = finding(Place.APPLE, Mechanism.ofId("apple.down"), "all");
        Report report = report(quiet(DEVICES, at(-1, "apns-device-direct MET/MET")), incident(-10, open(fault)));
        assertThat(report.getVerdict()).isEqualTo("MET");
    }

    @Test
    void findingsAreThoseThatWereOpenInThePeriodAndForHowLong() {
        Finding finding = drop(WIFI);
        Report report = report(
                quiet(DEVICES, at(-1, "apns-device-direct MET/MET")),
                incident(-10, open(finding), -5, closed(finding, -5)),
                incident(-10, open(finding), 30, closed(finding, 30)),
                incident(-20, closed(finding, -20), 90, open(finding), 95, open(waived())));
        assertThat(report.getFindingsList().stream()
                        .map(f -> hours(f.getOpen()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo("30 10");
        assertThat(report.getFindings(0).getFinding().getWitnesses(0).getRemote())
                .isEqualTo("[2620:149:a44::5]:5223");
    }

    @Test
    void agreementsThatCountedInThePeriodHaveOwnerAndEnd() {
        Waiver over = waiver("before", 0);
        Waiver ends = waiver("K. Ito", 40);
        Waiver lasts = waiver("M. Roth", 300);
        Agreements agreements = new Agreements(
                List.of(
                        new Maintenance(Set.of(WIFI), hour(10), hour(12), "N. Berg", "new switch"),
                        new Maintenance(Set.of(WIFI), hour(100), hour(102), "later", "later")),
                List.of(lasts, over, ends));
        Report report = Composition.of(past(quiet(DEVICES, at(-1, "time MET/MET")), agreements, List.of()));
        assertThat(report.getAgreementsList())
                .extracting(a -> a.getKind(), a -> a.getOwner(), a -> a.getScope(), a -> a.getOver())
                .containsExactly(
                        tuple("MAINTENANCE", "N. Berg", "", true),
                        tuple("WAIVED", "K. Ito", "tcp/5223", true),
                        tuple("WAIVED", "M. Roth", "tcp/5223", false));
    }

    private static Finding excused(String said) {
        return drop(WIFI).excused(new Excuse(Excuse.Kind.WAIVED, said));
    }

    /** Declared are a waiver by K. Ito and one by M. Roth. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                        | a finding is excused by | at hour | a reason names | at hour | named
            nobody was excused            | -                       | 0       | -              | 0       | ''
            a finding was                 | K. Ito                  | 10      | -              | 0       | K. Ito
            for something else            | N. Berg                 | 10      | -              | 0       | ''
            a requirement was             | -                       | 0       | M. Roth        | 20      | M. Roth
            both                          | K. Ito                  | 10      | M. Roth        | 20      | K. Ito, M. Roth
            only before the period        | K. Ito                  | -20     | M. Roth        | -20     | ''
            """)
    void anAgreementThatIsDeclaredIsToldApartFromOneThatCounted(
            String name, String finding, int found, String reason, int judged, String named) {
        Requirement plain = new Requirement(WIFI, "time", Verdict.MET, "all is well", Verdict.MET);
        Requirement byWaiver = new Requirement(
                WIFI,
                "time",
                Verdict.MET,
                "1 of 2 required targets proved; 1 WAIVED: waived by " + reason + " until then: because",
                Verdict.MET,
                true);
        Past.OfSegment judgedTwice = quiet(
                DEVICES,
                new Past.Judged(hour(-50), List.of(plain)),
                new Past.Judged(hour(judged), List.of(reason.equals("-") ? plain : byWaiver)),
                new Past.Judged(hour(judged + 5), List.of(plain)));
        Finding excused = excused("waived by " + finding + " until then: because");
        Report report = Composition.of(past(
                judgedTwice,
                new Agreements(List.of(), List.of(waiver("K. Ito", 40), waiver("M. Roth", 300))),
                List.of(),
                incident(-50, open(drop(WIFI)), found, open(excused), found + 5, open(drop(WIFI)))));
        assertThat(report.getAgreementsList().stream()
                        .filter(ReportedAgreement::getNamed)
                        .map(ReportedAgreement::getOwner)
                        .collect(Collectors.joining(", ")))
                .as(name)
                .isEqualTo(named);
        assertThat(report.getAgreementsCount()).isEqualTo(2);
    }

    @Test
    void whatIsMetByAWaiverIsAShareOfItsOwn() {
        Requirement met = new Requirement(WIFI, "time", Verdict.MET, "all is well", Verdict.MET);
        Requirement waived = new Requirement(WIFI, "time", Verdict.MET, "waived", Verdict.BROKEN, true);
        Report report = report(quiet(
                DEVICES,
                new Past.Judged(hour(-1), List.of(met)),
                new Past.Judged(hour(30), List.of(waived)),
                new Past.Judged(hour(70), List.of(met))));
        ReportedSegment segment = report.getSegments(0);
        TimeShares rule = segment.getRequirements(0).getRule();
        assertThat(hours(rule.getMet())).isEqualTo("60");
        assertThat(hours(rule.getWaived())).isEqualTo("40");
        assertThat(rule.getWaivedPerMillion()).isEqualTo(400_000);
        assertThat(rule.getUnknownPerMillion()).isZero();
        assertThat(segment.getAnswers(0).getShares()).isEqualTo(rule);
        assertThat(hours(segment.getRequirements(0).getStillWorks().getBroken()))
                .isEqualTo("40");
        assertThat(report.getVerdict()).isEqualTo("MET");
        assertThat(report.getNotesList()).anyMatch(n -> n.startsWith("Met by waiver is the time"));
        assertThat(report(quiet(DEVICES, new Past.Judged(hour(-1), List.of(met))))
                        .getNotesList())
                .noneMatch(n -> n.contains("waiver is the time"));
    }

    /** Rounds that came late are judged at one time. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                              | opened | reopened | closed | excused | told  | verdict
            at once, in the period              | 30     | -1       | 30     | false   | true  | BROKEN
            at once, by whom somebody answers   | 30     | -1       | 30     | true    | true  | MET
            at once, at the first moment        | 0      | -1       | 0      | false   | true  | BROKEN
            before, and once more at once       | -50    | 30       | 30     | false   | true  | BROKEN
            at once, before                     | -10    | -1       | -10    | false   | false | MET
            before, closed at the first moment  | -10    | -1       | 0      | false   | false | MET
            at once, after                      | 100    | -1       | 100    | false   | false | MET
            """)
    void whatWasOpenedAndClosedAtOnceWasThere(
            String name, int opened, int reopened, int closed, boolean excused, boolean told, String verdict) {
        Incident incident = new Incident(
                "i1",
                excused ? waived() : drop(WIFI),
                hour(opened),
                Optional.of(hour(closed)),
                1,
                reopened < 0 ? 0 : 1,
                reopened < 0 ? Optional.empty() : Optional.of(hour(reopened)),
                false,
                History.NONE);
        Report report = report(
                quiet(DEVICES, at(-1, "apns-device-direct MET/MET")),
                new Past.OfIncident(List.of(new Past.Form(hour(closed), incident))));
        assertThat(report.getFindingsCount()).as(name).isEqualTo(told ? 1 : 0);
        assertThat(report.getVerdict()).as(name).isEqualTo(verdict);
        report.getFindingsList().forEach(f -> assertThat(hours(f.getOpen())).isEqualTo("0"));
    }

    @Test
    void aFindingSaysWhenItWasWrittenDownAsItIsTold() {
        Report report = report(
                quiet(DEVICES, at(-1, "apns-device-direct MET/MET")),
                incident(-10, open(drop(WIFI)), 14, open(drop(WIFI))));
        assertThat(report.getFindings(0).getKnownAt().getSeconds()).isEqualTo(hour(14).getEpochSecond());
        assertThat(hours(report.getFindings(0).getOpen())).isEqualTo("100");
    }

    /** Retention moves it every day. */
    @Test
    void sinceWhenSomethingIsRememberedIsNotToldWhereItIsBeforeThePeriod() {
        Past past = past(quiet(DEVICES, at(-1, "time MET/MET")));
        Past later = new Past(
                past.site(),
                PERIOD,
                Optional.empty(),
                Optional.of(hour(0)),
                past.segments(),
                past.incidents(),
                past.agreements(),
                past.judges(),
                past.editions());
        for (Format format : Format.values()) {
            assertThat(format.write(Composition.of(later))).isEqualTo(format.write(Composition.of(past)));
        }
    }

    @Test
    void aReportOfOneSegmentIsNotTakenForOneOfTheSite() {
        Past whole = past(quiet(DEVICES, at(-1, "time MET/MET")));
        Report report = Composition.of(new Past(
                whole.site(),
                PERIOD,
                Optional.of(WIFI),
                whole.rememberedFrom(),
                whole.segments(),
                whole.incidents(),
                whole.agreements(),
                whole.judges(),
                whole.editions()));
        assertThat(report.getSegment()).isEqualTo("wifi");
        assertThat(Format.HTML.fileName(report))
                .isEqualTo("plumbline-campus-wifi-20261101T000000Z-20261105T040000Z.html");
        assertThat(new String(Format.HTML.write(report), StandardCharsets.UTF_8))
                .contains(
                        "<h1>Segment wifi alone, of site campus: reach",
                        "<title>Plumbline: campus, segment wifi alone, 2026-11-01",
                        "This tells of segment wifi alone");
        Report all = Composition.of(whole);
        assertThat(Format.HTML.fileName(all)).isEqualTo("plumbline-campus-20261101T000000Z-20261105T040000Z.html");
        assertThat(new String(Format.HTML.write(all), StandardCharsets.UTF_8))
                .contains("<h1>Site campus: reach")
                .doesNotContain("segment wifi alone", "alone, of site");
    }

    /** A year of a large site does not fit into memory. */
    @Test
    void segmentsAreReadOneAfterTheOther() {
        List<String> read = new ArrayList<>();
        Past whole = past(quiet(DEVICES, at(-1, "time MET/MET")));
        Iterable<Past.OfSegment> segments = () -> Stream.of("a", "b", "c")
                .map(id -> {
                    read.add(id);
                    return quiet(
                            new Segment(
                                    new SegmentId(id), id, SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "wifi"),
                            at(-1, "time MET/MET"));
                })
                .iterator();
        Report report = Composition.of(new Past(
                whole.site(),
                PERIOD,
                Optional.empty(),
                whole.rememberedFrom(),
                segments,
                whole.incidents(),
                whole.agreements(),
                whole.judges(),
                whole.editions()));
        assertThat(read).as("each once").containsExactly("a", "b", "c");
        assertThat(report.getSegmentsList()).extracting(ReportedSegment::getId).containsExactly("a", "b", "c");
        assertThat(report.getVerdict()).isEqualTo("MET");
    }

    private static Waiver waiver(String owner, int ends) {
        return new Waiver(
                WIFI, Optional.of(Mechanism.TCP_DROP), Scope.parse("tcp/5223"), owner, "because", hour(ends), "then");
    }

    @Test
    void anEditionThatChangesInTheMiddleIsToldWithItsTime() {
        Report report = Composition.of(past(
                quiet(DEVICES, at(-1, "time MET/MET")),
                Agreements.NONE,
                List.of(
                        new Past.Judge(hour(-90), "0.9", "", "aa"),
                        new Past.Judge(hour(-20), "1.0", "ht210060-2022", "bb"),
                        // A restart is no change.
                        new Past.Judge(hour(10), "1.0", "ht210060-2022", "bb"),
                        new Past.Judge(hour(30), "1.0", "plumbline-2026", "cc"),
                        new Past.Judge(hour(70), "1.1", "plumbline-2026", "cc"),
                        new Past.Judge(hour(100), "1.2", "plumbline-2026", "cc"))));
        assertThat(report.getJudgedByList())
                .extracting(
                        j -> Instant.ofEpochSecond(j.getFrom().getSeconds()),
                        j -> Instant.ofEpochSecond(j.getTo().getSeconds()),
                        j -> j.getEdition(),
                        j -> j.getProgram())
                .containsExactly(
                        tuple(hour(0), hour(30), "ht210060-2022", "1.0"),
                        tuple(hour(30), hour(70), "plumbline-2026", "1.0"),
                        tuple(hour(70), hour(100), "plumbline-2026", "1.1"));
        assertThat(report.getEditionsList())
                .extracting(e -> e.getId(), e -> e.getDerived())
                .containsExactlyInAnyOrder(tuple("ht210060-2022", false), tuple("plumbline-2026", true));
    }

    private static Past.OfTarget target(TargetId id, boolean required, Object... hoursAndStates) {
        List<Past.Spell> spells = new ArrayList<>();
        for (int i = 0; i < hoursAndStates.length; i += 2) {
            spells.add(new Past.Spell(
                    hour((int) hoursAndStates[i]), (State) hoursAndStates[i + 1], "hour " + hoursAndStates[i]));
        }
        return new Past.OfTarget(id, "apns", required, spells, Optional.empty());
    }

    private static String told(NotMeasured target) {
        return target.getTargetId() + " " + target.getState() + " " + hours(target.getMeasured()) + "/"
                + hours(target.getNotMeasured()) + " " + target.getBecause();
    }

    @Test
    void whatWasNotMeasuredIsToldWithItsReasonAndWithoutTheTimeInWhichNobodyWasThere() {
        Past.OfSegment segment = new Past.OfSegment(
                DEVICES,
                List.of(new Period(hour(50), hour(60))),
                Optional.empty(),
                List.of(at(20, "time MET/MET")),
                List.of(
                        target(COURIER, true, 20, State.OK, 70, State.BLOCKED),
                        target(OTHER, true, 20, State.OK, 40, State.INSUFFICIENT, 70, State.OK),
                        target(new TargetId("never:1"), true),
                        target(new TargetId("retired:1"), false, 20, State.NOT_YET_RUN)));
        var coverage = report(segment).getSegments(0).getCoverage();
        assertThat(coverage.getNotMeasuredList().stream().map(CompositionTest::told))
                .containsExactly(
                        "gdmf.apple.com:443 INSUFFICIENT 50/20 hour 40",
                        "never:1 NOT_YET_RUN 0/70 no round had looked at it",
                        "retired:1 NOT_YET_RUN 0/70 hour 20");
        assertThat(coverage.getRequired()).isEqualTo(3);
        assertThat(coverage.getRequiredMeasured()).isEqualTo(2);
        assertThat(hours(coverage.getHeard())).isEqualTo("70");
        assertThat(coverage.getSilences()).isEqualTo(1);
    }

    @Test
    void whatSomebodyWroteGivesNoOrders() {
        Finding finding = new Finding(
                Place.of(WIFI),
                Mechanism.TCP_DROP,
                Scope.parse("tcp/5223"),
                List.of(COURIER),
                drop(WIFI).witnesses(),
                "one\r\ntwo\u202e\u001b[2J\u0000",
                "mend\tit");
        Report report = report(quiet(DEVICES, at(-1, "time MET/MET")), incident(-10, open(finding)));
        assertThat(report.getFindings(0).getFinding().getSentence()).isEqualTo("one??two??[2J?");
        assertThat(report.getFindings(0).getFinding().getRemedy()).isEqualTo("mend it");
    }
}
