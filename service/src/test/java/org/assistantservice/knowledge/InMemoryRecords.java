package org.assistantservice.knowledge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.record.RecordStore;
import org.jspecify.annotations.Nullable;

/// Rows of one test. For one thread.
final class InMemoryRecords implements RecordStore {
    private final Map<Space, Map<String, Row>> spaces = new LinkedHashMap<>();
    private long places;

    private Map<String, Row> rows(Space space) {
        return spaces.computeIfAbsent(space, _ -> new LinkedHashMap<>());
    }

    @Override
    public Optional<Row> find(Space space, String key) {
        return Optional.ofNullable(rows(space).get(key));
    }

    @Override
    public Optional<Row> put(Space space, String key, String json) {
        @Nullable Row before = rows(space).get(key);
        long seq = before == null ? ++places : before.seq();
        rows(space).put(key, new Row(key, seq, json));
        return Optional.ofNullable(before);
    }

    @Override
    public boolean add(Space space, String key, String json, long most) {
        boolean fits = !rows(space).containsKey(key) && rows(space).size() < most;
        if (fits) {
            put(space, key, json);
        }
        return fits;
    }

    @Override
    public Optional<Row> remove(Space space, String key) {
        return Optional.ofNullable(rows(space).remove(key));
    }

    @Override
    public void clear(Space space) {
        rows(space).clear();
    }

    @Override
    public List<Row> list(Space space, long after, int limit) {
        return rows(space).values().stream().filter(row -> row.seq() > after).limit(limit).toList();
    }

    @Override
    public List<Row> oldest(Space space, long after, Most most) {
        return fitting(
                rows(space).values().stream().filter(row -> row.seq() > after).toList(), most);
    }

    @Override
    public List<Row> newest(Space space, Most most) {
        return fitting(List.copyOf(rows(space).values()).reversed(), most).reversed();
    }

    private static List<Row> fitting(List<Row> rows, Most most) {
        List<Row> fitting = new ArrayList<>();
        long bytes = 0;
        for (Row row : rows.stream().limit(most.rows()).toList()) {
            bytes += row.json().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > most.bytes() && !fitting.isEmpty()) {
                break;
            }
            fitting.add(row);
        }
        return fitting;
    }

    @Override
    public long count(Space space) {
        return rows(space).size();
    }
}
