package dev.plumbline.collector.query;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.finding;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static dev.plumbline.collector.Sites.WIFI_SEGMENT;
import static dev.plumbline.wire.Fields.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.Samples;
import dev.plumbline.collector.Sites;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.report.Format;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.Store;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.v1.GenerateReportRequest;
import dev.plumbline.v1.Report;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeShares;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.AdditionalAnswers;

/** Two segments of which one falls silent: rounds are five minutes apart, and ten minutes are waited for one. */
final class ReportServiceTest {
    private static final Segment SRV_SEGMENT =
            new Segment(SRV, "Servers", SegmentKind.SERVER, Set.of(Role.MDM_SERVER), List.of("10.2.0.0/16"), "srv");
    private static final Declared DECLARED = Sites.planned(Sites.of(WIFI_SEGMENT, SRV_SEGMENT));

    @TempDir
    Path folder;

    private SqliteStore store;
    private SqliteJournal journal;
    private LiveIdentity own;

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(folder.resolve("store.db"));
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        own = new LiveIdentity(new TlsFiles(
                        folder.resolve("pki/collector.pem"),
                        folder.resolve("pki/collector.key"),
                        folder.resolve("pki/ca.pem"))
                .load(Instant.now()));
    }

    @AfterEach
    void close() {
        store.close();
        journal.close();
    }

    private static Instant closed(int number) {
        return T0.plus(Duration.ofMinutes(5L * number)).plusSeconds(3);
    }

    private void judged(int number, Verdict answer, List<Incident> incidents, SegmentId... heard) {
        long round = T0.plus(Duration.ofMinutes(5L * number)).toEpochMilli();
        store.apply(new RoundChange(
                verdict(
                        round,
                        Set.of(heard),
                        List.of(heard).stream()
                                .map(s -> cell(s, COURIER, State.OK, round))
                                .toList(),
                        List.of(),
                        List.of(heard).stream()
                                .map(s -> requirement(s, "apns-device-direct", answer))
                                .toList()),
                incidents,
                List.of(),
                List.of(),
                new ClosedRound(round, closed(number), 1, 1),
                0,
                0,
                0));
    }

    private ReportService service() {
        return service((at, patience) -> true, store);
    }

    private ReportService service(JudgedTime judged, Store read) {
        return new ReportService(
                new PastReader(() -> DECLARED, Agreements.NONE, read, journal, Duration.ofMinutes(10)),
                judged,
                new PastReadings(Duration.ofSeconds(5)),
                own,
                Clock.fixed(closed(100), ZoneOffset.UTC));
    }

    private static GenerateReportRequest.Builder asked(Instant from, Instant to) {
        return GenerateReportRequest.newBuilder().setFrom(timestamp(from)).setTo(timestamp(to));
    }

    private Report report(Instant from, Instant to) throws Exception {
        return service().report(asked(from, to).build(), Purview.WHOLE_SITE);
    }

    private static Incident incident(String id, Finding finding) {
        return new Incident(id, finding, closed(1), Optional.empty(), 1);
    }

    /** srv is not heard after the third round; wifi is broken in the fifth and sixth. */
    private void twoSegments() {
        judged(0, Verdict.MET, List.of(), WIFI, SRV);
        judged(1, Verdict.MET, List.of(), WIFI, SRV);
        judged(2, Verdict.MET, List.of(), WIFI, SRV);
        judged(3, Verdict.MET, List.of(), WIFI);
        judged(4, Verdict.BROKEN, List.of(incident("i1", drop(WIFI)), incident("i2", drop(SRV))), WIFI);
        judged(5, Verdict.BROKEN, List.of(incident("i3", finding(Place.SITE, Mechanism.TCP_DROP, "all"))), WIFI);
        judged(6, Verdict.MET, List.of(), WIFI);
        for (int i = 7; i <= 12; i++) {
            judged(i, Verdict.MET, List.of(), WIFI);
        }
    }

    @Test
    void whatTheStoreRemembersIsWhatIsTold() throws Exception {
        twoSegments();
        Report report = report(closed(0), closed(12));
        assertThat(report.getVerdict()).isEqualTo("BROKEN");
        ReportedSegment wifi = report.getSegments(0);
        ReportedSegment srv = report.getSegments(1);
        assertThat(wifi.getRequirements(0).getRule().getMet().getSeconds()).isEqualTo(50 * 60);
        assertThat(wifi.getRequirements(0).getRule().getBroken().getSeconds()).isEqualTo(10 * 60);
        assertThat(wifi.getRequirements(0).getLongestBreach().getFrom()).isEqualTo(timestamp(closed(4)));
        assertThat(wifi.getRequirements(0).getLongestBreach().getTo()).isEqualTo(timestamp(closed(6)));
        // The round of minute ten was too old at minute twenty.
        assertThat(srv.getRequirements(0).getRule().getSilent().getSeconds()).isEqualTo(40 * 60 + 3);
        assertThat(srv.getRequirements(0).getVerdict()).isEqualTo("INSUFFICIENT");
        assertThat(srv.getCoverage().getLongestSilences(0).getOpen()).isTrue();
        assertThat(wifi.getCoverage().getRequired()).isGreaterThan(20);
        assertThat(wifi.getCoverage().getRequiredMeasured()).isEqualTo(1);
        assertThat(wifi.getCoverage().getNotMeasuredList())
                .anySatisfy(n -> assertThat(n.getState()).isEqualTo("NOT_YET_RUN"));
        assertThat(report.getFindingsList())
                .extracting(f -> f.getFinding().getId())
                .containsExactly("i1", "i2", "i3");
    }

    @Test
    void aPeriodIsToldAsItWasKnownAtItsEndWhateverCameAfter() throws Exception {
        judged(0, Verdict.MET, List.of(), WIFI, SRV);
        judged(4, Verdict.BROKEN, List.of(incident("i1", drop(WIFI))), WIFI);
        judged(5, Verdict.BROKEN, List.of(), WIFI);
        byte[] before = Format.JSON.write(report(T0, closed(5)));
        Incident closed = new Incident("i1", drop(WIFI), closed(1), Optional.of(closed(6)), 1);
        judged(6, Verdict.MET, List.of(closed), WIFI, SRV);
        judged(7, Verdict.MET, List.of(), WIFI, SRV);
        assertThat(Format.JSON.write(report(T0, closed(5)))).isEqualTo(before);
    }

    /** A report that left out what lies beyond some segments would look like one of the site. */
    @Test
    void whoeverSeesSomeSegmentsAloneIsToldNothingNotEvenOfWhichThereAre() {
        twoSegments();
        for (String segment : List.of("", "wifi", "srv", "lan")) {
            assertThatThrownBy(() -> service()
                            .report(
                                    asked(closed(0), closed(14))
                                            .setSegment(segment)
                                            .build(),
                                    new Purview(Set.of(WIFI))))
                    .hasMessage("this token is for wifi alone, and a report for who sees the whole site");
        }
    }

    @Test
    void aReportOfOneSegmentHasWhatConcernsIt() throws Exception {
        twoSegments();
        Report report =
                service().report(asked(closed(0), closed(12)).setSegment("srv").build(), Purview.WHOLE_SITE);
        assertThat(report.getSegmentsList()).extracting(ReportedSegment::getId).containsExactly("srv");
        assertThat(report.getFindingsList())
                .extracting(f -> f.getFinding().getId())
                .containsExactly("i2", "i3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                    | 2026-11-21T10:30:00Z | ''   | INVALID_ARGUMENT | from: is missing; ask for a time such as 2026-11-21T18:20:03Z
            2026-11-21T10:00:00Z | -                    | ''   | INVALID_ARGUMENT | to: is missing; ask for a time such as 2026-11-21T18:20:03Z
            2026-11-21T10:30:00Z | 2026-11-21T10:30:00Z | ''   | INVALID_ARGUMENT | from: 2026-11-21T10:30:00Z is not before to, 2026-11-21T10:30:00Z; ask for an earlier time
            2026-11-21T10:00:00Z | 2027-01-01T00:00:00Z | ''   | INVALID_ARGUMENT | to: 2027-01-01T00:00:00Z is still to come, it is 2026-11-21T18:20:03Z
            2026-11-20T10:00:00Z | 2026-11-21T10:00:03Z | ''   | INVALID_ARGUMENT | to: nothing is remembered of before 2026-11-21T10:00:03Z; ask for a period that ends after that
            2026-11-21T10:00:00Z | 2026-11-21T10:30:00Z | lan  | NOT_FOUND        | no segment 'lan' is declared; declared are wifi, srv
            """)
    void whatIsWrongWithARequestIsSaidOfTheFieldThatIsWrong(
            Instant from, Instant to, String segment, String code, String sentence) {
        twoSegments();
        GenerateReportRequest.Builder request =
                GenerateReportRequest.newBuilder().setSegment(segment);
        if (from != null) {
            request.setFrom(timestamp(from));
        }
        if (to != null) {
            request.setTo(timestamp(to));
        }
        assertThatThrownBy(() -> service().report(request.build(), Purview.WHOLE_SITE))
                .hasMessageStartingWith(sentence)
                .satisfies(e -> assertThat(
                                refusal(e).asException().getStatus().getCode().name())
                        .isEqualTo(code));
    }

    /** As the service answers it. */
    private static Refusal refusal(Throwable e) {
        return e instanceof FieldViolation violation ? Refusal.invalid(violation) : (Refusal) e;
    }

    @Test
    void whereNoRoundHasClosedThereIsNothingToReport() {
        assertThatThrownBy(() -> report(T0, closed(1)))
                .hasMessage("to: nothing is remembered yet: no round has closed");
    }

    /** While the judge reads what came before it closes rounds at the times at which that came. */
    @Test
    void aPeriodThatTheJudgeHasNotLeftBehindIsPutOff() throws Exception {
        twoSegments();
        assertThatThrownBy(() -> service((at, patience) -> at.isBefore(closed(12)), store)
                        .report(asked(T0, closed(12)).build(), Purview.WHOLE_SITE))
                .hasMessageContaining("rounds of the period are not judged yet");
        assertThat(service((at, patience) -> at.isBefore(closed(12)), store)
                        .report(asked(T0, closed(11)).build(), Purview.WHOLE_SITE)
                        .getSegmentsCount())
                .isEqualTo(2);
    }

    /** Wifi is heard each five minutes; from the sixth round on rounds are asked for each hour. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            every round came                    | 0 1 2 3 4 5 17 29 | 0
            one did not, when they were close   | 0 1 2 4 5 17 29   | 0
            two did not, when they were close   | 0 1 4 5 17 29     | 243
            one did not, when they were far     | 0 1 2 3 4 5 29    | 0
            """)
    void silenceIsHeldToHowOftenRoundsWereAskedForThen(String name, String rounds, int silent) throws Exception {
        for (String round : rounds.split(" ", -1)) {
            judged(Integer.parseInt(round), Verdict.MET, List.of(), WIFI);
        }
        Basis close = new Basis("1.0", Samples.BASIS.configuration(), "", Duration.ofMinutes(11));
        Basis far = new Basis("1.0", Samples.BASIS.configuration(), "", Duration.ofMinutes(125));
        journal.enterBeginning(0, closed(0), close).join();
        journal.enterBeginning(0, closed(5), far).join();
        TimeShares rule =
                report(closed(0), closed(29)).getSegments(0).getRequirements(0).getRule();
        assertThat(rule.getSilent().getSeconds()).as(name).isEqualTo(silent);
    }

    /** What is told of the segments is read one after the other; meanwhile one is removed, and the store forgets. */
    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void whatIsReadWhileTheStoreChangesIsReadAgain(int changes, boolean isTold) throws Exception {
        twoSegments();
        byte[] before = Format.JSON.write(report(T0, closed(12)));
        AtomicInteger left = new AtomicInteger(changes);
        Store changing = mock(Store.class, AdditionalAnswers.delegatesTo(store));
        doAnswer(asked -> {
                    if (left.getAndDecrement() > 0) {
                        store.pass(left.get());
                    }
                    return store.requirements(asked.getArgument(0), asked.getArgument(1), asked.getArgument(2));
                })
                .when(changing)
                .requirements(eq(SRV), any(), any());
        ReportService service = service((at, patience) -> true, changing);
        if (isTold) {
            assertThat(Format.JSON.write(service.report(asked(T0, closed(12)).build(), Purview.WHOLE_SITE)))
                    .isEqualTo(before);
            assertThat(left.get()).isEqualTo(-1);
        } else {
            assertThatThrownBy(() -> service.report(asked(T0, closed(12)).build(), Purview.WHOLE_SITE))
                    .hasMessageContaining("the store is being changed");
        }
    }

    @Test
    void aPeriodOfWhichRoundsAreNotJudgedYetIsPutOff() throws Exception {
        judged(0, Verdict.MET, List.of(), WIFI, SRV);
        journal.enterBeginning(0, closed(0), Samples.BASIS).join();
        journal.enterClosing(T0.toEpochMilli(), 1, closed(3)).join();
        assertThatThrownBy(() -> report(T0, closed(3))).hasMessageContaining("rounds of the period are not judged yet");
        assertThat(report(T0, closed(2)).getJudgedByList())
                .singleElement()
                .satisfies(j -> assertThat(j.getProgram()).isEqualTo("1.0"));
    }
}
