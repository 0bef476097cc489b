package org.assistantservice.store;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.EstimatedTokens;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.thread.Message;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/// The part of a thread that fits a window. Reads no more rows than it gives and one, however long
/// the thread is.
final class HistoryRows {
    private static final String NEWEST_FIRST =
            "SELECT "
                    + MessageRows.COLUMNS
                    + """
                    , estimated_tokens FROM messages
                    WHERE tenant_id = :tenant AND thread_id = :thread AND seq <= :last
                    ORDER BY seq DESC LIMIT :limit
                    """;

    private HistoryRows() {}

    private record Counted(Message message, int tokens) {}

    /// The latest messages up to and including a place, oldest first. An answer whose question fell
    /// out of the window falls out with it, since a model takes it for its own beginning.
    ///
    /// @param last the place of the run's own message, which is always given
    static List<Message> upTo(
            Handle handle, TenantId tenant, ThreadId thread, long last, HistoryWindow window) {
        List<Message> newestFirst = new ArrayList<>();
        boolean isCut = false;
        try (ResultIterator<Counted> rows =
                handle.createQuery(NEWEST_FIRST)
                        .bind("tenant", tenant.value())
                        .bind("thread", thread.value())
                        .bind("last", last)
                        .bind("limit", window.messages() + 1L)
                        .map((row, _) ->
                                new Counted(
                                        MessageRows.message(row), row.getInt("estimated_tokens")))
                        .iterator()) {
            long tokens = 0;
            while (rows.hasNext() && !isCut) {
                Counted next = rows.next();
                tokens += tokens(next);
                isCut =
                        newestFirst.size() == window.messages()
                                || (tokens > window.estimatedTokens() && !newestFirst.isEmpty());
                if (!isCut) {
                    newestFirst.add(next.message());
                }
            }
        }
        return fromAQuestion(newestFirst.reversed(), isCut);
    }

    /// A message stored before tokens were counted is counted now.
    private static int tokens(Counted counted) {
        return counted.tokens() > 0
                ? counted.tokens()
                : EstimatedTokens.ofMessage(counted.message().text());
    }

    private static List<Message> fromAQuestion(List<Message> oldestFirst, boolean isCut) {
        return isCut
                ? oldestFirst.stream()
                        .dropWhile(message -> message.role() == Message.Role.ASSISTANT)
                        .toList()
                : List.copyOf(oldestFirst);
    }
}
