package org.assistantservice.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/// Prepared statements of one connection, kept for the next time the same SQL is used: SQLite takes
/// longer to understand a statement than to carry it out. One that is in use is not given out a
/// second time. For a single thread, like its connection.
final class KeptStatements implements StatementBuilder {
    /// More than the store has different statements, and a bound all the same.
    private static final int MAX_KEPT = 128;

    /// By the text before its names of parameters were replaced, the only one known to both ends.
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException {
        PreparedStatement kept = idle.remove(context.getRawSql());
        return kept == null ? connection.prepareStatement(sql) : kept;
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }

    /// Keeps the statement without its values, which may be large.
    @Override
    public void close(Connection connection, String rawSql, Statement used) throws SQLException {
        boolean isKept = false;
        try {
            if (used instanceof PreparedStatement prepared && idle.size() < MAX_KEPT) {
                prepared.clearParameters();
                isKept = idle.putIfAbsent(rawSql, prepared) == null;
            }
        } finally {
            if (!isKept) {
                used.close();
            }
        }
    }

    /// Closes what is kept; the connection is about to be closed.
    @Override
    public void close(Connection connection) {
        for (PreparedStatement kept : idle.values()) {
            Connections.close(kept);
        }
        idle.clear();
    }
}
