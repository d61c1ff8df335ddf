package dev.plumbline.collector.store;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest {
    private static final long R1 = T0.toEpochMilli();
    private static final long R2 = R1 + 300_000;
    private static final Sha256 RED = Sha256.of(new byte[] {1});
    private static final Sha256 BLUE = Sha256.of(new byte[] {2});

    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() throws ConfigException {
        store = SqliteStore.open(file());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file() {
        return folder.resolve("store.db");
    }

    private void reopen() throws ConfigException {
        store.close();
        open();
    }

    @Test
    void aPoolRemembersTheLatestOfEachKindWhateverTheOrder() throws ConfigException {
        Instant early = T0;
        Instant late = T0.plusSeconds(600);
        store.apply(change(withPool(R2, sight(late, Optional.empty(), Optional.empty())), 2, List.of()));
        store.apply(change(withPool(R1, sight(early, Optional.of(early), Optional.of(early))), 1, List.of()));
        reopen();
        assertThat(store.pool(WIFI, COURIER)).containsExactly(sight(late, Optional.of(early), Optional.of(early)));
        assertThat(store.pool(WIFI, new TargetId("courier:443"))).isEmpty();
    }

    @Test
    void aFileOfTheFirstVersionGetsThePoolsAndKeepsTheRest() throws Exception {
        store.apply(change(wifi(R1, State.OK), 1, List.of()));
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE pool");
            statement.execute("DROP INDEX incident_closed");
            statement.execute("ALTER TABLE judge DROP COLUMN closing");
            statement.execute("ALTER TABLE judge DROP COLUMN horizon");
            for (String table : List.of("heard", "cell_history", "requirement_history", "incident_history")) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("ALTER TABLE judge DROP COLUMN kept_from");
            statement.execute("DROP TABLE flyway_schema_history");
            statement.execute("UPDATE schema_version SET version = 1");
        }
        open();
        store.apply(change(withPool(R2, sight(T0, Optional.empty(), Optional.empty())), 2, List.of()));
        assertThat(store.pool(WIFI, COURIER)).hasSize(1);
        assertThat(store.cells()).hasSize(1);
    }

    private static RoundVerdict withPool(long round, PoolSight... sights) {
        return new RoundVerdict(
                round,
                Instant.ofEpochMilli(round),
                Set.of(WIFI),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(sights));
    }

    private static PoolSight sight(Instant seen, Optional<Instant> connected, Optional<Instant> proved) {
        return new PoolSight(WIFI, COURIER, "7-courier.push.apple.com", false, seen, connected, proved);
    }

    private static RoundVerdict wifi(long round, State state) {
        return verdict(
                round,
                Set.of(WIFI),
                List.of(cell(WIFI, COURIER, state, round)),
                List.of(),
                List.of(
                        requirement(WIFI, "z-first", Verdict.BROKEN),
                        requirement(WIFI, "a-second", Verdict.INSUFFICIENT)));
    }

    private static RoundChange change(RoundVerdict verdict, long position, List<Incident> incidents, Fact... facts) {
        return new RoundChange(
                verdict,
                incidents,
                List.of(facts),
                List.of(new AgentReport(WIFI_A, verdict.closedAt(), "1.0", "")),
                new ClosedRound(verdict.round(), verdict.closedAt(), position + 1, position + 5),
                position + 2,
                position,
                0);
    }

    private static Fact fact(long round, Sha256 fingerprint) {
        return new Fact(WIFI_A, COURIER, round, fingerprint, Instant.ofEpochMilli(round));
    }

    @Test
    void everythingOfARoundIsThereAfterReopening() throws Exception {
        Incident incident = new Incident("i1", drop(WIFI), T0, Optional.empty(), R1);
        RoundVerdict verdict = wifi(R1, State.BLOCKED);
        store.apply(change(verdict, 7, List.of(incident)));
        reopen();
        assertThat(store.position()).isEqualTo(7);
        assertThat(store.openIncidents()).containsExactly(incident);
        assertThat(store.cells()).isEqualTo(verdict.cells());
        assertThat(store.shownCells())
                .isEqualTo(verdict.cells().stream()
                        .map(c -> VerdictMessages.message(c).getCell())
                        .toList());
        assertThat(store.cell(WIFI, COURIER)).contains(verdict.cells().get(0));
        assertThat(store.requirements(WIFI)).isEqualTo(verdict.requirements());
        assertThat(store.latestRounds()).isEqualTo(Map.of(WIFI, R1));
        assertThat(store.closedRounds()).containsExactly(new ClosedRound(R1, verdict.closedAt(), 8, 12));
        assertThat(store.reports()).containsExactly(new AgentReport(WIFI_A, verdict.closedAt(), "1.0", ""));
    }

    @Test
    void aWriteThatFailsHalfWayChangesNeitherVerdictNorPosition() throws Exception {
        store.apply(change(wifi(R1, State.OK), 3, List.of()));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TRIGGER full BEFORE UPDATE ON judge BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        }
        RoundChange second =
                change(wifi(R2, State.BLOCKED), 9, List.of(new Incident("i1", drop(WIFI), T0, Optional.empty(), R2)));
        assertThatThrownBy(() -> store.apply(second))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store.db");
        assertThat(store.position()).isEqualTo(3);
        assertThat(store.openIncidents()).isEmpty();
        assertThat(store.cells()).extracting(c -> c.state()).containsExactly(State.OK);
        assertThat(store.latestRounds()).isEqualTo(Map.of(WIFI, R1));
    }

    @Test
    void anOlderRoundDoesNotOverwriteTheLatestCell() {
        store.apply(change(wifi(R2, State.OK), 3, List.of()));
        store.apply(change(wifi(R1, State.BLOCKED), 3, List.of()));
        assertThat(store.cells()).extracting(c -> c.state()).containsExactly(State.OK);
        assertThat(store.latestRounds()).isEqualTo(Map.of(WIFI, R2));
    }

    @Test
    void closedIncidentsStayInTheHistory() {
        Incident open = new Incident("i1", drop(WIFI), T0, Optional.empty(), R1);
        Incident closed = new Incident("i1", drop(WIFI), T0, Optional.of(T0.plusSeconds(300)), R1);
        Incident other = new Incident("i2", drop(SRV), T0.plusSeconds(5), Optional.empty(), R2);
        store.apply(change(wifi(R1, State.BLOCKED), 1, List.of(open)));
        store.apply(change(wifi(R2, State.OK), 2, List.of(closed, other)));
        assertThat(store.openIncidents()).containsExactly(other);
        assertThat(store.incidents()).containsExactly(other, closed);
    }

    @Test
    void whatWasClosedLatelyIsFoundWithItsHistory() throws Exception {
        Instant end = T0.plusSeconds(300);
        History history = new History(
                List.of(
                        new Change(Change.Kind.OPENED, R1, T0, "tcp/5223"),
                        new Change(Change.Kind.CLOSED, R2, end, ""),
                        new Change(Change.Kind.REOPENED, R2 + 1, end.plusSeconds(1), "from tcp/5223 to all@apple")),
                7);
        Incident back = new Incident(
                "i1", drop(WIFI), T0, Optional.of(end), R1, 2, Optional.of(T0.plusSeconds(9)), true, history);
        Incident older = new Incident(
                "i2",
                drop(SRV).excused(new Excuse(Excuse.Kind.MAINTENANCE, "in maintenance")),
                T0,
                Optional.of(end.minusNanos(1_000)),
                R1);
        Incident open = new Incident("i3", drop(SRV), T0, Optional.empty(), R1);
        store.apply(change(wifi(R1, State.BLOCKED), 1, List.of(back, older, open)));
        reopen();
        assertThat(store.incidentsClosedSince(end)).containsExactly(back);
        assertThat(store.incidentsClosedSince(end.minusSeconds(1))).containsExactly(back, older);
    }

    @Test
    void aFileOfTheSecondVersionFindsWhatWasClosedLately() throws Exception {
        store.apply(change(wifi(R1, State.OK), 1, List.of(new Incident("i1", drop(WIFI), T0, Optional.of(T0), R1))));
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX incident_closed");
            statement.execute("ALTER TABLE judge DROP COLUMN closing");
            statement.execute("ALTER TABLE judge DROP COLUMN horizon");
            for (String table : List.of("heard", "cell_history", "requirement_history", "incident_history")) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("ALTER TABLE judge DROP COLUMN kept_from");
            statement.execute("DROP TABLE flyway_schema_history");
            statement.execute("UPDATE schema_version SET version = 2");
        }
        open();
        assertThat(store.incidentsClosedSince(T0)).hasSize(1);
        reopen();
        assertThat(store.incidentsClosedSince(T0)).hasSize(1);
    }

    @Test
    void equalFactsAreOneRunAndARoundWrittenTwiceCountsOnce() {
        store.apply(change(wifi(R1, State.OK), 1, List.of(), fact(R1, RED)));
        store.apply(change(wifi(R2, State.OK), 2, List.of(), fact(R2, RED)));
        store.apply(change(wifi(R2, State.OK), 2, List.of(), fact(R2, RED)));
        store.apply(change(wifi(R2 + 1, State.OK), 3, List.of(), fact(R2 + 1, BLUE)));
        assertThat(store.runs(WIFI_A, COURIER))
                .containsExactly(
                        new Run(WIFI_A, COURIER, RED, Instant.ofEpochMilli(R1), Instant.ofEpochMilli(R2), 2),
                        new Run(WIFI_A, COURIER, BLUE, Instant.ofEpochMilli(R2 + 1), Instant.ofEpochMilli(R2 + 1), 1));
    }

    @Test
    void roundsWhollyBelowThePositionAreForgottenAndThePositionNeverGoesBack() {
        store.apply(change(wifi(R1, State.OK), 10, List.of()));
        store.apply(change(wifi(R2, State.OK), 20, List.of()));
        assertThat(store.closedRounds()).extracting(ClosedRound::round).containsExactly(R2);
        store.apply(change(wifi(R2, State.OK), 5, List.of()));
        assertThat(store.position()).isEqualTo(20);
    }

    @Test
    void theHorizonIsWrittenWithTheRoundAndNeverGoesBack() throws Exception {
        RoundChange first = change(wifi(R1, State.OK), 1, List.of());
        store.apply(withHorizon(first, R1));
        store.apply(withHorizon(change(wifi(R2, State.OK), 2, List.of()), R1 - 1));
        reopen();
        assertThat(store.horizon()).isEqualTo(R1);
    }

    private static RoundChange withHorizon(RoundChange change, long horizon) {
        return new RoundChange(
                change.verdict(),
                change.incidents(),
                change.facts(),
                change.reports(),
                change.round(),
                change.closing(),
                change.position(),
                horizon);
    }

    @Test
    void aNewerSchemaIsRefusedWithASentence() throws Exception {
        store.close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE schema_version SET version = 99");
        }
        assertThatThrownBy(() -> SqliteStore.open(file()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("store.db")
                .hasMessageContaining("schema 99");
    }

    @Test
    void aFileThatIsNoStoreIsRefusedWithASentence() throws Exception {
        Path file = folder.resolve("other.db");
        Files.writeString(file, "this is no database, and long enough to be read as the header of one".repeat(20));
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("other.db");
    }
}
