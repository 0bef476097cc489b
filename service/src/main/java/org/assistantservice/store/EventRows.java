package org.assistantservice.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.SequencedEvent;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Table `run_events`. A row that is there already is left as it is.
final class EventRows {
    private static final String COLUMNS =
            """
            INSERT INTO run_events
                (tenant_id, run_id, epoch, n, n_end, changes, type, codec_version, payload_json)
            """;
    private static final String VALUES =
            ":epoch, :n, :n_end, :changes, :type, :codec_version, :payload_json";
    private static final String INSERT =
            COLUMNS + "VALUES (:tenant, :run, " + VALUES + ") ON CONFLICT DO NOTHING";
    private static final String INSERT_IF_RUN_EXISTS =
            COLUMNS
                    + "SELECT tenant_id, id, "
                    + VALUES
                    + " FROM runs WHERE id = :run ON CONFLICT DO NOTHING";

    private EventRows() {}

    /// Adds rows to a run that is known to exist.
    static void insert(Handle handle, TenantId tenant, RunId runId, List<StoredRow> rows) {
        if (!rows.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch(INSERT);
            for (StoredRow row : rows) {
                bind(batch.bind("tenant", tenant.value()).bind("run", runId.value()), row).add();
            }
            batch.execute();
        }
    }

    /// Does nothing if the run was deleted meanwhile.
    static void insertIfRunExists(Handle handle, RunId runId, List<StoredRow> rows) {
        if (!rows.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch(INSERT_IF_RUN_EXISTS);
            for (StoredRow row : rows) {
                bind(batch.bind("run", runId.value()), row).add();
            }
            batch.execute();
        }
    }

    private static PreparedBatch bind(PreparedBatch batch, StoredRow row) {
        return batch.bind("epoch", row.epoch())
                .bind("n", row.n())
                .bind("n_end", row.lastN())
                .bind("changes", row.changes())
                .bind("type", row.type())
                .bind("codec_version", row.version())
                .bind("payload_json", row.payload());
    }

    /// At most `limit` events strictly after a place, which may lie within a row.
    static List<SequencedEvent> after(
            Handle handle, RunCursor after, int limit, Supplier<RunSpec> spec) {
        List<SequencedEvent> events = new ArrayList<>();
        try (ResultIterator<StoredRow> rows = rowsAfter(handle, after, limit)) {
            while (rows.hasNext() && events.size() < limit) {
                addAfter(events, EventCodec.decode(rows.next(), spec).iterator(), after, limit);
            }
        }
        return events;
    }

    private static void addAfter(
            List<SequencedEvent> events, Iterator<SequencedEvent> row, RunCursor after, int limit) {
        while (row.hasNext() && events.size() < limit) {
            SequencedEvent event = row.next();
            if (after.isBefore(event)) {
                events.add(event);
            }
        }
    }

    private static ResultIterator<StoredRow> rowsAfter(Handle handle, RunCursor after, int limit) {
        return handle.createQuery(
                        """
                        SELECT epoch, n, n_end, changes, type, codec_version, payload_json
                        FROM run_events
                        WHERE tenant_id = (SELECT tenant_id FROM runs WHERE id = :run)
                            AND run_id = :run
                            AND epoch >= :epoch AND (epoch > :epoch OR n_end > :n)
                        ORDER BY epoch, n LIMIT :limit
                        """)
                .bind("run", after.runId().value())
                .bind("epoch", after.epoch())
                .bind("n", after.n())
                .bind("limit", limit)
                .map((row, _) ->
                        new StoredRow(
                                row.getInt("epoch"),
                                row.getInt("n"),
                                row.getInt("n_end"),
                                row.getInt("changes"),
                                row.getString("type"),
                                row.getInt("codec_version"),
                                row.getString("payload_json")))
                .iterator();
    }

    static Optional<RunCursor> last(Handle handle, RunId runId) {
        return handle.createQuery(
                        """
                        SELECT epoch, n_end FROM run_events
                        WHERE tenant_id = (SELECT tenant_id FROM runs WHERE id = :run)
                            AND run_id = :run
                        ORDER BY epoch DESC, n DESC LIMIT 1
                        """)
                .bind("run", runId.value())
                .map((row, _) -> new RunCursor(runId, row.getInt("epoch"), row.getInt("n_end")))
                .findOne();
    }

    /// Sum of the changes of all stored events of a run.
    static int changes(Handle handle, TenantId tenant, RunId runId) {
        return handle.createQuery(
                        """
                        SELECT COALESCE(SUM(changes), 0) AS total FROM run_events
                        WHERE tenant_id = :tenant AND run_id = :run
                        """)
                .bind("tenant", tenant.value())
                .bind("run", runId.value())
                .map((row, _) -> row.getInt("total"))
                .one();
    }
}
