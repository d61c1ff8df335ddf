package dev.plumbline.collector.journal;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Certificates and other evidence by their hash, each once. */
final class EvidenceTable {
    private final Connection connection;
    private final JournalVersion version;

    EvidenceTable(Connection connection, JournalVersion version) {
        this.connection = connection;
        this.version = version;
    }

    /** @param since position of the record that cites it */
    void insert(Evidence evidence, long since) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO evidence(sha256, kind, content, since) VALUES(?,?,?,?) ON CONFLICT DO NOTHING")) {
            insert.setBytes(1, evidence.hash().bytes());
            insert.setString(2, evidence.kind());
            insert.setBytes(3, evidence.content().toArray());
            insert.setLong(4, since);
            insert.executeUpdate();
        }
    }

    Optional<Evidence> evidence(Sha256 hash, long upTo, Consumer<Damage> damaged) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT kind, content FROM evidence WHERE sha256=? AND "
                        + (version.hasDecisions() ? "since" : "0") + " <= ?")) {
            select.setBytes(1, hash.bytes());
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? evidence(hash, row.getString(1), row.getBytes(2), damaged) : Optional.empty();
            }
        }
    }

    private static Optional<Evidence> evidence(
            Sha256 hash, @Nullable String kind, byte @Nullable [] content, Consumer<Damage> damaged) {
        try {
            if (kind != null && content != null) {
                return Optional.of(new Evidence(hash, kind, Bytes.of(content)));
            }
        } catch (IllegalArgumentException e) {
            // Its content is that of another name.
        }
        damaged.accept(new Damage("evidence " + hash, ""));
        return Optional.empty();
    }

    /** Looks at all evidence there is. */
    void check(Consumer<Damage> damaged) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sha256, kind, content FROM evidence")) {
            while (row.next()) {
                try {
                    evidence(Sha256.ofDigest(row.getBytes(1)), row.getString(2), row.getBytes(3), damaged);
                } catch (IllegalArgumentException e) {
                    damaged.accept(new Damage("evidence under a name that is no hash", ""));
                }
            }
        }
    }
}
