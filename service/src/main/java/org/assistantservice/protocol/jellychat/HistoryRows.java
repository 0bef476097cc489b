package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.record.RecordStore;
import org.assistantservice.record.RecordStore.Most;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows of every user's history, and all questions with their answers. Rows are made from runs:
/// whoever makes one again changes nothing. Blocks; thread-safe.
@Singleton
final class HistoryRows {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /// Bytes; a record may have 2 MiB.
    private static final int MAX_CONTENT = 900_000;

    /// Bytes of the rows of one answer, of which a client that does not read it keeps the service
    /// from forgetting them.
    private static final long MAX_PAGE = 1024 * 1024;

    private final RecordStore records;
    private final JellySettings settings;

    HistoryRows(RecordStore records, JellySettings settings) {
        this.records = records;
        this.settings = settings;
    }

    void greet(Principal owner, ThreadId thread, String greeting, Instant now) {
        put(owner, thread, "greeting", HistoryRow.jelly(greeting, now));
    }

    /// Stores a row at the end of its history, unless it is there already.
    ///
    /// @param key names the row among those of its thread
    void put(Principal owner, ThreadId thread, String key, HistoryRow row) {
        Space space = history(owner, thread);
        if (records.find(space, key).isPresent()) {
            return;
        }
        if (row.type() == HistoryRow.Type.HUMAN) {
            records.add(humans(owner), key, "{}", Long.MAX_VALUE);
        }
        records.add(space, key, JSON.writeValueAsString(json(row)), Long.MAX_VALUE);
    }

    /// Forgets a history.
    void clear(Principal owner, ThreadId thread) {
        records.clear(history(owner, thread));
    }

    /// The newest rows of a history that fit, oldest first.
    ArrayNode of(JellyUser user) {
        Space space = history(user.owner(), user.thread());
        ArrayNode all = JSON.createArrayNode();
        for (Row row : records.newest(space, new Most(settings.maxHistoryRows(), MAX_PAGE))) {
            ObjectNode shown = all.addObject().put("id", row.seq()).put("user_id", user.id());
            shown.setAll((ObjectNode) JSON.readTree(row.json()));
        }
        return all;
    }

    /// How many messages users have sent: the place of the last one, since none is ever removed.
    long questions(Principal reader) {
        List<Row> last = records.newest(humans(reader), new Most(1, 0));
        return last.isEmpty() ? 0 : last.getLast().seq();
    }

    void putAnswered(Principal owner, String key, Answered answered) {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("date", DATE.format(answered.at()))
                        .put("question", shortened(answered.question(), MAX_CONTENT / 2))
                        .put("answer", shortened(answered.answer(), MAX_CONTENT / 2));
        records.put(answered(owner), key, JSON.writeValueAsString(json));
    }

    /// A turn that is over.
    record Answered(Instant at, String question, String answer) {}

    /// Questions with their answers, in the order in which they were answered: the first ones after
    /// `offset` that fit.
    ArrayNode answered(Principal reader, long offset, int limit) {
        ArrayNode all = JSON.createArrayNode();
        for (Row row : records.oldest(answered(reader), offset, new Most(limit, MAX_PAGE))) {
            JsonNode stored = JSON.readTree(row.json());
            all.addObject().put("id", row.seq()).setAll((ObjectNode) stored);
        }
        return all;
    }

    private static ObjectNode json(HistoryRow row) {
        return JSON.createObjectNode()
                .put("message_type", row.type().wireName)
                .put("content", shortened(row.content(), MAX_CONTENT))
                .put("timestamp", TIMESTAMP.format(row.timestamp()))
                .put("application", row.application());
    }

    /// The beginning of a text that takes at most so many bytes as JSON: records are bounded.
    private static String shortened(String text, int mostBytes) {
        String kept = text;
        while (JSON.writeValueAsBytes(kept).length > mostBytes) {
            int half = kept.length() / 2;
            kept =
                    kept.substring(
                            0, Character.isHighSurrogate(kept.charAt(half - 1)) ? half - 1 : half);
        }
        return kept;
    }

    private static Space history(Principal owner, ThreadId thread) {
        return new Space(owner.tenant(), "jellychat.history." + thread.value());
    }

    private static Space humans(Principal owner) {
        return new Space(owner.tenant(), "jellychat.humans");
    }

    private static Space answered(Principal owner) {
        return new Space(owner.tenant(), "jellychat.answered");
    }
}
