package dev.plumbline.collector.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What was found to be damaged, by the name of the entry: records are forgotten here when they are deleted. */
final class DamageTable {
    private final Connection connection;

    DamageTable(Connection connection) {
        this.connection = connection;
    }

    /** What was found to be damaged at earlier starts. */
    List<Damage> all() throws SQLException {
        List<Damage> damages = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT entry, agent FROM damage ORDER BY entry")) {
            while (row.next()) {
                damages.add(new Damage(row.getString(1), row.getString(2)));
            }
        }
        return damages;
    }

    Damage insert(Damage damage) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO damage VALUES(?,?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, damage.entry());
            insert.setString(2, damage.agent());
            insert.executeUpdate();
            return damage;
        }
    }

    void forgetRecord(long position) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM damage WHERE entry = 'record ' || ?")) {
            delete.setLong(1, position);
            delete.executeUpdate();
        }
    }
}
