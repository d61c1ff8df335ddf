package dev.plumbline.agent.spool;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which errors of SQLite mean that the file is damaged, and which that the disk cannot be used now. */
final class Damage {
    private Damage() {}

    static SQLException because(String sentence) {
        return new SQLiteException("the file is damaged: " + sentence, SQLiteErrorCode.SQLITE_CORRUPT);
    }

    /** The file will not get well by waiting. */
    static boolean is(SQLException problem) {
        int code = primary(problem);
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code
                || code == SQLiteErrorCode.SQLITE_FORMAT.code
                || code == SQLiteErrorCode.SQLITE_MISMATCH.code
                || code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                || (problem instanceof SQLiteException own
                        && own.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);
    }

    /** The same of a file that is being opened: where its tables are not read as they were made, no statement is right. */
    static boolean isAtOpening(SQLException problem) {
        return is(problem) || primary(problem) == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    /** No more can be written: the disk, or the bound of the file, is reached. */
    static boolean isFull(SQLException problem) {
        return primary(problem) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    static boolean isReadOnly(SQLException problem) {
        return primary(problem) == SQLiteErrorCode.SQLITE_READONLY.code;
    }

    private static int primary(SQLException problem) {
        return (problem instanceof SQLiteException own ? own.getResultCode().code : problem.getErrorCode()) & 0xff;
    }
}
