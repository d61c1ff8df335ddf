package dev.plumbline.collector.enrol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.declared.Declarations;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.enrol.KnownAgent.Revocation;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that are spoken to the file of enrolments, within a transaction of {@link EnrolmentFile}. */
final class EnrolmentRecords {
    private static final String INVITATION =
            "SELECT hash, segment, agent, created_by, created_at, ends_at, used_by, used_at,"
                    + " used_key, certificate, revoked_by, revoked_at FROM invitation ";
    private static final String AGENT =
            "SELECT identity, since, certificate_ends_at, revoked_by, revoked_at, revoked_because FROM agent ";
    private static final String PENDING =
            "SELECT invitation, identity, key, address, requested_at, ends_at, decided_by, decided_at, is_approved, because"
                    + " FROM pending JOIN invitation ON hash = invitation ";

    private final Connection connection;

    EnrolmentRecords(Connection connection) {
        this.connection = connection;
    }

    TokenRecords tokens() {
        return new TokenRecords(this);
    }

    void add(Invitation invitation) throws SQLException {
        change(
                "INSERT INTO invitation(id, hash, segment, agent, created_by, created_at, ends_at) VALUES (?,?,?,?,?,?,?)",
                invitation.id(),
                invitation.hash().hex(),
                invitation.segment().value(),
                invitation.agent().orElse(null),
                invitation.createdBy(),
                invitation.createdAt().toEpochMilli(),
                invitation.endsAt().toEpochMilli());
    }

    Optional<Invitation> invitation(Sha256 hash) throws SQLException {
        return first(rows(INVITATION + "WHERE hash = ?", EnrolmentRecords::invitation, hash.hex()));
    }

    Optional<Invitation> invitation(String id) throws SQLException {
        return first(rows(INVITATION + "WHERE id = ?", EnrolmentRecords::invitation, id));
    }

    /** The latest first. */
    List<Invitation> invitations() throws SQLException {
        return rows(INVITATION + "ORDER BY created_at DESC, id", EnrolmentRecords::invitation);
    }

    /** False when it was used before. */
    boolean use(Invitation invitation, Invitation.Use use) throws SQLException {
        return change(
                        "UPDATE invitation SET used_by = ?, used_at = ?, used_key = ?, certificate = ?"
                                + " WHERE id = ? AND used_by IS NULL AND revoked_by IS NULL",
                        use.identity(),
                        use.at().toEpochMilli(),
                        use.key().hex(),
                        use.certificate().toArray(),
                        invitation.id())
                == 1;
    }

    void revoke(Invitation invitation, Invitation.Deed by) throws SQLException {
        change(
                "UPDATE invitation SET revoked_by = ?, revoked_at = ? WHERE id = ?",
                by.who(),
                by.at().toEpochMilli(),
                invitation.id());
    }

    /** When a token was last spent on a certificate of this identity. */
    Optional<Instant> lastGiven(SpiffeId identity) throws SQLException {
        return first(rows(
                "SELECT used_at FROM invitation WHERE used_by = ? ORDER BY used_at DESC LIMIT 1",
                r -> Instant.ofEpochMilli(r.getLong(1)),
                identity.toString()));
    }

    Optional<KnownAgent> agent(SpiffeId identity) throws SQLException {
        return first(rows(AGENT + "WHERE identity = ?", EnrolmentRecords::agent, identity.toString()));
    }

    List<KnownAgent> agents() throws SQLException {
        return rows(AGENT + "ORDER BY identity", EnrolmentRecords::agent);
    }

    void save(KnownAgent agent) throws SQLException {
        Optional<Revocation> revoked = agent.revoked();
        change(
                "INSERT INTO agent VALUES (?,?,?,?,?,?) ON CONFLICT(identity) DO UPDATE SET since = excluded.since,"
                        + " certificate_ends_at = excluded.certificate_ends_at, revoked_by = excluded.revoked_by,"
                        + " revoked_at = excluded.revoked_at, revoked_because = excluded.revoked_because",
                agent.identity().toString(),
                agent.since().toEpochMilli(),
                agent.certificateEnds().map(Instant::toEpochMilli).orElse(null),
                revoked.map(Revocation::who).orElse(null),
                revoked.map(r -> r.at().toEpochMilli()).orElse(null),
                revoked.map(Revocation::because).orElse(null));
    }

    /** False when the key was certified before. */
    boolean certify(Sha256 key, SpiffeId identity) throws SQLException {
        return change("INSERT OR IGNORE INTO certified_key VALUES (?,?)", key.hex(), identity.toString()) == 1;
    }

    boolean isCertified(Sha256 key, SpiffeId identity) throws SQLException {
        return !rows(
                        "SELECT 1 FROM certified_key WHERE hash = ? AND identity = ?",
                        r -> r.getInt(1),
                        key.hex(),
                        identity.toString())
                .isEmpty();
    }

    /** Empty when the agent was given no certificate since the file keeps this, or none but by hand. */
    Optional<RenewalKeys> renewalKeys(SpiffeId identity) throws SQLException {
        return first(rows(
                "SELECT latest, before FROM renewal_key WHERE identity = ?",
                r -> new RenewalKeys(
                        new Sha256(r.getString(1)),
                        Optional.ofNullable(r.getString(2)).map(Sha256::new)),
                identity.toString()));
    }

    void save(SpiffeId identity, RenewalKeys keys) throws SQLException {
        change(
                "INSERT INTO renewal_key VALUES (?,?,?)"
                        + " ON CONFLICT(identity) DO UPDATE SET latest = excluded.latest, before = excluded.before",
                identity.toString(),
                keys.latest().hex(),
                keys.before().map(Sha256::hex).orElse(null));
    }

    void audit(Instant at, String who, AuditEntry.What what, String about, String detail) throws SQLException {
        change(
                "INSERT INTO audit(at, who, what, about, detail) VALUES (?,?,?,?,?)",
                at.toEpochMilli(),
                who,
                what.name(),
                about,
                detail);
    }

    void audit(List<Repeats.Line> lines) throws SQLException {
        for (Repeats.Line line : lines) {
            audit(line.at(), line.who(), line.what(), line.about(), line.detail());
        }
    }

    /** The latest that come before a number, in ascending order. */
    List<AuditEntry> audit(long before, int most) throws SQLException {
        List<AuditEntry> entries = rows(
                "SELECT number, at, who, what, about, detail FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
                r -> new AuditEntry(
                        r.getLong(1),
                        Instant.ofEpochMilli(r.getLong(2)),
                        r.getString(3),
                        AuditEntry.What.valueOf(r.getString(4)),
                        r.getString(5),
                        r.getString(6)),
                before,
                most);
        Collections.reverse(entries);
        return entries;
    }

    /** Whoever waits no longer, since its token was used or has ended, is forgotten by this. */
    void add(PendingJoin pending) throws SQLException {
        change(
                "DELETE FROM pending WHERE invitation NOT IN"
                        + " (SELECT hash FROM invitation WHERE used_by IS NULL AND ends_at > ?)",
                pending.requestedAt().toEpochMilli());
        change(
                "INSERT INTO pending(invitation, identity, key, address, requested_at) VALUES (?,?,?,?,?)",
                pending.invitation().hex(),
                pending.identity().toString(),
                pending.key().hex(),
                pending.address(),
                pending.requestedAt().toEpochMilli());
    }

    void decide(PendingJoin pending, PendingJoin.Decision decision) throws SQLException {
        change(
                "UPDATE pending SET decided_by = ?, decided_at = ?, is_approved = ?, because = ? WHERE invitation = ?",
                decision.who(),
                decision.at().toEpochMilli(),
                decision.isApproved() ? 1 : 0,
                decision.because(),
                pending.invitation().hex());
    }

    Optional<PendingJoin> pending(Sha256 invitation) throws SQLException {
        return first(rows(PENDING + "WHERE invitation = ?", EnrolmentRecords::pending, invitation.hex()));
    }

    /** Whose token is good, and whom nobody denied; who came first stands first. */
    List<PendingJoin> pending(Instant now) throws SQLException {
        return rows(
                PENDING + "WHERE used_by IS NULL AND revoked_by IS NULL AND ends_at > ? AND is_approved IS NOT 0"
                        + " ORDER BY requested_at, invitation",
                EnrolmentRecords::pending,
                now.toEpochMilli());
    }

    private static PendingJoin pending(ResultSet row) throws SQLException {
        String decidedBy = row.getString(7);
        return new PendingJoin(
                new Sha256(row.getString(1)),
                SpiffeId.parse(row.getString(2)),
                new Sha256(row.getString(3)),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                decidedBy == null
                        ? Optional.empty()
                        : Optional.of(new PendingJoin.Decision(
                                row.getInt(9) == 1,
                                decidedBy,
                                Instant.ofEpochMilli(row.getLong(8)),
                                row.getString(10))));
    }

    /** Its number is not looked at: the file gives the next one. */
    void add(SegmentChange change) throws SQLException {
        change(
                "INSERT INTO segment_change(at, who, kind, segment, declaration) VALUES (?,?,?,?,?)",
                change.at().toEpochMilli(),
                change.who(),
                change.kind().name(),
                change.segment().value(),
                change.declared()
                        .map(s -> Declarations.message(s).toByteArray())
                        .orElse(null));
    }

    /** In their order. */
    List<SegmentChange> segmentChanges() throws SQLException {
        return rows(
                "SELECT number, at, who, kind, segment, declaration FROM segment_change ORDER BY number",
                EnrolmentRecords::segmentChange);
    }

    /**
     * Whether the last change of the segment is its removal: by that it is none any more, also for whoever was not told yet. One that
     * is written again was entered as such.
     */
    boolean isRemoved(SegmentId segment) throws SQLException {
        return rows(
                        "SELECT kind FROM segment_change WHERE segment = ? ORDER BY number DESC LIMIT 1",
                        r -> SegmentChange.Kind.valueOf(r.getString(1)),
                        segment.value())
                .contains(SegmentChange.Kind.REMOVED);
    }

    private static SegmentChange segmentChange(ResultSet row) throws SQLException {
        byte[] declaration = row.getBytes(6);
        try {
            return new SegmentChange(
                    row.getLong(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    row.getString(3),
                    SegmentChange.Kind.valueOf(row.getString(4)),
                    new SegmentId(row.getString(5)),
                    declaration == null
                            ? Optional.empty()
                            : Optional.of(Declarations.segment(SegmentDeclaration.parseFrom(declaration))));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new SQLException("change " + row.getLong(1) + " of segments is not as it was written", e);
        }
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        String usedBy = row.getString(7);
        String revokedBy = row.getString(11);
        return new Invitation(
                new Sha256(row.getString(1)),
                new SegmentId(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                usedBy == null
                        ? Optional.empty()
                        : Optional.of(new Invitation.Use(
                                usedBy,
                                Instant.ofEpochMilli(row.getLong(8)),
                                new Sha256(row.getString(9)),
                                Bytes.of(row.getBytes(10)))),
                revokedBy == null
                        ? Optional.empty()
                        : Optional.of(new Invitation.Deed(revokedBy, Instant.ofEpochMilli(row.getLong(12)))));
    }

    private static KnownAgent agent(ResultSet row) throws SQLException {
        long ends = row.getLong(3);
        boolean unseen = row.wasNull();
        String revokedBy = row.getString(4);
        return new KnownAgent(
                SpiffeId.parse(row.getString(1)),
                Instant.ofEpochMilli(row.getLong(2)),
                unseen ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ends)),
                revokedBy == null
                        ? Optional.empty()
                        : Optional.of(
                                new Revocation(revokedBy, Instant.ofEpochMilli(row.getLong(5)), row.getString(6))));
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> rows(String sql, RowReader<T> reader, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
            }
            return all;
        }
    }

    int change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void fill(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static <T> Optional<T> first(List<T> rows) {
        return rows.stream().findFirst();
    }
}
