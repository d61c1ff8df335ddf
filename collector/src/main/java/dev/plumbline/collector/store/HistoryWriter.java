package dev.plumbline.collector.store;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.sqlite.Statements;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Segment;
import dev.plumbline.words.SegmentId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what became otherwise, inside the transaction of its connection: a row holds from its time until the next of its
 * key.
 */
final class HistoryWriter {
    /**
     * What of an open finding differs from round to round, such as its witnesses, is written down once in this time: so much older
     * than what was known is what is told of any time.
     */
    private static final long REFRESHED_MICROS = TimeUnit.DAYS.toMicros(1);

    private final Statements statements;
    private final long since;

    /** @param since time of the closing that is written, in microseconds */
    HistoryWriter(Statements statements, long since) {
        this.statements = statements;
        this.since = since;
    }

    /** A round that is not later than all that were heard changes nothing: it is the latest at no time. */
    void heard(SegmentId segment, long round) throws SQLException {
        Optional<Hearing> last = hearing(segment);
        if (last.filter(l -> round <= l.to()).isPresent()) {
            return;
        }
        long closedAt = Math.max(since, TimeUnit.MILLISECONDS.toMicros(round));
        if (last.filter(l -> l.isFollowedBy(round, closedAt)).isPresent()) {
            execute(
                    "UPDATE heard SET to_round = ?, step = ?, until = ? WHERE segment = ? AND from_round = ?",
                    round,
                    round - last.get().to(),
                    closedAt,
                    segment.value(),
                    last.get().from());
        } else {
            execute("INSERT INTO heard VALUES (?, ?, ?, 0, ?, ?)", segment.value(), round, round, closedAt, closedAt);
        }
    }

    private Optional<Hearing> hearing(SegmentId segment) throws SQLException {
        return statements.first(
                SqliteStore::hearing,
                "SELECT " + SqliteStore.HEARING + " FROM heard WHERE segment = ? ORDER BY from_round DESC LIMIT 1",
                segment.value());
    }

    /** One look that is not confirmed is no change, unless nothing is known yet. */
    void cell(Cell cell) throws SQLException {
        Optional<String> before = face(
                "SELECT face FROM cell_history WHERE segment = ? AND target = ? ORDER BY since DESC LIMIT 1",
                cell.segment().value(),
                cell.target().value());
        String face = Face.of(cell, before);
        if (before.isPresent() && (cell.soft() || before.get().equals(face))) {
            return;
        }
        ExplainTargetResponse.Builder told = VerdictMessages.message(cell).toBuilder();
        told.getCellBuilder().clearRecent().clearBrokenSinceRound();
        execute(
                "INSERT OR REPLACE INTO cell_history VALUES (?, ?, ?, ?, ?)",
                cell.segment().value(),
                cell.target().value(),
                since,
                face,
                told.build().toByteArray());
    }

    /** From then on nobody asked for it: what it was before is no answer. */
    void end(Cell cell, Instant at) throws SQLException {
        cell(new Cell(
                cell.segment(),
                cell.target(),
                false,
                State.NOT_YET_RUN,
                "the segment was declared otherwise and asked for it no more",
                false,
                cell.round(),
                at,
                List.of(),
                Duration.ZERO,
                List.of(),
                List.of()));
    }

    /** @param all that the segment is held to */
    void requirements(SegmentId segment, List<Requirement> all) throws SQLException {
        String face = Face.of(all);
        if (face("SELECT face FROM requirement_history WHERE segment = ? ORDER BY since DESC LIMIT 1", segment.value())
                .filter(face::equals)
                .isPresent()) {
            return;
        }
        Segment.Builder told = Segment.newBuilder();
        all.forEach(r -> told.addRequirements(VerdictMessages.message(r)));
        execute(
                "INSERT OR REPLACE INTO requirement_history VALUES (?, ?, ?, ?)",
                segment.value(),
                since,
                face,
                told.build().toByteArray());
    }

    void incident(Incident incident) throws SQLException {
        String face = Face.of(incident);
        long fresh = incident.isOpen() ? since - REFRESHED_MICROS : Long.MIN_VALUE;
        if (face(
                        "SELECT face FROM (SELECT face, since FROM incident_history WHERE id = ? ORDER BY since DESC LIMIT 1)"
                                + " WHERE since > CAST(? AS INTEGER)",
                        incident.id(),
                        Long.toString(fresh))
                .filter(face::equals)
                .isPresent()) {
            return;
        }
        execute(
                "INSERT OR REPLACE INTO incident_history VALUES (?, ?, ?, ?)",
                incident.id(),
                since,
                face,
                VerdictMessages.message(incident).toByteArray());
    }

    private Optional<String> face(String sql, Object... key) throws SQLException {
        return statements.first(row -> row.getString(1), sql, key);
    }

    private void execute(String sql, Object... values) throws SQLException {
        statements.execute(sql, values);
    }
}
