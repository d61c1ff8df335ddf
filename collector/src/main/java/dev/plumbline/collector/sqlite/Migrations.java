package dev.plumbline.collector.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The steps of one kind of database, each a resource {@code V1.sql, V2.sql, ...} beside the class that owns it. A step writes its
 * number where the owner finds it again.
 */
public final class Migrations {
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final Pattern END = Pattern.compile(";\\s*(\\n|$)");

    private final Class<?> owner;
    private final int latest;

    /** @param latest number of the last step, and so the version that this program writes */
    public Migrations(Class<?> owner, int latest) {
        this.owner = owner;
        this.latest = latest;
    }

    public int latest() {
        return latest;
    }

    public boolean isNewer(int version) {
        return version > latest;
    }

    /** A sentence for a file whose version {@link #isNewer}. */
    public String refusal(String file, int version) {
        return file + ": was written by a newer program (schema " + version + ", this one knows " + latest + ")";
    }

    /**
     * Takes all steps after a version, at once or not at all; leaves the connection in auto-commit.
     *
     * @param version of the file, 0 for an empty one
     */
    public void apply(Connection connection, int version) throws SQLException {
        if (version >= latest) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int step = version + 1; step <= latest; step++) {
                for (String sql : statements(step)) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The statements of one step, in order. */
    public List<String> statements(int step) {
        String name = "V" + step + ".sql";
        try (InputStream resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the program is not whole: " + name + " of " + owner + " is missing");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(END.split(COMMENT.matcher(text).replaceAll("")))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
