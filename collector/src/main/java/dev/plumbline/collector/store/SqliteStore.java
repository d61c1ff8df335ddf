package dev.plumbline.collector.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.sqlite.SchemaVersion;
import dev.plumbline.collector.sqlite.Statements;
import dev.plumbline.config.ConfigException;
import dev.plumbline.metrics.Spans;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The store in one SQLite file (WAL): one connection writes, another one reads. */
public final class SqliteStore implements Store {
    /** Of every cell that is known now: what is not any more has no row to be found by. */
    private static final String SPELLS = "SELECT h.cell, h.since FROM cell c JOIN cell_history h"
            + " ON h.rowid = (SELECT t.rowid FROM cell_history t WHERE t.segment = c.segment AND t.target = c.target"
            + " AND t.since <= CAST(?1 AS INTEGER) ORDER BY t.since DESC LIMIT 1)";

    static final String HEARING = "from_round, to_round, step, since, until";

    /** Of one segment, latest first; far more than a segment has in which not every round was late or missing. */
    private static final String HEARINGS = "SELECT " + HEARING + " FROM heard WHERE segment = ?1"
            + " AND since <= CAST(?3 AS INTEGER) AND from_round >= coalesce((SELECT max(from_round) FROM heard"
            + " WHERE segment = ?1 AND since <= CAST(?2 AS INTEGER)), 0) ORDER BY from_round DESC LIMIT "
            + Silences.MOST_HEARINGS;

    private final Path file;
    private final Connection write;
    private final Statements written;
    private final Connection read;
    private final Statements asked;
    private final Object writing = new Object();
    private final Object reading = new Object();
    private final AtomicLong version = new AtomicLong();
    private final Spans writes = Spans.ofDisk();
    private final LongAdder failedWrites = new LongAdder();

    private SqliteStore(Path file, Connection write, Connection read) {
        this.file = file;
        this.write = write;
        this.written = new Statements(write);
        this.read = read;
        this.asked = new Statements(read);
    }

    /**
     * Opens the file and makes it when there is none.
     *
     * @throws ConfigException when it cannot be opened or a newer program wrote it
     */
    public static SqliteStore open(Path file) throws ConfigException {
        Connection write = null;
        try {
            write = Schema.connectToWrite(file);
            Schema.prepare(write, file);
            write.setAutoCommit(false);
            SqliteStore store = new SqliteStore(file, write, Schema.connectToRead(file));
            write = null;
            return store;
        } catch (SQLException e) {
            throw new ConfigException(List.of(file + ": cannot be used as the store (" + e.getMessage()
                    + "); its folder must exist and be writable, and a damaged file may be moved away:"
                    + " it is built anew from the journal"));
        } finally {
            closeQuietly(write);
        }
    }

    /**
     * Id of the journal's latest closing that a file contains, of which nobody needs to have it open; 0 for a file of an
     * older program.
     *
     * @throws ConfigException when it cannot be read or a newer program wrote it
     */
    public static long closingOf(Path file) throws ConfigException {
        return numberOf(file, "closing", Schema.FIRST_WITH_CLOSINGS);
    }

    /**
     * The same of {@link #keptFrom}.
     *
     * @throws ConfigException when it cannot be read or a newer program wrote it
     */
    public static Instant keptFromOf(Path file) throws ConfigException {
        return instant(numberOf(file, "kept_from", Schema.FIRST_WITH_RETENTION));
    }

    /**
     * The same of {@link #position}.
     *
     * @throws ConfigException when it cannot be read or a newer program wrote it
     */
    public static long positionOf(Path file) throws ConfigException {
        return numberOf(file, "position", Schema.FIRST);
    }

    /**
     * Whether a file is of a program that kept no history of its verdicts, though it entered closings: the history begins where
     * this program opens it, and one that is made anew from the journal has more.
     *
     * @throws ConfigException when it cannot be read or a newer program wrote it
     */
    public static boolean isBeforeHistory(Path file) throws ConfigException {
        try (Connection connection = DatabaseCopy.read(file);
                Statement statement = connection.createStatement()) {
            int version = SchemaVersion.inTable(statement);
            return version > 0 && version < Schema.FIRST_WITH_HISTORY && closingOf(file) > 0;
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    private static ConfigException unreadable(Path file, SQLException e) {
        return new ConfigException(List.of(file + ": cannot be read as a store (" + e.getMessage() + ")"));
    }

    private static long numberOf(Path file, String column, int since) throws ConfigException {
        try (Connection connection = DatabaseCopy.read(file);
                Statement statement = connection.createStatement()) {
            int version = SchemaVersion.inTable(statement);
            Schema.checkNotNewer(version, file);
            if (version < since) {
                return 0;
            }
            try (ResultSet row = statement.executeQuery("SELECT " + column + " FROM judge")) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void apply(RoundChange change) {
        write("round " + change.round().round(), writer -> writer.write(change));
    }

    @Override
    public void leave(List<Incident> incidents, Collection<SegmentId> gone) {
        write("the site's change", writer -> writer.leave(incidents, gone));
    }

    @Override
    public void end(Collection<Cell> unasked, Instant at) {
        write("what is asked no more", writer -> writer.end(unasked, at));
    }

    @Override
    public Forgotten forget(Instant before) {
        List<Incident> open = openIncidents();
        List<Forgotten> forgotten = new ArrayList<>();
        write("what retention leaves", writer -> forgotten.add(writer.forget(before, open)));
        return forgotten.get(0);
    }

    @Override
    public Instant keptFrom() {
        return instant(query("SELECT kept_from FROM judge", r -> r.getLong(1)).get(0));
    }

    @Override
    public void pass(long closing) {
        write("closing " + closing, writer -> writer.pass(closing));
    }

    private interface Change {
        void write(SqliteWriter writer) throws SQLException;
    }

    private void write(String what, Change change) {
        synchronized (writing) {
            long begun = System.nanoTime();
            try {
                change.write(new SqliteWriter(written));
                write.commit();
                version.incrementAndGet();
                writes.addNanos(System.nanoTime() - begun);
            } catch (SQLException e) {
                failedWrites.increment();
                rollback(e);
                throw new StoreException(file + ": " + what + " could not be written", e);
            } catch (RuntimeException e) {
                rollback(new SQLException(e));
                throw e;
            }
        }
    }

    Spans writes() {
        return writes;
    }

    long failedWrites() {
        return failedWrites.sum();
    }

    private void rollback(SQLException cause) {
        try {
            write.rollback();
        } catch (SQLException alreadyUndone) {
            cause.addSuppressed(alreadyUndone);
            begin(cause);
        }
    }

    /** SQLite may have rolled back by itself; without this no transaction would ever begin again. */
    private void begin(SQLException cause) {
        try {
            write.setAutoCommit(true);
        } catch (SQLException nothingToCommit) {
            cause.addSuppressed(nothingToCommit);
        }
        try {
            write.setAutoCommit(false);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public long position() {
        return query("SELECT position FROM judge", r -> r.getLong(1)).get(0);
    }

    @Override
    public long closing() {
        return query("SELECT closing FROM judge", r -> r.getLong(1)).get(0);
    }

    @Override
    public long horizon() {
        return query("SELECT horizon FROM judge", r -> r.getLong(1)).get(0);
    }

    @Override
    public List<ClosedRound> closedRounds() {
        return query(
                "SELECT round, closed_at, first_position, judged_to FROM round ORDER BY round",
                r -> new ClosedRound(r.getLong(1), instant(r.getLong(2)), r.getLong(3), r.getLong(4)));
    }

    @Override
    public Map<SegmentId, Long> latestRounds() {
        Map<SegmentId, Long> all = new TreeMap<>();
        query("SELECT segment, round FROM segment_round", r -> all.put(new SegmentId(r.getString(1)), r.getLong(2)));
        return all;
    }

    @Override
    public List<Incident> openIncidents() {
        return query("SELECT finding FROM incident WHERE closed_at IS NULL ORDER BY opened_at, id", this::incident);
    }

    @Override
    public List<Incident> incidentsClosedSince(Instant since) {
        return query(
                "SELECT finding FROM incident WHERE closed_at >= CAST(? AS INTEGER) ORDER BY opened_at DESC, id",
                this::incident,
                Long.toString(SqliteWriter.micros(since)));
    }

    @Override
    public List<Incident> incidents() {
        return query("SELECT finding FROM incident ORDER BY opened_at DESC, id", this::incident);
    }

    @Override
    public List<Cell> cells() {
        return query("SELECT cell FROM cell ORDER BY segment, target", this::cell);
    }

    @Override
    public List<dev.plumbline.v1.Cell> shownCells() {
        return query("SELECT cell FROM cell ORDER BY segment, target", SqliteStore::shown);
    }

    @Override
    public Optional<Cell> cell(SegmentId segment, TargetId target) {
        return query(
                        "SELECT cell FROM cell WHERE segment = ? AND target = ?",
                        this::cell,
                        segment.value(),
                        target.value())
                .stream()
                .findFirst();
    }

    @Override
    public List<Requirement> requirements(SegmentId segment) {
        return query(
                "SELECT requirement FROM requirement WHERE segment = ? ORDER BY ordinal",
                r -> requirement(segment, r),
                segment.value());
    }

    @Override
    public List<AgentReport> reports() {
        return query(
                "SELECT segment, name, at, version, unfit_reason FROM agent ORDER BY segment, name",
                r -> new AgentReport(
                        new AgentId(new SegmentId(r.getString(1)), r.getString(2)),
                        instant(r.getLong(3)),
                        r.getString(4),
                        r.getString(5)));
    }

    @Override
    public List<Run> runs(AgentId agent, TargetId target) {
        return query(
                "SELECT fingerprint, first_at, last_at, count FROM run WHERE agent = ? AND target = ? ORDER BY first_round",
                r -> new Run(
                        agent,
                        target,
                        new Sha256(r.getString(1)),
                        instant(r.getLong(2)),
                        instant(r.getLong(3)),
                        r.getLong(4)),
                agent.toString(),
                target.value());
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public Optional<Instant> rememberedFrom() {
        List<Instant> first = query(
                "SELECT first FROM (SELECT (SELECT h.since FROM heard h WHERE h.segment = s.segment ORDER BY h.from_round LIMIT 1)"
                        + " AS first FROM segment_round s) WHERE first IS NOT NULL ORDER BY first LIMIT 1",
                r -> instant(r.getLong(1)));
        return first.stream().findFirst().map(heard -> heard.isAfter(keptFrom()) ? heard : keptFrom());
    }

    @Override
    public Map<SegmentId, Long> latestRounds(Instant at) {
        Map<SegmentId, Long> all = new TreeMap<>();
        query(
                "SELECT s.segment, (SELECT CASE WHEN h.until <= CAST(?1 AS INTEGER) THEN h.to_round ELSE"
                        + " min(h.to_round - h.step, h.from_round + (CAST(?1 AS INTEGER) - h.since) / (1000 * h.step) * h.step)"
                        + " END FROM heard h WHERE h.segment = s.segment AND h.since <= CAST(?1 AS INTEGER)"
                        + " ORDER BY h.from_round DESC LIMIT 1) AS latest"
                        + " FROM segment_round s WHERE latest IS NOT NULL",
                r -> all.put(new SegmentId(r.getString(1)), r.getLong(2)),
                text(at));
        return all;
    }

    @Override
    public List<Incident> incidents(Instant at) {
        return query(
                "SELECT (SELECT h.finding FROM incident_history h WHERE h.id = i.id AND h.since <= CAST(?1 AS INTEGER)"
                        + " ORDER BY h.since DESC LIMIT 1) AS known"
                        + " FROM incident i WHERE i.opened_at <= CAST(?1 AS INTEGER) AND known IS NOT NULL"
                        + " ORDER BY i.opened_at DESC, i.id",
                this::incident,
                text(at));
    }

    @Override
    public List<Spell> cells(Instant at) {
        return query(SPELLS + " ORDER BY c.segment, c.target", this::spell, text(at));
    }

    @Override
    public List<dev.plumbline.v1.Cell> shownCells(SegmentId segment, Instant at) {
        return query(
                SPELLS + " WHERE c.segment = ?2 ORDER BY c.target",
                r -> shown(r).toBuilder()
                        .setSince(Fields.timestamp(instant(r.getLong(2))))
                        .build(),
                text(at),
                segment.value());
    }

    @Override
    public Optional<Spell> cell(SegmentId segment, TargetId target, Instant at) {
        return spells(segment, target, at, at, this::spell).latest().stream().findFirst();
    }

    @Override
    public Spells spells(SegmentId segment, TargetId target, Instant from, Instant to) {
        return spells(segment, target, from, to, r -> new Spell(VerdictMessages.cell(shown(r)), instant(r.getLong(2))));
    }

    private Spells spells(
            SegmentId segment, TargetId target, Instant from, Instant to, Statements.RowReader<Spell> reader) {
        List<Spell> latestFirst = query(
                "SELECT cell, since FROM cell_history WHERE segment = ?1 AND target = ?2 AND since <= CAST(?4 AS INTEGER)"
                        + " AND since >= coalesce((SELECT max(since) FROM cell_history WHERE segment = ?1 AND target = ?2"
                        + " AND since <= CAST(?3 AS INTEGER)), 0) ORDER BY since DESC LIMIT " + (Spells.MOST + 1),
                reader,
                segment.value(),
                target.value(),
                text(from),
                text(to));
        List<Spell> told = new ArrayList<>(latestFirst.subList(0, Math.min(Spells.MOST, latestFirst.size())));
        Collections.reverse(told);
        return new Spells(told, latestFirst.size() > Spells.MOST);
    }

    @Override
    public List<Unheard> unheard(SegmentId segment, Duration patience, Instant from, Instant to) {
        List<Hearing> latestFirst = query(HEARINGS, SqliteStore::hearing, segment.value(), text(from), text(to));
        return Silences.between(latestFirst, patience, from, to);
    }

    @Override
    public Pauses pauses(SegmentId segment, Duration patience, Instant from, Instant to) {
        List<Hearing> latestFirst = query(HEARINGS, SqliteStore::hearing, segment.value(), text(from), text(to));
        List<Unheard> told = Silences.between(latestFirst, patience, from, to);
        if (told.size() >= Silences.MOST) {
            return new Pauses(told, Optional.of(told.get(0).from()));
        }
        return new Pauses(
                told,
                latestFirst.size() < Silences.MOST_HEARINGS
                        ? Optional.empty()
                        : Optional.of(
                                instant(latestFirst.get(latestFirst.size() - 1).since())));
    }

    static Hearing hearing(ResultSet row) throws SQLException {
        return new Hearing(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    @Override
    public List<Requirement> requirements(SegmentId segment, Instant at) {
        return query(
                        "SELECT requirements FROM requirement_history WHERE segment = ? AND since <= CAST(? AS INTEGER)"
                                + " ORDER BY since DESC LIMIT 1",
                        r -> requirements(segment, r),
                        segment.value(),
                        text(at))
                .stream()
                .findFirst()
                .orElse(List.of());
    }

    private static List<Requirement> requirements(SegmentId segment, ResultSet row) throws SQLException {
        return parse(dev.plumbline.v1.Segment::parseFrom, row).getRequirementsList().stream()
                .map(message -> told(segment, message))
                .toList();
    }

    @Override
    public HeldTimes<List<Requirement>> requirements(SegmentId segment, Instant from, Instant to) {
        return held(
                "requirements",
                "requirement_history",
                "segment",
                segment.value(),
                from,
                to,
                r -> requirements(segment, r));
    }

    @Override
    public HeldTimes<Incident> incident(String id, Instant from, Instant to) {
        return held("finding", "incident_history", "id", id, from, to, this::incident);
    }

    private <T> HeldTimes<T> held(
            String content,
            String table,
            String key,
            String value,
            Instant from,
            Instant to,
            Statements.RowReader<T> reader) {
        List<Held<T>> latestFirst = query(
                "SELECT " + content + ", since FROM " + table + " WHERE " + key
                        + " = ?1 AND since <= CAST(?3 AS INTEGER)"
                        + " AND since >= coalesce((SELECT max(since) FROM " + table + " WHERE " + key + " = ?1"
                        + " AND since <= CAST(?2 AS INTEGER)), 0) ORDER BY since DESC LIMIT " + (HeldTimes.MOST + 1),
                r -> new Held<>(reader.read(r), instant(r.getLong(2))),
                value,
                text(from),
                text(to));
        List<Held<T>> told = new ArrayList<>(latestFirst.subList(0, Math.min(HeldTimes.MOST, latestFirst.size())));
        Collections.reverse(told);
        return new HeldTimes<>(told, latestFirst.size() > HeldTimes.MOST);
    }

    @Override
    public Set<SegmentId> requirementsChanged(Instant after, Instant to) {
        return new TreeSet<>(query(
                "SELECT DISTINCT segment FROM requirement_history"
                        + " WHERE since > CAST(? AS INTEGER) AND since <= CAST(? AS INTEGER)",
                r -> new SegmentId(r.getString(1)),
                text(after),
                text(to)));
    }

    private Spell spell(ResultSet row) throws SQLException {
        return new Spell(cell(row), instant(row.getLong(2)));
    }

    private static String text(Instant at) {
        return Long.toString(SqliteWriter.micros(at));
    }

    @Override
    public List<PoolSight> pool(SegmentId segment, TargetId target) {
        return query(
                "SELECT member, is_address, seen_at, connected_at, proved_at FROM pool"
                        + " WHERE segment = ? AND target = ? ORDER BY member",
                r -> new PoolSight(
                        segment,
                        target,
                        r.getString(1),
                        r.getBoolean(2),
                        instant(r.getLong(3)),
                        never(r.getLong(4)),
                        never(r.getLong(5))),
                segment.value(),
                target.value());
    }

    private static Optional<Instant> never(long micros) {
        return micros == 0 ? Optional.empty() : Optional.of(instant(micros));
    }

    @Override
    public void close() {
        synchronized (reading) {
            closeQuietly(read);
        }
        synchronized (writing) {
            closeQuietly(write);
        }
    }

    private Incident incident(ResultSet row) throws SQLException {
        return VerdictMessages.incident(parse(Finding::parseFrom, row));
    }

    private Cell cell(ResultSet row) throws SQLException {
        ExplainTargetResponse all = parse(ExplainTargetResponse::parseFrom, row);
        return VerdictMessages.cell(all);
    }

    private static dev.plumbline.v1.Cell shown(ResultSet row) throws SQLException {
        try {
            return VerdictMessages.shown(row.getBytes(1));
        } catch (IOException e) {
            throw new SQLException("a row holds what is no verdict", e);
        }
    }

    private Requirement requirement(SegmentId segment, ResultSet row) throws SQLException {
        return told(segment, parse(dev.plumbline.v1.Requirement::parseFrom, row));
    }

    private static Requirement told(SegmentId segment, dev.plumbline.v1.Requirement message) {
        return new Requirement(
                segment,
                message.getId(),
                Requirement.Verdict.valueOf(message.getVerdict()),
                message.getBecause(),
                Requirement.Verdict.valueOf(message.getStillWorks()),
                message.getWaived());
    }

    private interface Parser<T> {
        T parse(byte[] content) throws InvalidProtocolBufferException;
    }

    private static <T> T parse(Parser<T> parser, ResultSet row) throws SQLException {
        try {
            return parser.parse(row.getBytes(1));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("a row holds what is no verdict", e);
        }
    }

    private <T> List<T> query(String sql, Statements.RowReader<T> reader, String... values) {
        synchronized (reading) {
            try {
                return asked.all(reader, sql, (Object[]) values);
            } catch (SQLException e) {
                throw new StoreException(file + ": could not be read", e);
            }
        }
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // Nothing of ours is lost: what was committed is on the disk.
            }
        }
    }
}
