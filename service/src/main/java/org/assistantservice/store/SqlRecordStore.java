package org.assistantservice.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assistantservice.record.RecordStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// Rows in the table `records`.
final class SqlRecordStore implements RecordStore {
    private static final int MAX_KEY = 512;
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final String ROWS =
            """
            SELECT key, seq, value_json FROM records
            WHERE tenant_id = :tenant AND namespace = :namespace AND key <> ''
            """;

    private final WriteQueue writes;
    private final ReadPool reads;

    SqlRecordStore(WriteQueue writes, ReadPool reads) {
        this.writes = writes;
        this.reads = reads;
    }

    @Override
    public Optional<Row> find(Space space, String key) {
        return isKey(key) ? reads.read(handle -> find(handle, space, key)) : Optional.empty();
    }

    @Override
    public Optional<Row> put(Space space, String key, String json) {
        check(key, json);
        return writes.write(handle -> {
            Optional<Row> before = find(handle, space, key);
            if (before.isPresent()) {
                replace(handle, space, key, json);
            } else {
                insert(handle, space, key, json);
            }
            return before;
        });
    }

    @Override
    public boolean add(Space space, String key, String json, long most) {
        check(key, json);
        return writes.write(handle -> {
            if (find(handle, space, key).isPresent() || isFull(handle, space, most)) {
                return false;
            }
            insert(handle, space, key, json);
            return true;
        });
    }

    @Override
    public Optional<Row> remove(Space space, String key) {
        if (!isKey(key)) {
            return Optional.empty();
        }
        return writes.write(handle ->
                query(
                                handle,
                                space,
                                """
                                DELETE FROM records
                                WHERE tenant_id = :tenant AND namespace = :namespace
                                    AND key = :key
                                RETURNING key, seq, value_json
                                """)
                        .bind("key", key)
                        .map((row, _) -> row(row))
                        .findOne());
    }

    @Override
    public void clear(Space space) {
        writes.write(handle ->
                update(
                                handle,
                                space,
                                """
                                DELETE FROM records
                                WHERE tenant_id = :tenant AND namespace = :namespace
                                """)
                        .execute());
    }

    @Override
    public List<Row> list(Space space, long after, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit must be 1 to %d but was %d".formatted(MAX_LIMIT, limit));
        }
        return reads.read(handle ->
                query(
                                handle,
                                space,
                                """
                                SELECT key, seq, value_json FROM records
                                WHERE tenant_id = :tenant AND namespace = :namespace
                                    AND seq > :after AND key <> ''
                                ORDER BY seq LIMIT :limit
                                """)
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> row(row))
                        .list());
    }

    @Override
    public List<Row> oldest(Space space, long after, Most most) {
        return reads.read(handle ->
                fitting(
                        query(handle, space, ROWS + "AND seq > :after ORDER BY seq LIMIT :limit")
                                .bind("after", after),
                        most));
    }

    @Override
    public List<Row> newest(Space space, Most most) {
        return reads.read(handle ->
                fitting(query(handle, space, ROWS + "ORDER BY seq DESC LIMIT :limit"), most)
                        .reversed());
    }

    /// Reads no row but those that fit and one more.
    private static List<Row> fitting(Query query, Most most) {
        List<Row> fitting = new ArrayList<>();
        long bytes = 0;
        try (ResultIterator<Row> found =
                query.bind("limit", most.rows()).map((row, _) -> row(row)).iterator()) {
            while (found.hasNext()) {
                Row row = found.next();
                bytes += row.json().getBytes(StandardCharsets.UTF_8).length;
                if (bytes > most.bytes() && !fitting.isEmpty()) {
                    break;
                }
                fitting.add(row);
            }
        }
        return fitting;
    }

    @Override
    public long count(Space space) {
        return reads.read(handle -> count(handle, space));
    }

    /// To count takes a look at each row, on the thread of all writes.
    private static boolean isFull(Handle handle, Space space, long most) {
        return most < Long.MAX_VALUE && count(handle, space) >= most;
    }

    private static long count(Handle handle, Space space) {
        return query(
                        handle,
                        space,
                        """
                        SELECT COUNT(*) FROM records
                        WHERE tenant_id = :tenant AND namespace = :namespace AND key <> ''
                        """)
                .map((row, _) -> row.getLong(1))
                .one();
    }

    private static Optional<Row> find(Handle handle, Space space, String key) {
        return query(
                        handle,
                        space,
                        """
                        SELECT key, seq, value_json FROM records
                        WHERE tenant_id = :tenant AND namespace = :namespace AND key = :key
                        """)
                .bind("key", key)
                .map((row, _) -> row(row))
                .findOne();
    }

    private static void replace(Handle handle, Space space, String key, String json) {
        update(
                        handle,
                        space,
                        """
                        UPDATE records SET value_json = :json
                        WHERE tenant_id = :tenant AND namespace = :namespace AND key = :key
                        """)
                .bind("key", key)
                .bind("json", json)
                .execute();
    }

    private static void insert(Handle handle, Space space, String key, String json) {
        update(
                        handle,
                        space,
                        """
                        INSERT INTO records (tenant_id, namespace, key, seq, value_json)
                        VALUES (:tenant, :namespace, :key, :seq, :json)
                        """)
                .bind("key", key)
                .bind("seq", nextPlace(handle, space))
                .bind("json", json)
                .execute();
    }

    /// Counted in a row of its own, so that a place is not given again after its row is gone.
    private static long nextPlace(Handle handle, Space space) {
        return query(
                        handle,
                        space,
                        """
                        INSERT INTO records (tenant_id, namespace, key, seq, value_json)
                        VALUES (:tenant, :namespace, '', 1, '{}')
                        ON CONFLICT (tenant_id, namespace, key)
                            DO UPDATE SET seq = records.seq + 1
                        RETURNING seq
                        """)
                .map((row, _) -> row.getLong(1))
                .one();
    }

    private static Query query(Handle handle, Space space, String sql) {
        return handle.createQuery(sql)
                .bind("tenant", space.tenant().value())
                .bind("namespace", space.namespace());
    }

    private static Update update(Handle handle, Space space, String sql) {
        return handle.createUpdate(sql)
                .bind("tenant", space.tenant().value())
                .bind("namespace", space.namespace());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString("key"), row.getLong("seq"), row.getString("value_json"));
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= MAX_KEY;
    }

    private static void check(String key, String json) {
        if (!isKey(key)) {
            throw new IllegalArgumentException(
                    "A key must have 1 to %d characters but has %d"
                            .formatted(MAX_KEY, key.length()));
        }
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A record may have %d bytes but has %d".formatted(MAX_BYTES, bytes));
        }
    }
}
