package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements about tokens of people and tools, within a transaction of {@link EnrolmentFile}. */
final class TokenRecords {
    private static final String TOKEN =
            "SELECT hash, name, role, segments, created_by, created_at, ends_at, revoked_by,"
                    + " revoked_at, last_used_at, last_used_from FROM access_token ";

    private final EnrolmentRecords records;

    TokenRecords(EnrolmentRecords records) {
        this.records = records;
    }

    void add(AccessToken token) throws SQLException {
        records.change(
                "INSERT INTO access_token(id, hash, name, role, segments, created_by, created_at, ends_at)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                token.id(),
                token.hash().hex(),
                token.name(),
                token.role().name(),
                text(token.purview()),
                token.createdBy(),
                token.createdAt().toEpochMilli(),
                token.endsAt().toEpochMilli());
    }

    Optional<AccessToken> token(String id) throws SQLException {
        return records.rows(TOKEN + "WHERE id = ?", TokenRecords::token, id).stream()
                .findFirst();
    }

    Optional<AccessToken> token(Sha256 hash) throws SQLException {
        return records.rows(TOKEN + "WHERE hash = ?", TokenRecords::token, hash.hex()).stream()
                .findFirst();
    }

    /** The latest first. */
    List<AccessToken> all() throws SQLException {
        return records.rows(TOKEN + "ORDER BY created_at DESC, id", TokenRecords::token);
    }

    /** Whether they have ended or not, the latest first. */
    List<AccessToken> unrevoked() throws SQLException {
        return records.rows(TOKEN + "WHERE revoked_by IS NULL ORDER BY created_at DESC, id", TokenRecords::token);
    }

    /** How many open something at a time. */
    int countOpen(Instant now) throws SQLException {
        return records.rows(
                        "SELECT count(*) FROM access_token WHERE revoked_by IS NULL AND ends_at > ?",
                        row -> row.getInt(1),
                        now.toEpochMilli())
                .get(0);
    }

    void revoke(AccessToken token, Invitation.Deed by) throws SQLException {
        records.change(
                "UPDATE access_token SET revoked_by = ?, revoked_at = ? WHERE id = ?",
                by.who(),
                by.at().toEpochMilli(),
                token.id());
    }

    /**
     * What becomes of tokens when a segment is removed: none is for a segment of the same id that is added later.
     *
     * @param revoked those that were for this segment alone
     * @param narrowed those that are for others besides
     */
    record Left(int revoked, int narrowed) {}

    /** With lines of the audit log. Tokens that have ended too: the clock that says so may be wrong. */
    Left leave(SegmentId segment, Invitation.Deed by) throws SQLException {
        int revoked = 0;
        int narrowed = 0;
        for (AccessToken token : unrevoked()) {
            if (!token.isFor(segment)) {
                continue;
            }
            Optional<AccessToken> rest = token.without(segment);
            if (rest.isPresent()) {
                records.change(
                        "UPDATE access_token SET segments = ? WHERE id = ?",
                        text(rest.get().purview()),
                        token.id());
                narrowed++;
            } else {
                revoke(token, by);
                revoked++;
            }
            records.audit(
                    by.at(),
                    by.who(),
                    rest.isPresent() ? What.TOKEN_NARROWED : What.TOKEN_REVOKED,
                    token.id(),
                    "of " + token.name() + ", role " + token.role().word() + ": segment " + segment + " was removed"
                            + rest.map(r -> "; it is for " + r.purview() + " alone now")
                                    .orElse(", and it was for no other"));
        }
        return new Left(revoked, narrowed);
    }

    private static String text(Purview purview) {
        return purview.segments().stream().map(SegmentId::value).sorted().collect(Collectors.joining(" "));
    }

    void used(AccessToken token, AccessToken.Use use) throws SQLException {
        records.change(
                "UPDATE access_token SET last_used_at = ?, last_used_from = ? WHERE id = ?",
                use.at().toEpochMilli(),
                use.address(),
                token.id());
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        String segments = row.getString(4);
        String revokedBy = row.getString(8);
        String usedFrom = row.getString(11);
        return new AccessToken(
                new Sha256(row.getString(1)),
                row.getString(2),
                AccessRole.valueOf(row.getString(3)),
                new Purview(Arrays.stream(segments.split(" ", -1))
                        .filter(s -> !s.isEmpty())
                        .map(SegmentId::new)
                        .collect(Collectors.toSet())),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                revokedBy == null
                        ? Optional.empty()
                        : Optional.of(new Invitation.Deed(revokedBy, Instant.ofEpochMilli(row.getLong(9)))),
                usedFrom == null
                        ? Optional.empty()
                        : Optional.of(new AccessToken.Use(Instant.ofEpochMilli(row.getLong(10)), usedFrom)));
    }
}
