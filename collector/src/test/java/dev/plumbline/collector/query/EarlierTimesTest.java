package dev.plumbline.collector.query;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static dev.plumbline.collector.Sites.WIFI_SEGMENT;
import static dev.plumbline.wire.Fields.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Timestamp;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.ConnectedAgents;
import dev.plumbline.collector.Samples;
import dev.plumbline.collector.Sites;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two segments at earlier times, of which one falls silent: rounds are five minutes apart, and ten minutes are waited for one. */
final class EarlierTimesTest {
    private static final Segment CONTROL =
            new Segment(SRV, "Control", SegmentKind.REFERENCE, Set.of(Role.DEVICE), List.of("10.2.0.0/16"), "srv");
    private static final Declared DECLARED = Sites.planned(Sites.of(WIFI_SEGMENT, CONTROL));

    @TempDir
    Path folder;

    private SqliteStore store;
    private final ConnectedAgents connected = new ConnectedAgents(WIFI_A, SRV_A);

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(folder.resolve("store.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Answers answers(Instant now) {
        return new Answers(DECLARED, store, connected, Duration.ofMinutes(10), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Instant round(int number) {
        return T0.plus(Duration.ofMinutes(5L * number));
    }

    private static Instant closed(int number) {
        return round(number).plusSeconds(3);
    }

    private void judged(int number, State state, SegmentId... heard) {
        judged(number, state, List.of(), heard);
    }

    private void judged(int number, State state, List<Incident> incidents, SegmentId... heard) {
        long round = round(number).toEpochMilli();
        store.apply(new RoundChange(
                verdict(
                        round,
                        Set.of(heard),
                        List.of(heard).stream()
                                .map(s -> cell(s, COURIER, state, round))
                                .toList(),
                        List.of(),
                        List.of(heard).stream()
                                .map(s -> requirement(s, "apns-device-direct", Verdict.MET))
                                .toList()),
                incidents,
                List.of(),
                List.of(),
                new ClosedRound(round, closed(number), 1, 1),
                0,
                0,
                0));
    }

    private static When at(Instant at) {
        return new When(Optional.of(at), Optional.empty());
    }

    private static When since(Instant since) {
        return new When(Optional.empty(), Optional.of(since));
    }

    private static Optional<Timestamp> time(Instant at) {
        return Optional.of(timestamp(at));
    }

    private static ComparedSide side(String segment) {
        return ComparedSide.newBuilder().setSegment(segment).build();
    }

    @Test
    void aTimeThatNobodyRemembersIsRefusedWithTheEarliestThatIs() throws Exception {
        Answers answers = answers(closed(20));
        assertThatThrownBy(() -> answers.when(time(closed(9)), Optional.empty()))
                .hasMessageStartingWith("at: nothing is remembered yet");
        judged(5, State.OK, WIFI);
        judged(8, State.OK, WIFI);
        assertThat(answers.when(time(closed(5)), Optional.empty()).at()).contains(closed(5));
        assertThat(answers.when(Optional.empty(), time(T0)).since()).contains(T0);
        assertThatThrownBy(() -> answers.when(time(closed(5).minusMillis(1)), Optional.empty()))
                .hasMessage(
                        "at: nothing is remembered of before 2026-11-21T10:25:03Z; ask for that time or a later one, or"
                                + " leave it out for now");
        ComparedSide then = side("wifi").toBuilder().setAt(timestamp(closed(4))).build();
        assertThatThrownBy(() -> answers.compare(side("srv"), then, Purview.WHOLE_SITE))
                .hasMessageStartingWith("b.at: nothing is remembered of before 2026-11-21T10:25:03Z");
        store.forget(closed(7));
        assertThatThrownBy(() -> answers.when(time(closed(6)), Optional.empty()))
                .hasMessageStartingWith("at: nothing is remembered of before 2026-11-21T10:35:03Z");
    }

    private void srvIsSilentFromTheSecondRoundToTheNinth() {
        judged(0, State.OK, WIFI, SRV);
        judged(1, State.OK, WIFI, SRV);
        for (int i = 2; i < 9; i++) {
            judged(i, State.OK, WIFI);
        }
    }

    @Test
    void toFallSilentAndToBeHeardAgainAreChanges() throws Exception {
        srvIsSilentFromTheSecondRoundToTheNinth();
        Answers silent = answers(closed(8));
        assertThat(silent.matrix("", since(closed(1)))).singleElement().satisfies(c -> {
            assertThat(c.getSegment()).isEqualTo("srv");
            assertThat(c.getState()).isEqualTo("INSUFFICIENT");
            assertThat(c.hasSince()).as("it was OK since then").isFalse();
        });
        assertThat(silent.segments(since(closed(1)))).extracting(s -> s.getId()).containsExactly("srv");
        assertThat(silent.matrix("", since(closed(5)))).isEmpty();
        assertThat(silent.matrix("", at(closed(8))).stream()
                        .filter(c -> c.getTargetId().equals(COURIER.value())))
                .extracting(Cell::getSegment, Cell::getState, Cell::hasSince)
                .containsExactlyInAnyOrder(tuple("wifi", "OK", true), tuple("srv", "INSUFFICIENT", false));
        judged(9, State.OK, WIFI, SRV);
        assertThat(answers(closed(9)).matrix("", since(closed(8))))
                .extracting(Cell::getSegment, Cell::getState)
                .containsExactly(tuple("srv", "OK"));
    }

    @Test
    void aHistoryHasTheTimesInWhichNobodyKnew() throws Exception {
        srvIsSilentFromTheSecondRoundToTheNinth();
        assertThat(history("srv", closed(8), T0))
                .containsExactly("2026-11-21T10:00:03Z OK", "2026-11-21T10:15:00Z INSUFFICIENT");
        judged(9, State.OK, WIFI, SRV);
        judged(10, State.BLOCKED, WIFI, SRV);
        List<String> since =
                List.of("2026-11-21T10:15:00Z INSUFFICIENT", "2026-11-21T10:45:03Z OK", "2026-11-21T10:50:03Z BLOCKED");
        assertThat(history("srv", closed(10), T0))
                .endsWith(since.toArray(new String[0]))
                .hasSize(4);
        assertThat(history("srv", closed(10), closed(5))).isEqualTo(since);
        assertThat(history("wifi", closed(10), T0))
                .containsExactly("2026-11-21T10:00:03Z OK", "2026-11-21T10:50:03Z BLOCKED");
    }

    private List<String> history(String segment, Instant now, Instant since) throws Exception {
        return answers(now).explain(segment, COURIER.value(), since(since)).getHistoryList().stream()
                .map(c -> Instant.ofEpochSecond(c.getAt().getSeconds()) + " " + c.getState())
                .toList();
    }

    @Test
    void whatASegmentSaidBeforeItFellSilentIsNoContrast() throws Exception {
        judged(0, State.OK, WIFI, SRV);
        judged(3, State.BLOCKED, WIFI);
        Answers answers = answers(closed(4));
        assertThat(answers.explain("wifi", "courier:5223", at(closed(0))).getContrastList())
                .contains("srv: because of OK");
        assertThat(answers.explain("wifi", "courier:5223", at(closed(3))).getContrastList())
                .noneMatch(c -> c.equals("srv: because of OK"));
        assertThat(answers.explain("wifi", "courier:5223").getContrastList())
                .as("srv is silent now as well")
                .isEmpty();
    }

    @Test
    void whereNobodyIsHeardAnyMoreTheLastRoundOfAllIsTold() throws Exception {
        judged(0, State.BLOCKED, WIFI, SRV);
        assertThat(answers(closed(9)).explain("wifi", "courier:5223").getContrastList())
                .containsExactly("srv: because of BLOCKED");
    }

    @Test
    void aSegmentThatMissesARoundIsToldHowOthersAreNowAsAtThatTime() throws Exception {
        judged(0, State.BLOCKED, WIFI, SRV);
        judged(1, State.OK, SRV);
        Answers answers = answers(closed(1));
        assertThat(answers.explain("wifi", "courier:5223").getContrastList()).containsExactly("srv: because of OK");
        assertThat(answers.explain("wifi", "courier:5223", at(closed(1))).getContrastList())
                .containsExactly("srv: because of OK");
        assertThat(answers.explain("srv", "courier:5223").getContrastList())
                .containsExactly("wifi: because of BLOCKED");
    }

    @Test
    void whatOtherSegmentsSaidInTheSameRoundIsAContrast() throws Exception {
        judged(0, State.BLOCKED, WIFI, SRV);
        assertThat(answers(closed(0)).explain("wifi", "courier:5223").getContrastList())
                .containsExactly("srv: because of BLOCKED");
    }

    @Test
    void whetherASegmentIsDeclaredIsNotAskedOfTheStore() {
        WithinPurview removed = new WithinPurview(answers(T0), new Purview(Set.of(new SegmentId("lan"))));
        store.close();
        assertThatThrownBy(() -> removed.matrix("lan", When.NOW))
                .isInstanceOf(Refusal.class)
                .hasMessage("no segment 'lan' is declared any more");
    }

    @Test
    void whoMaySeeTheReferenceMayCallItSo() throws Exception {
        judged(0, State.OK, WIFI, SRV);
        Answers answers = answers(closed(0));
        Purview control = new Purview(Set.of(SRV));
        assertThat(answers.compare(side("reference"), side("srv"), control).getA())
                .isEqualTo("srv");
        assertThatThrownBy(() -> answers.compare(side("wifi"), side("srv"), control))
                .hasMessage("this token is for srv alone");
        assertThatThrownBy(() -> answers.compare(side("reference"), side("wifi"), new Purview(Set.of(WIFI))))
                .hasMessage("this token is for wifi alone");
        assertThatThrownBy(() -> answers.compare(side("lan"), side("lan"), new Purview(Set.of(new SegmentId("lan")))))
                .hasMessage("no segment 'lan' is declared any more");
    }

    @Test
    void whoseClockIsALittleAheadMaySaySinceNow() throws Exception {
        Answers answers = answers(closed(0));
        assertThat(answers.when(Optional.empty(), time(closed(0).plusSeconds(60)))
                        .since())
                .contains(closed(0));
        assertThatThrownBy(() -> answers.when(Optional.empty(), time(closed(0).plusSeconds(61))))
                .hasMessageContaining("is still to come, it is 2026-11-21T10:00:03Z");
    }

    /** A page of an earlier time must not show lines for what was found since. */
    @Test
    void theLinesThatMendAFindingAreThoseOfItsScopeThen() throws Exception {
        judged(1, State.BLOCKED, List.of(finding("i1", 1, "tcp/5223")), WIFI);
        judged(2, State.BLOCKED, List.of(finding("i1", 1, "tcp/443")), WIFI);
        Answers answers = answers(closed(3));
        assertThat(lines(answers, at(closed(1)))).contains("--dport 5223").doesNotContain("--dport 443");
        assertThat(lines(answers, When.NOW)).contains("--dport 443").doesNotContain("--dport 5223");
        judged(4, State.BLOCKED, List.of(finding("i1", 1, "tcp/443"), finding("i2", 4, "tcp/2197")), WIFI);
        assertThatThrownBy(() -> answers(closed(5)).remedy("i2", "", at(closed(3))))
                .hasMessageContaining("there is no finding 'i2'");
    }

    private static Incident finding(String id, int number, String scope) {
        return new Incident(
                id,
                Samples.finding(Place.of(WIFI), Mechanism.TCP_DROP, scope),
                closed(number),
                Optional.empty(),
                round(number).toEpochMilli());
    }

    private static String lines(Answers answers, When when) throws Exception {
        return String.join(
                "\n",
                answers.remedy("i1", "iptables", when).getConfigurations(0).getLinesList());
    }
}
