package dev.plumbline.collector.store;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.config.ConfigException;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Endpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store remembers of earlier times: rounds are five minutes apart and close three seconds after they began. */
final class HistoryTest {
    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() throws ConfigException {
        store = SqliteStore.open(folder.resolve("store.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Instant round(int number) {
        return T0.plus(Duration.ofMinutes(5L * number));
    }

    private static Instant closed(int number) {
        return round(number).plusSeconds(3);
    }

    private static Cell seen(State state, int number) {
        return cell(WIFI, COURIER, state, round(number).toEpochMilli());
    }

    private void judged(int number, Requirement requirement) {
        store.apply(new RoundChange(
                verdict(round(number).toEpochMilli(), Set.of(WIFI), List.of(), List.of(), List.of(requirement)),
                List.of(),
                List.of(),
                List.of(),
                new ClosedRound(round(number).toEpochMilli(), closed(number), number + 1, number + 1),
                number + 1,
                0,
                0));
    }

    private void judged(int number, Cell cell, Verdict verdict, Incident... incidents) {
        store.apply(new RoundChange(
                verdict(
                        round(number).toEpochMilli(),
                        Set.of(WIFI),
                        List.of(cell),
                        List.of(),
                        List.of(requirement(WIFI, "apns-device-direct", verdict))),
                List.of(incidents),
                List.of(),
                List.of(),
                new ClosedRound(round(number).toEpochMilli(), closed(number), number + 1, number + 1),
                number + 1,
                0,
                0));
    }

    private State stateAt(Instant at) {
        return store.cell(WIFI, COURIER, at).orElseThrow().cell().state();
    }

    private List<Instant> changes() {
        return store.spells(WIFI, COURIER, Instant.EPOCH, closed(99)).latest().stream()
                .map(Spell::since)
                .toList();
    }

    @Test
    void theStateAtATimeIsWhatTheLatestRoundThatHadClosedByThenSaid() throws Exception {
        judged(0, seen(State.OK, 0), Verdict.MET);
        judged(1, seen(State.BLOCKED, 1), Verdict.BROKEN);
        judged(2, seen(State.OK, 2), Verdict.MET);
        store.close();
        open();
        assertThat(store.cell(WIFI, COURIER, closed(0).minusMillis(1))).isEmpty();
        assertThat(stateAt(closed(0))).isEqualTo(State.OK);
        // The round had begun and was not judged yet.
        assertThat(stateAt(round(1).plusSeconds(1))).isEqualTo(State.OK);
        assertThat(stateAt(closed(1))).isEqualTo(State.BLOCKED);
        assertThat(stateAt(closed(2).minusMillis(1))).isEqualTo(State.BLOCKED);
        assertThat(stateAt(closed(2))).isEqualTo(State.OK);
        assertThat(store.cells(closed(1))).extracting(s -> s.cell().state()).containsExactly(State.BLOCKED);
        assertThat(store.shownCells(WIFI, closed(1)))
                .containsExactly(VerdictMessages.message(seen(State.BLOCKED, 1)).getCell().toBuilder()
                        .clearRecent()
                        .setSince(Fields.timestamp(closed(1)))
                        .build());
        assertThat(store.requirements(WIFI, closed(1)))
                .extracting(Requirement::verdict)
                .containsExactly(Verdict.BROKEN);
        assertThat(store.requirements(WIFI, closed(0).minusMillis(1))).isEmpty();
        assertThat(store.requirementsChanged(closed(0), closed(1))).containsExactly(WIFI);
        assertThat(store.requirementsChanged(closed(2), closed(3))).isEmpty();
        assertThat(store.latestRounds(closed(1).minusMillis(1))).isEqualTo(Map.of(WIFI, round(0).toEpochMilli()));
        assertThat(store.latestRounds(closed(1))).isEqualTo(Map.of(WIFI, round(1).toEpochMilli()));
        assertThat(store.latestRounds(T0)).isEmpty();
    }

    @Test
    void retentionKeepsWhatHeldAtItsTimeAndEverythingSince() {
        judged(0, seen(State.OK, 0), Verdict.MET);
        judged(1, seen(State.BLOCKED, 1), Verdict.BROKEN);
        judged(2, seen(State.OK, 2), Verdict.MET);
        judged(3, seen(State.BLOCKED, 3), Verdict.BROKEN);
        store.forget(closed(2).minusMillis(1));
        assertThat(changes()).containsExactly(closed(1), closed(2), closed(3));
        assertThat(store.cell(WIFI, COURIER, closed(0))).isEmpty();
        assertThat(stateAt(closed(1))).isEqualTo(State.BLOCKED);
        assertThat(store.requirements(WIFI, closed(0))).isEmpty();
        assertThat(store.requirements(WIFI, closed(1)))
                .extracting(Requirement::verdict)
                .containsExactly(Verdict.BROKEN);
        assertThat(store.latestRounds(closed(0))).isEmpty();
        assertThat(store.latestRounds(closed(1))).containsEntry(WIFI, round(1).toEpochMilli());
        store.forget(closed(9));
        assertThat(changes()).containsExactly(closed(3));
        assertThat(store.latestRounds(closed(9))).containsEntry(WIFI, round(3).toEpochMilli());
    }

    @Test
    void ofATargetThatNeverRestsTheLatestThousandChangesAreTold() {
        for (int i = 0; i < 1_002; i++) {
            judged(i, seen(i % 2 == 0 ? State.OK : State.BLOCKED, i), Verdict.MET);
        }
        Spells all = store.spells(WIFI, COURIER, Instant.EPOCH, closed(1_001));
        assertThat(all.isCut()).isTrue();
        assertThat(all.latest()).hasSize(1_000);
        assertThat(all.latest().get(0).since()).isEqualTo(closed(2));
        assertThat(all.latest().get(999).since()).isEqualTo(closed(1_001));
        assertThat(store.spells(WIFI, COURIER, closed(2), closed(1_001)).isCut())
                .isFalse();
    }

    @Test
    void roundsThatSayTheSameMakeNoHistory() {
        for (int i = 0; i < 20; i++) {
            judged(i, seen(State.BLOCKED, i), Verdict.BROKEN);
        }
        assertThat(changes()).containsExactly(closed(0));
        assertThat(store.latestRounds(closed(19))).containsEntry(WIFI, round(19).toEpochMilli());
    }

    private long rowsOfHeard() throws Exception {
        try (Connection connection = DatabaseCopy.read(folder.resolve("store.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM heard")) {
            return row.getLong(1);
        }
    }

    /** Rounds as they are closed: one or several, and after a colon in how many seconds where those are not three. */
    @ParameterizedTest
    @CsvSource({
        "a month of rounds without a break,         0-600,                    1",
        "two breaks,                                0-9 12-20 30-40,          3",
        "one round that was demanded between,       0-9 9.4 10-20,            3",
        "closed late and soon,                      0-9 10:20 11 12:40 13-20, 1",
        "read from a spool all at once,             0-9 10:1503 11:1203 12:903 13:603 14:303 15-40, 5",
        "an earlier one after a later one,          0-9 11 10 12-20,          2",
        "twice,                                     0-9 9 9 10-20,            1",
        "every other one,                           0 2 4 6 8 10,             1",
    })
    void whoWasHeardIsRememberedByChangesAndNotByRounds(String name, String script, int rows) throws Exception {
        record Heard(long round, Instant closedAt) {}
        List<Heard> all = new ArrayList<>();
        for (String word : script.split(" ", -1)) {
            String[] parts = word.split("[-:]", -1);
            double first = Double.parseDouble(parts[0]);
            int more = word.contains("-") ? Integer.parseInt(parts[1]) - (int) first : 0;
            int seconds = word.contains(":") ? Integer.parseInt(parts[1]) : 3;
            for (int i = 0; i <= more; i++) {
                Instant begun = T0.plusMillis(Math.round((first + i) * 300_000));
                all.add(new Heard(begun.toEpochMilli(), begun.plusSeconds(seconds)));
            }
        }
        Instant latest = Instant.EPOCH;
        for (int i = 0; i < all.size(); i++) {
            latest = latest.isBefore(all.get(i).closedAt()) ? all.get(i).closedAt() : latest.plusMillis(1);
            all.set(i, new Heard(all.get(i).round(), latest));
            store.apply(new RoundChange(
                    verdict(all.get(i).round(), Set.of(WIFI), List.of(), List.of(), List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    new ClosedRound(all.get(i).round(), latest, i + 1, i + 1),
                    i + 1,
                    0,
                    0));
        }
        assertThat(rowsOfHeard()).as(name).isEqualTo(rows);
        for (int second = -1; second < 3_600 * 4; second += 7) {
            Instant at = T0.plusSeconds(second);
            Optional<Long> known = all.stream()
                    .filter(h -> !h.closedAt().isAfter(at))
                    .map(Heard::round)
                    .max(Long::compare);
            Optional<Long> told = Optional.ofNullable(store.latestRounds(at).get(WIFI));
            assertThat(told.isPresent()).as("%s, at %s", name, at).isEqualTo(known.isPresent());
            known.ifPresent(round -> assertThat(told.orElseThrow())
                    .as("%s, at %s: what was closed then, or the one before or after it", name, at)
                    .isBetween(round - 300_000, round + 300_000));
        }
        store.forget(T0.plusSeconds(2_000));
        assertThat(rowsOfHeard()).isLessThanOrEqualTo(rows);
        assertThat(store.latestRounds(T0.plusSeconds(3))).doesNotContainKey(WIFI);
        assertThat(store.latestRounds(latest))
                .containsEntry(
                        WIFI, all.stream().map(Heard::round).max(Long::compare).orElseThrow());
    }

    @Test
    void aLookThatIsNotConfirmedIsNoChange() {
        judged(0, seen(State.OK, 0), Verdict.MET);
        judged(1, soft(State.IMPAIRED, 1), Verdict.MET);
        judged(2, seen(State.OK, 2), Verdict.MET);
        assertThat(changes()).containsExactly(closed(0));
        assertThat(store.cells()).extracting(Cell::state).containsExactly(State.OK);
    }

    @Test
    void whatIsConfirmedAfterTheFirstLookIsAChange() {
        judged(0, soft(State.BLOCKED, 0), Verdict.MET);
        judged(1, seen(State.BLOCKED, 1), Verdict.BROKEN);
        judged(2, seen(State.BLOCKED, 2), Verdict.BROKEN);
        assertThat(changes()).containsExactly(closed(0), closed(1));
        assertThat(store.cell(WIFI, COURIER, closed(1)).orElseThrow().cell().soft())
                .isFalse();
    }

    private static Cell soft(State state, int number) {
        return new Cell(
                WIFI,
                COURIER,
                true,
                state,
                "because of " + state,
                true,
                round(number).toEpochMilli(),
                round(number),
                List.of(),
                Duration.ZERO,
                List.of(),
                List.of());
    }

    @Test
    void whoSignsIsAChangeWhereTheTargetDoesNotWork() {
        Seen gateway = new Seen(List.of("CN=Gateway"), List.of(Seen.APPLE), 0, 0, Seen.Idle.NOT_HELD);
        Seen other = new Seen(List.of("CN=Other"), List.of(Seen.APPLE), 0, 0, Seen.Idle.NOT_HELD);
        judged(0, seen(State.INTERCEPTED, 0).with(gateway), Verdict.BROKEN);
        judged(1, seen(State.INTERCEPTED, 1).with(other), Verdict.BROKEN);
        judged(2, seen(State.OK, 2).with(gateway), Verdict.MET);
        judged(3, seen(State.OK, 3).with(other), Verdict.MET);
        assertThat(changes()).containsExactly(closed(0), closed(1), closed(2));
        assertThat(store.cell(WIFI, COURIER, closed(1)).orElseThrow().cell().seen())
                .isEqualTo(other);
    }

    @Test
    void aQuietConnectionThatStoodTwiceAsLongIsAChangeAndOneMoreSecondIsNone() {
        int[] stood = {0, 60, 61, 100, 128};
        for (int i = 0; i < stood.length; i++) {
            judged(
                    i,
                    seen(State.OK, i)
                            .with(new Seen(
                                    List.of(),
                                    List.of(),
                                    0,
                                    0,
                                    new Seen.Idle(Duration.ofSeconds(stood[i]), Duration.ZERO, ""))),
                    Verdict.MET);
        }
        assertThat(changes()).containsExactly(closed(0), closed(1), closed(3), closed(4));
    }

    @ParameterizedTest
    @CsvSource({
        "hops, 0, ''",
        "quiet connections, 600, ''",
        "a quiet connection that was ended, 600, reset",
    })
    void whatIsMeasuredInOneOfTwelveRoundsIsNoChangeInTheOthers(String name, int stood, String how) {
        Seen.Idle idle = stood == 0
                ? Seen.Idle.NOT_HELD
                : new Seen.Idle(Duration.ofSeconds(stood), Duration.ofSeconds(how.isEmpty() ? 0 : 900), how);
        Seen measured = new Seen(List.of(), List.of(Seen.APPLE), stood == 0 ? 2 : 0, stood == 0 ? 9 : 0, idle);
        Seen other = new Seen(List.of(), List.of(Seen.APPLE), 0, 0, Seen.Idle.NOT_HELD);
        for (int i = 0; i < 36; i++) {
            judged(i, seen(State.OK, i).with(i % 12 == 3 ? measured : other), Verdict.MET);
        }
        assertThat(changes()).as(name).containsExactly(closed(0), closed(3));
        assertThat(store.cell(WIFI, COURIER, closed(30)).orElseThrow().cell().seen())
                .isEqualTo(measured);
        judged(36, seen(State.BLOCKED, 36).with(other), Verdict.BROKEN);
        judged(37, seen(State.OK, 37).with(measured), Verdict.MET);
        assertThat(changes()).as(name).containsExactly(closed(0), closed(3), closed(36), closed(37));
    }

    @Test
    void requirementsAndIncidentsAreToldFromOneTimeToAnother() {
        Incident open = new Incident("i1", drop(WIFI), closed(1), Optional.empty(), 1);
        Incident over = new Incident("i1", drop(WIFI), closed(1), Optional.of(closed(4)), 1);
        judged(0, seen(State.OK, 0), Verdict.MET);
        judged(1, seen(State.BLOCKED, 1), Verdict.BROKEN, open);
        judged(2, seen(State.BLOCKED, 2), Verdict.BROKEN, open);
        judged(4, seen(State.OK, 4), Verdict.MET, over);
        assertThat(store.requirements(WIFI, closed(2), closed(4)).latest())
                .extracting(Held::since, h -> h.what().get(0).verdict())
                .containsExactly(tuple(closed(1), Verdict.BROKEN), tuple(closed(4), Verdict.MET));
        assertThat(store.requirements(WIFI, closed(0).minusSeconds(1), closed(1))
                        .latest())
                .extracting(Held::since)
                .containsExactly(closed(0), closed(1));
        assertThat(store.incident("i1", closed(0), closed(4)).latest())
                .extracting(Held::since, h -> h.what().isOpen())
                .containsExactly(tuple(closed(1), true), tuple(closed(4), false));
        assertThat(store.incident("i1", closed(2), closed(3)).latest())
                .extracting(Held::since)
                .containsExactly(closed(1));
        assertThat(store.incident("none", closed(0), closed(4)).latest()).isEmpty();
        assertThat(store.requirements(WIFI, closed(0), closed(4)).isCut()).isFalse();
    }

    @Test
    void whatIsTooMuchToBeToldIsCutAtATimeThatIsSaid() {
        for (int i = 0; i < 1_002; i++) {
            judged(3 * i, seen(State.OK, 3 * i), Verdict.MET);
        }
        // Each third round: five minutes of every fifteen are too long after the one before.
        Pauses pauses = store.pauses(WIFI, Duration.ofMinutes(10), T0, closed(3_003));
        assertThat(pauses.latest()).hasSize(1_000);
        assertThat(pauses.cutAt()).contains(pauses.latest().get(0).from());
        assertThat(store.pauses(WIFI, Duration.ofMinutes(10), closed(1_000), closed(1_020)))
                .satisfies(p -> assertThat(p.latest()).hasSize(7))
                .satisfies(p -> assertThat(p.cutAt()).isEmpty());
    }

    @Test
    void incidentsAreAsTheyWereThen() {
        Finding finding = drop(WIFI);
        Incident open = new Incident("i1", finding, closed(1), Optional.empty(), round(1).toEpochMilli());
        Incident shown = new Incident("i1", finding, closed(1), Optional.empty(), round(2).toEpochMilli());
        Incident done = new Incident("i1", finding, closed(1), Optional.of(closed(3)), round(2).toEpochMilli());
        judged(0, seen(State.OK, 0), Verdict.MET);
        judged(1, seen(State.BLOCKED, 1), Verdict.BROKEN, open);
        judged(2, seen(State.BLOCKED, 2), Verdict.BROKEN, shown);
        judged(3, seen(State.OK, 3), Verdict.MET, done);
        assertThat(store.incidents(closed(0))).isEmpty();
        assertThat(store.incidents(closed(1))).containsExactly(open);
        assertThat(store.incidents(closed(2))).as("nothing became of it").containsExactly(open);
        assertThat(store.incidents(closed(3))).containsExactly(done);
    }

    /** Seen by another connection in each round, of which the number is the port. */
    private static Incident seenIn(int number, Optional<Instant> closedAt) {
        Witness first = drop(WIFI).witnesses().get(0);
        Witness latest = new Witness(
                first.segment(),
                first.agent(),
                first.target(),
                first.transport(),
                new Endpoint("10.1.0.7", 10_000 + number),
                first.remote(),
                round(number),
                first.saw());
        Finding finding = drop(WIFI);
        return new Incident(
                "i1",
                new Finding(
                        finding.place(),
                        finding.mechanism(),
                        finding.scope(),
                        finding.targets(),
                        List.of(latest),
                        finding.sentence(),
                        finding.remedy()),
                closed(0),
                closedAt,
                round(number).toEpochMilli());
    }

    private static int port(Incident incident) {
        return incident.finding().witnesses().get(0).local().port() - 10_000;
    }

    /** 288 rounds are a day. */
    @Test
    void theEvidenceOfAFindingThatStaysOpenIsNeverOlderThanADay() {
        for (int i = 0; i < 3 * 288; i++) {
            judged(i, seen(State.BLOCKED, i), Verdict.BROKEN, seenIn(i, Optional.empty()));
        }
        judged(864, seen(State.OK, 864), Verdict.MET, seenIn(863, Optional.of(closed(864))));
        for (int i = 0; i < 864; i++) {
            assertThat(store.incidents(closed(i)).stream().map(HistoryTest::port))
                    .as("round %s", i)
                    .containsExactly(i / 288 * 288);
        }
        assertThat(store.incident("i1", closed(0), closed(864)).latest())
                .extracting(Held::since)
                .containsExactly(closed(0), closed(288), closed(576), closed(864));
        judged(1_200, seen(State.OK, 1_200), Verdict.MET, seenIn(863, Optional.of(closed(864))));
        assertThat(store.incident("i1", closed(865), closed(1_200)).latest())
                .as("what is closed stays as it is")
                .extracting(Held::since)
                .containsExactly(closed(864));
    }

    @Test
    void aLineThatIsAddedToTheHistoryOfAFindingIsAChange() {
        Incident open = new Incident("i1", drop(WIFI), closed(0), Optional.empty(), 1);
        Change note = new Change(Change.Kind.ANNOTATED, round(1).toEpochMilli(), closed(1), "judged again");
        Incident noted = new Incident(
                "i1",
                drop(WIFI),
                closed(0),
                Optional.empty(),
                1,
                0,
                Optional.empty(),
                false,
                new History(List.of(note), 0));
        judged(0, seen(State.BLOCKED, 0), Verdict.BROKEN, open);
        judged(1, seen(State.BLOCKED, 1), Verdict.BROKEN, noted);
        judged(2, seen(State.BLOCKED, 2), Verdict.BROKEN, noted);
        assertThat(store.incidents(closed(0))).containsExactly(open);
        assertThat(store.incidents(closed(2))).containsExactly(noted);
        assertThat(store.incident("i1", closed(0), closed(2)).latest()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            another cause       | 3 of 9 required targets: dropped         | 3 of 9 required targets: reset             | 2
            another number      | 3 of 9 required targets: dropped in 4 s  | 4 of 9 required targets: dropped in 5 s    | 1
            prolonged           | 1 WAIVED: waived by Jo until 2026-12-31: x | 1 WAIVED: waived by Jo until 2027-03-31: x | 2
            the same            | all is well                              | all is well                                | 1
            """)
    void anotherReasonOfARequirementIsAChange(String name, String before, String after, int rows) {
        String[] said = {before, after};
        for (int i = 0; i < said.length; i++) {
            judged(i, new Requirement(WIFI, "time", Verdict.BROKEN, said[i], Verdict.MET));
        }
        assertThat(store.requirements(WIFI, closed(0), closed(1)).latest())
                .as(name)
                .hasSize(rows);
        assertThat(store.requirements(WIFI, closed(1)).get(0).because()).isEqualTo(rows == 1 ? before : after);
    }

    @Test
    void whatIsMetByAWaiverIsRememberedAsThat() {
        for (int i = 0; i < 2; i++) {
            judged(i, new Requirement(WIFI, "time", Verdict.MET, "as ever", Verdict.MET, i == 1));
        }
        assertThat(store.requirements(WIFI, closed(0), closed(1)).latest())
                .extracting(h -> h.what().get(0).waived())
                .containsExactly(false, true);
        assertThat(store.requirements(WIFI)).extracting(Requirement::waived).containsExactly(true);
    }

    @Test
    void whatIsLeftBehindIsRememberedAsClosed() {
        Incident open = new Incident("i1", drop(WIFI), closed(0), Optional.empty(), round(0).toEpochMilli());
        Incident left = new Incident("i1", drop(WIFI), closed(0), Optional.of(closed(5)), round(0).toEpochMilli());
        judged(0, seen(State.BLOCKED, 0), Verdict.BROKEN, open);
        store.leave(List.of(left), Set.of());
        assertThat(store.incidents(closed(4))).containsExactly(open);
        assertThat(store.incidents(closed(5))).containsExactly(left);
    }

    @Test
    void aSegmentThatIsRemovedAndAddedAgainHasNoPast() {
        judged(0, seen(State.BLOCKED, 0), Verdict.BROKEN);
        store.leave(List.of(), Set.of(WIFI));
        judged(5, seen(State.OK, 5), Verdict.MET);
        assertThat(changes()).containsExactly(closed(5));
        assertThat(store.cells(closed(4))).isEmpty();
        assertThat(store.requirements(WIFI, closed(4))).isEmpty();
        assertThat(store.latestRounds(closed(4))).isEmpty();
    }

    @Test
    void whatIsAskedNoMoreIsNotWhatItWas() {
        judged(0, seen(State.BLOCKED, 0), Verdict.BROKEN);
        store.end(store.cells(), closed(3));
        store.end(store.cells(), closed(4));
        assertThat(changes()).containsExactly(closed(0), closed(3));
        assertThat(stateAt(closed(2))).isEqualTo(State.BLOCKED);
        assertThat(stateAt(closed(3))).isEqualTo(State.NOT_YET_RUN);
        judged(5, seen(State.BLOCKED, 5), Verdict.BROKEN);
        assertThat(changes()).containsExactly(closed(0), closed(3), closed(5));
        assertThat(stateAt(closed(5))).isEqualTo(State.BLOCKED);
    }

    @Test
    void everyChangeHasAVersionOfItsOwn() {
        long before = store.version();
        judged(0, seen(State.OK, 0), Verdict.MET);
        long after = store.version();
        store.pass(3);
        assertThat(before).isNotEqualTo(after);
        assertThat(after).isNotEqualTo(store.version());
    }
}
