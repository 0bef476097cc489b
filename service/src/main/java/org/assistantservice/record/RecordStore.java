package org.assistantservice.record;

import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.TenantId;

/// Keeps rows. Each method is one transaction; what it changed is on disk when it returns. Calls
/// block; thread-safe.
///
/// Every method throws what the other ports of the store throw when it does not answer.
public interface RecordStore {
    int MAX_LIMIT = 500;

    Optional<Row> find(Space space, String key);

    /// Stores a row. A new one takes the next place of its space, one that was there keeps its
    /// place and changes its value.
    ///
    /// @param json at most 2 MiB as UTF-8
    /// @return what stood there before
    /// @throws IllegalArgumentException if the key is empty or longer than 512 characters
    Optional<Row> put(Space space, String key, String json);

    /// Stores a row unless its key is taken or the space holds `most` rows already.
    ///
    /// @return whether it was stored
    boolean add(Space space, String key, String json, long most);

    /// Removes a row. Of several callers at once, one gets it.
    ///
    /// @return what was removed
    Optional<Row> remove(Space space, String key);

    /// Removes all rows of a space; its places begin with 1 again.
    void clear(Space space);

    /// Rows with a place after `after`, in the order of their places.
    ///
    /// @param limit 1 to [#MAX_LIMIT]
    List<Row> list(Space space, long after, int limit);

    /// The oldest rows with a place after `after`, as many as fit, in the order of their places.
    List<Row> oldest(Space space, long after, Most most);

    /// The newest rows, as many as fit, in the order of their places.
    List<Row> newest(Space space, Most most);

    /// How many rows a space has.
    long count(Space space);

    /// A list of rows; it exists while it has rows.
    ///
    /// @param namespace 1 to 200 characters, its first part by convention the room that writes it,
    ///   e.g. `commander.users`
    record Space(TenantId tenant, String namespace) {
        private static final int MAX_LENGTH = 200;

        public Space {
            if (namespace.isEmpty() || namespace.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "A namespace must have 1 to %d characters but has %d"
                                .formatted(MAX_LENGTH, namespace.length()));
            }
        }
    }

    /// What may be read at once.
    ///
    /// @param rows 0 or more
    /// @param bytes of their JSON as UTF-8; one row fits always
    record Most(int rows, long bytes) {}

    /// A record as it is stored.
    ///
    /// @param seq its place: from 1, counting up, never given twice in a space, also not after
    ///   removals, but after [#clear]
    /// @param json as it was stored
    record Row(String key, long seq, String json) {}
}
