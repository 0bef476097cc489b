package org.assistantservice.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what an error of the database means for its connection.
final class SqlErrors {
    private static final int PRIMARY_CODE = 0xff;
    private static final int CONSTRAINT = 19;

    /// Too big, constraint, mismatch, range: the statement is at fault, the database is well.
    private static final Set<Integer> STATEMENT_FAULTS = Set.of(18, CONSTRAINT, 20, 25);

    private SqlErrors() {}

    /// Whether the connection cannot be trusted any more: what its open transaction did is unknown.
    static boolean isFatal(Exception error) {
        SQLException cause = sqlCause(error);
        return cause != null && !STATEMENT_FAULTS.contains(cause.getErrorCode() & PRIMARY_CODE);
    }

    private static @Nullable SQLException sqlCause(Exception error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /// One line with the database's own words.
    static String text(Exception error) {
        SQLException cause = sqlCause(error);
        String message = cause == null ? error.toString() : String.valueOf(cause.getMessage());
        return message.replaceAll("\\s+", " ");
    }
}
