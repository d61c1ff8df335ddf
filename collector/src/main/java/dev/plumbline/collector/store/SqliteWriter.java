package dev.plumbline.collector.store;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.sqlite.Statements;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements of one closed round, inside the transaction of its connection. */
final class SqliteWriter {
    private static final Duration POOL_KEPT = Duration.ofDays(7);

    /** What was seen before a finding was opened, and led to it. */
    private static final Duration CONFIRMED_WITHIN = Duration.ofDays(1);

    /** Some 100 MB at once: the judge waits for it. */
    private static final int PAGES_FREED = 25_000;

    /** Tables of what a segment is like, and was: another one may be called so later. */
    private static final List<String> OF_SEGMENTS = List.of(
            "cell", "requirement", "segment_round", "agent", "pool", "heard", "cell_history", "requirement_history");

    private final Statements statements;

    SqliteWriter(Statements statements) {
        this.statements = statements;
    }

    void write(RoundChange change) throws SQLException {
        RoundVerdict verdict = change.verdict();
        HistoryWriter history =
                new HistoryWriter(statements, micros(change.round().closedAt()));
        round(change.round());
        heard(verdict, history);
        for (Incident incident : change.incidents()) {
            incident(incident);
            history.incident(incident);
        }
        cells(verdict.cells(), history);
        requirements(verdict, history);
        reports(change.reports());
        for (Fact fact : change.facts()) {
            run(fact);
        }
        pools(verdict);
        position(change);
    }

    private void pools(RoundVerdict verdict) throws SQLException {
        for (PoolSight sight : verdict.pools()) {
            execute(
                    "INSERT INTO pool VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(segment, target, member) DO UPDATE SET"
                            + " seen_at = max(seen_at, excluded.seen_at),"
                            + " connected_at = max(connected_at, excluded.connected_at),"
                            + " proved_at = max(proved_at, excluded.proved_at)",
                    sight.segment().value(),
                    sight.target().value(),
                    sight.member(),
                    sight.address(),
                    micros(sight.seen()),
                    sight.connected().map(SqliteWriter::micros).orElse(0L),
                    sight.proved().map(SqliteWriter::micros).orElse(0L));
        }
        execute("DELETE FROM pool WHERE seen_at < ?", micros(verdict.closedAt().minus(POOL_KEPT)));
    }

    private void position(RoundChange change) throws SQLException {
        execute(
                "UPDATE judge SET position = max(position, ?), horizon = max(horizon, ?)",
                change.position(),
                change.horizon());
        pass(change.closing());
        execute("DELETE FROM round WHERE first_position <= (SELECT position FROM judge)");
    }

    void leave(List<Incident> changed, Collection<SegmentId> gone) throws SQLException {
        for (Incident incident : changed) {
            incident(incident);
            new HistoryWriter(statements, micros(incident.closedAt().orElse(incident.openedAt()))).incident(incident);
        }
        for (SegmentId segment : gone) {
            for (String table : OF_SEGMENTS) {
                execute("DELETE FROM " + table + " WHERE segment = ?", segment.value());
            }
        }
    }

    void end(Collection<Cell> unasked, Instant at) throws SQLException {
        HistoryWriter history = new HistoryWriter(statements, micros(at));
        for (Cell cell : unasked) {
            history.end(cell, at);
        }
    }

    Forgotten forget(Instant before, List<Incident> open) throws SQLException {
        cite(open);
        Forgotten forgotten = new Forgotten(
                execute("DELETE FROM incident WHERE closed_at < ?", micros(before)),
                execute(
                        "DELETE FROM run WHERE last_at < ? AND NOT EXISTS (SELECT 1 FROM temp.cited WHERE"
                                + " cited.target = run.target AND run.last_at >= cited.since AND"
                                + " (cited.place IS NULL OR substr(run.agent, 1, length(cited.place)) = cited.place))",
                        micros(before)));
        forgetHistory(before);
        execute("UPDATE judge SET kept_from = max(kept_from, ?)", micros(before));
        try (Statement statement = statements.connection().createStatement()) {
            // Steps through all of these pages, unlike a query, which would free the first; the others are used again.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_FREED + ")");
        }
        return forgotten;
    }

    /** A row of a history holds until the next one of its key: what held at that time is kept. */
    private void forgetHistory(Instant before) throws SQLException {
        long time = micros(before);
        execute(
                "DELETE FROM heard WHERE until < ? AND EXISTS (SELECT 1 FROM heard AS later"
                        + " WHERE later.segment = heard.segment AND later.from_round > heard.from_round AND later.since <= ?)",
                time,
                time);
        // Of rounds that followed each other, the earlier ones.
        execute("UPDATE heard SET from_round = to_round, since = until, step = 0 WHERE until <= ? AND step > 0", time);
        String passed = "min((?1 - since) / (1000 * step), (to_round - from_round) / step - 1) * step";
        execute(
                "UPDATE heard SET from_round = from_round + " + passed + ", since = since + 1000 * " + passed
                        + " WHERE since < ?1 AND step > 0",
                time);
        execute(
                "DELETE FROM cell_history WHERE since < ? AND EXISTS (SELECT 1 FROM cell_history AS later WHERE"
                        + " later.segment = cell_history.segment AND later.target = cell_history.target"
                        + " AND later.since > cell_history.since AND later.since <= ?)",
                time,
                time);
        execute(
                "DELETE FROM requirement_history WHERE since < ? AND EXISTS (SELECT 1 FROM requirement_history AS later"
                        + " WHERE later.segment = requirement_history.segment"
                        + " AND later.since > requirement_history.since AND later.since <= ?)",
                time,
                time);
        execute(
                "DELETE FROM incident_history WHERE since < ? AND (id NOT IN (SELECT id FROM incident)"
                        + " OR EXISTS (SELECT 1 FROM incident_history AS later WHERE later.id = incident_history.id"
                        + " AND later.since > incident_history.since AND later.since <= ?))",
                time,
                time);
    }

    /** The targets that open findings are about. */
    private void cite(List<Incident> open) throws SQLException {
        execute("CREATE TEMP TABLE IF NOT EXISTS cited(target TEXT, place TEXT, since INTEGER)");
        execute("CREATE INDEX IF NOT EXISTS temp.cited_target ON cited(target)");
        execute("DELETE FROM temp.cited");
        for (Incident incident : open) {
            for (TargetId target : incident.finding().targets()) {
                execute(
                        "INSERT INTO temp.cited VALUES (?, ?, ?)",
                        target.value(),
                        // An agent's name begins with its segment; what lies beyond the segments is seen on each.
                        incident.finding().place().segment().map(s -> s + "/").orElse(null),
                        micros(incident.openedAt().minus(CONFIRMED_WITHIN)));
            }
        }
    }

    void pass(long closing) throws SQLException {
        execute("UPDATE judge SET closing = max(closing, ?)", closing);
    }

    private void round(ClosedRound round) throws SQLException {
        execute(
                "INSERT INTO round VALUES (?, ?, ?, ?) ON CONFLICT(round) DO UPDATE SET closed_at = excluded.closed_at,"
                        + " first_position = min(first_position, excluded.first_position),"
                        + " judged_to = max(judged_to, excluded.judged_to)",
                round.round(),
                micros(round.closedAt()),
                round.firstPosition(),
                round.judgedTo());
    }

    private void heard(RoundVerdict verdict, HistoryWriter history) throws SQLException {
        for (SegmentId segment : verdict.heard()) {
            history.heard(segment, verdict.round());
            execute(
                    "INSERT INTO segment_round VALUES (?, ?)"
                            + " ON CONFLICT(segment) DO UPDATE SET round = max(round, excluded.round)",
                    segment.value(),
                    verdict.round());
        }
    }

    private void incident(Incident incident) throws SQLException {
        execute(
                "INSERT OR REPLACE INTO incident VALUES (?, ?, ?, ?, ?, ?)",
                incident.id(),
                incident.finding().place().word(),
                micros(incident.openedAt()),
                incident.closedAt().map(SqliteWriter::micros).orElse(null),
                incident.round(),
                VerdictMessages.message(incident).toByteArray());
    }

    private void cells(List<Cell> cells, HistoryWriter history) throws SQLException {
        for (Cell cell : cells) {
            int written = execute(
                    "INSERT INTO cell VALUES (?, ?, ?, ?) ON CONFLICT(segment, target) DO UPDATE SET"
                            + " round = excluded.round, cell = excluded.cell WHERE excluded.round >= round",
                    cell.segment().value(),
                    cell.target().value(),
                    cell.round(),
                    VerdictMessages.message(cell).toByteArray());
            if (written > 0) {
                history.cell(cell);
            }
        }
    }

    private void requirements(RoundVerdict verdict, HistoryWriter history) throws SQLException {
        Map<SegmentId, List<Requirement>> bySegment =
                verdict.requirements().stream().collect(Collectors.groupingBy(Requirement::segment));
        for (Map.Entry<SegmentId, List<Requirement>> segment : bySegment.entrySet()) {
            execute(
                    "DELETE FROM requirement WHERE segment = ?",
                    segment.getKey().value());
            history.requirements(segment.getKey(), segment.getValue());
            int ordinal = 0;
            for (Requirement requirement : segment.getValue()) {
                execute(
                        "INSERT INTO requirement VALUES (?, ?, ?, ?)",
                        segment.getKey().value(),
                        ordinal++,
                        verdict.round(),
                        VerdictMessages.message(requirement).toByteArray());
            }
        }
    }

    private void reports(List<AgentReport> reports) throws SQLException {
        for (AgentReport report : reports) {
            execute(
                    "INSERT INTO agent VALUES (?, ?, ?, ?, ?) ON CONFLICT(segment, name) DO UPDATE SET"
                            + " at = excluded.at, version = excluded.version, unfit_reason = excluded.unfit_reason"
                            + " WHERE excluded.at >= at",
                    report.agent().segment().value(),
                    report.agent().name(),
                    micros(report.at()),
                    report.version(),
                    report.unfitReason());
        }
    }

    /** Lengthens the latest run or begins another; a round that the run has already seen changes nothing. */
    private void run(Fact fact) throws SQLException {
        Optional<Latest> last = latestRun(fact);
        if (last.isEmpty()) {
            begin(fact);
        } else if (last.get().lastRound() < fact.round()) {
            if (fact.fingerprint().hex().equals(last.get().fingerprint())) {
                execute(
                        "UPDATE run SET last_round = ?, last_at = ?, count = count + 1"
                                + " WHERE agent = ? AND target = ? AND first_round = ?",
                        fact.round(),
                        micros(fact.at()),
                        fact.agent().toString(),
                        fact.target().value(),
                        last.get().firstRound());
            } else {
                begin(fact);
            }
        }
    }

    private record Latest(long firstRound, long lastRound, String fingerprint) {}

    private Optional<Latest> latestRun(Fact fact) throws SQLException {
        return statements.first(
                row -> new Latest(row.getLong(1), row.getLong(2), row.getString(3)),
                "SELECT first_round, last_round, fingerprint FROM run WHERE agent = ? AND target = ?"
                        + " ORDER BY first_round DESC LIMIT 1",
                fact.agent().toString(),
                fact.target().value());
    }

    private void begin(Fact fact) throws SQLException {
        execute(
                "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                fact.agent().toString(),
                fact.target().value(),
                fact.round(),
                fact.round(),
                fact.fingerprint().hex(),
                micros(fact.at()),
                micros(fact.at()));
    }

    static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    /** Gives how many rows it changed. */
    private int execute(String sql, @Nullable Object... values) throws SQLException {
        return statements.execute(sql, values);
    }
}
