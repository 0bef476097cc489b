package org.assistantservice.store;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConnection;

/// Does the work of a group of tasks in one transaction. For the writer's thread.
final class GroupTransactions {
    private static final long UNKNOWN = -1;

    private long changesSoFar = UNKNOWN;

    /// On return the work of those tasks that were not refused is on disk; the tasks are not told
    /// yet.
    ///
    /// @return whether anything was changed
    /// @throws RuntimeException if it failed for all; then the connection cannot be used any more
    boolean commit(Handle open, List<WriteTask<?>> group) {
        if (changesSoFar == UNKNOWN) {
            changesSoFar = changes(open);
        }
        if (!runTogether(open, group)) {
            runApart(open, group);
        }
        open.execute("COMMIT");
        long before = changesSoFar;
        changesSoFar = changes(open);
        return changesSoFar != before;
    }

    /// The connection is another one, or was used otherwise.
    void forget() {
        changesSoFar = UNKNOWN;
    }

    /// How many rows this connection has changed; without SQL, which everybody in the group would
    /// wait for.
    private static long changes(Handle open) {
        try {
            return open.getConnection()
                    .unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .total_changes();
        } catch (SQLException e) {
            throw new IllegalStateException("A connection cannot say what it changed", e);
        }
    }

    /// Does all work in one transaction without savepoints: they would cost a copy of each page for
    /// each task, and work is hardly ever refused.
    ///
    /// @return false if some was refused; then all is undone
    private static boolean runTogether(Handle open, List<WriteTask<?>> group) {
        open.execute("BEGIN IMMEDIATE");
        for (WriteTask<?> task : group) {
            try {
                task.run(open);
            } catch (RuntimeException e) {
                if (SqlErrors.isFatal(e)) {
                    throw e;
                }
                open.execute("ROLLBACK");
                return false;
            }
        }
        return true;
    }

    private static void runApart(Handle open, List<WriteTask<?>> group) {
        open.execute("BEGIN IMMEDIATE");
        for (WriteTask<?> task : group) {
            runInSavepoint(open, task);
        }
    }

    private static void runInSavepoint(Handle open, WriteTask<?> task) {
        open.execute("SAVEPOINT task");
        try {
            task.run(open);
        } catch (RuntimeException e) {
            if (SqlErrors.isFatal(e)) {
                throw e;
            }
            task.refused(e);
            open.execute("ROLLBACK TO task");
        }
        open.execute("RELEASE task");
    }
}
