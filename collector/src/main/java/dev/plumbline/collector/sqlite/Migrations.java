package dev.plumbline.collector.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The steps of one kind of database, Flyway's resources {@code V1__name.sql, V2__name.sql, ...} in the package of the class
 * that owns them. The later ones write their number where {@link SchemaVersion} and programs without Flyway find it.
 */
public final class Migrations {
    private final Class<?> owner;
    private final int latest;

    /** @param latest number of the last step, and so the version that this program writes */
    public Migrations(Class<?> owner, int latest) {
        this.owner = owner;
        this.latest = latest;
    }

    public boolean isNewer(int version) {
        return version > latest;
    }

    /** A sentence for a file whose version {@link #isNewer}. */
    public String refusal(String file, int version) {
        return file + ": was written by a newer program (schema " + version + ", this one knows " + latest + ")";
    }

    /**
     * Takes all steps after a version, each at once or not at all. No transaction may be open.
     *
     * @param version of the file, 0 for one that says none
     */
    public void apply(Path file, int version) throws SQLException {
        if (version >= latest) {
            return;
        }
        try {
            Flyway.configure(owner.getClassLoader())
                    .dataSource("jdbc:sqlite:" + file, null, null)
                    .locations("classpath:" + owner.getPackageName().replace('.', '/'))
                    // Files of programs without Flyway are taken as they are.
                    .baselineOnMigrate(true)
                    .baselineVersion(String.valueOf(version))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw cause(e);
        }
    }

    /** What the file said counts, not who asked it. */
    private static SQLException cause(FlywayException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException problem) {
                return problem;
            }
        }
        return new SQLException(e.getMessage(), e);
    }
}
