package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.Samples;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.agreed.Waiver;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Ledger;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was agreed, held against a round that begins on 2026-11-02 at 10:00 UTC. */
final class ExcusesTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    /** {@code SEGMENT FROM TO} in hours and minutes of the round's day. */
    private static Agreements maintenance(String text) {
        String[] part = text.split(" ", 3);
        return new Agreements(
                List.of(new Maintenance(
                        Set.of(new SegmentId(part[0])),
                        Instant.parse("2026-11-02T" + part[1] + ":00Z"),
                        Instant.parse("2026-11-02T" + part[2] + ":00Z"),
                        "Jo",
                        "new firewall")),
                List.of());
    }

    /** {@code SEGMENT SCOPE LAST-DAY [MECHANISM]}, more of them behind a comma. */
    private static Agreements waivers(String text) {
        return new Agreements(
                List.of(),
                java.util.Arrays.stream(text.split(", *", -1))
                        .map(w -> w.split(" ", 4))
                        .map(w -> new Waiver(
                                new SegmentId(w[0]),
                                w.length > 3 ? Optional.of(Mechanism.ofId(w[3])) : Optional.empty(),
                                Scope.parse(w[1]),
                                "Jo",
                                "old printers",
                                LocalDate.parse(w[2])
                                        .plusDays(1)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant(),
                                w[2]))
                        .toList());
    }

    private static RoundVerdict judge(String fault, Agreements agreements) {
        Scene scene = new Scene(pki, EVERYBODY, Scene.Fault.all(fault));
        return Rehearsed.judge(scene.judge(agreements), scene.batches(), Scene.ROUND);
    }

    private static Finding finding(RoundVerdict verdict) {
        List<Finding> of = verdict.findings().stream()
                .filter(f -> f.place().word().equals("wifi"))
                .toList();
        assertThat(of).hasSize(1);
        return of.get(0);
    }

    private static Cell courier(RoundVerdict verdict) {
        return verdict.cells().stream()
                .filter(c -> c.segment().value().equals("wifi") && c.target().equals(Samples.COURIER))
                .findFirst()
                .orElseThrow();
    }

    private static Requirement requirement(RoundVerdict verdict, String id) {
        return verdict.requirements().stream()
                .filter(r -> r.segment().value().equals("wifi") && r.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing agreed            |                                          |                                      | -           | BLOCKED     | BROKEN
            worked on now             | wifi 09:00 11:00                         |                                      | MAINTENANCE | MAINTENANCE | INSUFFICIENT
            from now on               | wifi 10:00 11:00                         |                                      | MAINTENANCE | MAINTENANCE | INSUFFICIENT
            until just now            | wifi 09:00 10:00                         |                                      | -           | BLOCKED     | BROKEN
            somebody else worked on   | guest 09:00 11:00                        |                                      | -           | BLOCKED     | BROKEN
            waived                    |                                          | wifi tcp/5223 2026-12-31             | WAIVED      | WAIVED      | MET
            waived with all else      |                                          | wifi all 2026-12-31                  | WAIVED      | WAIVED      | MET
            this mechanism waived     |                                          | wifi tcp/5223 2026-12-31 tcp.reset   | WAIVED      | WAIVED      | MET
            another mechanism waived  |                                          | wifi tcp/5223 2026-12-31 tcp.drop    | -           | BLOCKED     | BROKEN
            another port waived       |                                          | wifi tcp/443 2026-12-31              | -           | BLOCKED     | BROKEN
            a part of it waived       |                                          | wifi tcp/5223@17.57.144.0/24 2026-12-31 | -        | BLOCKED     | BROKEN
            waived somewhere else     |                                          | guest tcp/5223 2026-12-31            | -           | BLOCKED     | BROKEN
            the last day              |                                          | wifi tcp/5223 2026-11-02             | WAIVED      | WAIVED      | MET
            the day after             |                                          | wifi tcp/5223 2026-11-01             | -           | BLOCKED     | BROKEN
            """)
    void decidesWhatCountsAndHidesNothing(
            String what,
            @Nullable String work,
            @Nullable String waived,
            String excuse,
            String state,
            Requirement.Verdict direct) {
        RoundVerdict verdict = judge(
                "wifi:reset tcp/5223",
                work != null ? maintenance(work) : waived != null ? waivers(waived) : Agreements.NONE);
        Finding finding = finding(verdict);
        assertThat(finding.mechanism()).isEqualTo(Mechanism.TCP_RESET);
        assertThat(finding.scope()).hasToString("tcp/5223");
        assertThat(finding.excuse().map(e -> e.kind().name()).orElse("-")).isEqualTo(excuse);
        assertThat(courier(verdict).state()).hasToString(state);
        assertThat(requirement(verdict, "apns-device-direct").verdict()).isEqualTo(direct);
        assertThat(requirement(verdict, "apns-device-direct").waived()).isEqualTo(excuse.equals("WAIVED"));
        assertThat(requirement(verdict, "dns-resolves").waived())
                .as("which it does all the same")
                .isFalse();
        assertThat(requirement(verdict, "apns-device-direct").stillWorks())
                .as("443 leads there, whatever was agreed")
                .isEqualTo(Requirement.Verdict.MET);
    }

    /** It is told of the site, because nobody else asks it; whoever answers for the segment answers for it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing agreed            |                 |                                     | srv:unasked tcp/2197; lab:silent tcp/2197 | -           | BLOCKED
            worked on now             | lab 09:00 11:00 |                                     | srv:unasked tcp/2197; lab:silent tcp/2197 | MAINTENANCE | MAINTENANCE
            somebody else worked on   | srv 09:00 11:00 |                                     | srv:unasked tcp/2197; lab:silent tcp/2197 | -           | BLOCKED
            waived                    |                 | lab tcp/2197 2026-12-31             | srv:unasked tcp/2197; lab:silent tcp/2197 | WAIVED      | WAIVED
            this mechanism waived     |                 | lab tcp/2197 2026-12-31 tcp.drop    | srv:unasked tcp/2197; lab:silent tcp/2197 | WAIVED      | WAIVED
            another mechanism waived  |                 | lab tcp/2197 2026-12-31 tcp.reset   | srv:unasked tcp/2197; lab:silent tcp/2197 | -           | BLOCKED
            met by two, waived of one |                 | lab tcp/2197 2026-12-31             | inside:silent tcp/2197                    | -           | WAIVED
            """)
    void whatOneAloneAsksIsExcusedAsItsOwn(
            String what, @Nullable String work, @Nullable String waived, String fault, String excuse, String state) {
        RoundVerdict verdict =
                judge(fault, work != null ? maintenance(work) : waived != null ? waivers(waived) : Agreements.NONE);
        assertThat(verdict.findings())
                .filteredOn(f -> f.place().word().equals("site"))
                .singleElement()
                .extracting(f -> f.excuse().map(e -> e.kind().name()).orElse("-"))
                .isEqualTo(excuse);
        assertThat(verdict.cells())
                .filteredOn(c ->
                        c.segment().value().equals("lab") && c.target().value().endsWith(":2197") && c.required())
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.state()).hasToString(state));
    }

    @Test
    void namesWhoAnswersForItUntilWhenAndWhy() {
        RoundVerdict verdict = judge("wifi:reset tcp/5223", waivers("wifi tcp/5223 2026-12-31"));
        assertThat(finding(verdict).sentence()).endsWith(" Waived by Jo until 2026-12-31: old printers.");
        assertThat(courier(verdict).because())
                .startsWith("waived by Jo until 2026-12-31: old printers. It would be BLOCKED: wifi: ");
        assertThat(requirement(verdict, "apns-device-direct").because())
                .contains("WAIVED: waived by Jo until 2026-12-31");
    }

    @Test
    void saysThatAWaiverIsOver() {
        assertThat(finding(judge("wifi:reset tcp/5223", waivers("wifi tcp/5223 2026-11-01")))
                        .sentence())
                .endsWith(" A waiver by Jo ended with 2026-11-01 and counts no longer: old printers.");
    }

    @Test
    void aWiderFindingIsNotExcusedByAWaiverOfAPart() {
        RoundVerdict verdict = judge("wifi:silent all@apple", waivers("wifi tcp/5223 2026-12-31"));
        assertThat(finding(verdict).excuse()).isEmpty();
        assertThat(courier(verdict).state()).hasToString("WAIVED");
        assertThat(requirement(verdict, "apns-device-direct").verdict()).isEqualTo(Requirement.Verdict.MET);
        assertThat(requirement(verdict, "apns-device-fallback").verdict()).isEqualTo(Requirement.Verdict.BROKEN);
    }

    @Test
    void whetherThingsStillWorkIsAskedOfWhatWasSeen() {
        Requirement direct =
                requirement(judge("wifi:silent all@apple", waivers("wifi all 2026-12-31")), "apns-device-direct");
        assertThat(direct.verdict()).isEqualTo(Requirement.Verdict.MET);
        assertThat(direct.stillWorks()).isEqualTo(Requirement.Verdict.BROKEN);
    }

    @Test
    void whoOpensTlsWithLeaveBreaksNoRule() {
        RoundVerdict verdict = judge("wifi:foreign tcp/443", waivers("wifi tcp/443 2026-12-31 tls.intercepted"));
        assertThat(finding(verdict).excuse()).isPresent();
        assertThat(requirement(verdict, "no-interception").verdict()).isEqualTo(Requirement.Verdict.MET);
        assertThat(requirement(verdict, "no-interception").waived()).isTrue();
        assertThat(requirement(verdict, "no-interception").stillWorks()).isEqualTo(Requirement.Verdict.BROKEN);
    }

    private static RoundChange change(RoundVerdict verdict, List<Incident> known, int hour) {
        Instant at = verdict.closedAt().plus(Duration.ofHours(hour));
        long round = verdict.round() + Duration.ofHours(hour).toMillis();
        RoundVerdict then = new RoundVerdict(
                round,
                at,
                verdict.heard(),
                verdict.cells(),
                verdict.findings(),
                verdict.suspicions(),
                verdict.requirements(),
                verdict.pools());
        return new RoundChange(
                then, Ledger.update(known, then), List.of(), List.of(), new ClosedRound(round, at, 1, 1), 0, 0, 0);
    }

    /** The same facts, under another agreement each hour. */
    @Test
    void theStoreTellsOfEachTimeByWhatWasAgreedThen(@TempDir Path folder) throws Exception {
        List<String> ends = List.of("2026-12-31", "2027-03-31");
        try (SqliteStore store = SqliteStore.open(folder.resolve("store.db"))) {
            List<RoundVerdict> verdicts = List.of(
                    judge("wifi:reset tcp/5223", Agreements.NONE),
                    judge("wifi:reset tcp/5223", waivers("wifi tcp/5223 " + ends.get(0))),
                    judge("wifi:reset tcp/5223", waivers("wifi tcp/5223 " + ends.get(1))));
            for (int hour = 0; hour < verdicts.size(); hour++) {
                store.apply(change(verdicts.get(hour), store.openIncidents(), hour));
            }
            for (int hour = 1; hour < verdicts.size(); hour++) {
                Instant at = verdicts.get(hour).closedAt().plus(Duration.ofHours(hour));
                String end = "until " + ends.get(hour - 1);
                assertThat(store.incidents(at))
                        .filteredOn(i -> i.finding().place().word().equals("wifi"))
                        .singleElement()
                        .satisfies(i -> assertThat(
                                        i.finding().excuse().orElseThrow().said())
                                .contains(end))
                        .satisfies(i -> assertThat(i.finding().sentence()).contains(end));
                assertThat(store.requirements(new SegmentId("wifi"), at))
                        .filteredOn(r -> r.id().equals("apns-device-direct"))
                        .singleElement()
                        .satisfies(r -> assertThat(r.because()).contains(end))
                        .satisfies(r -> assertThat(r.waived()).isTrue());
                assertThat(store.cell(new SegmentId("wifi"), Samples.COURIER, at)
                                .orElseThrow()
                                .cell()
                                .because())
                        .contains(end);
            }
        }
    }

    @Test
    void severalWaiversCoverAFindingTogetherAndTheFirstToEndIsNamed() {
        Finding finding = finding(judge(
                "wifi:reset tcp/5223+tcp/2197+tcp/443@apple",
                waivers("wifi tcp/443 2027-01-31, wifi tcp/5223 2026-12-31")));
        assertThat(finding.excuse()).isPresent();
        assertThat(finding.sentence()).contains("until 2026-12-31");
    }

    @Test
    void othersAreJudgedAsEver() {
        RoundVerdict excused = judge("wifi:reset tcp/5223", maintenance("wifi 09:00 11:00"));
        RoundVerdict plain = judge("wifi:reset tcp/5223", Agreements.NONE);
        assertThat(excused.cells())
                .filteredOn(c -> !c.segment().value().equals("wifi"))
                .isEqualTo(plain.cells().stream()
                        .filter(c -> !c.segment().value().equals("wifi"))
                        .toList());
    }
}
