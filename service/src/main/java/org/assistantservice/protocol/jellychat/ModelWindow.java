package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadStore;

/// How much of a conversation the model sees: the last rows of users and of the assistant. A row of
/// the assistant may be several messages: what it said before its actions, an answer that broke off
/// with the apology after it. Blocks; thread-safe.
@Singleton
final class ModelWindow {
    private static final int ROWS = 10;

    /// Messages read at once; mostly, those of the rows and one more are all.
    private static final int PAGE = ROWS + 1;

    /// Messages that are read at most: the rows of a turn are 8 at most.
    private static final int MOST = 8 * PAGE;

    private final ThreadStore threads;

    ModelWindow(ThreadStore threads) {
        this.threads = threads;
    }

    /// How many messages the rows have that the model is to see, the next question included.
    int next(JellyUser user) {
        List<Message> newestFirst = new ArrayList<>();
        Page<Message> page;
        do {
            String last = newestFirst.isEmpty() ? null : newestFirst.getLast().id().value();
            page =
                    threads.messages(
                            user.owner(),
                            user.thread(),
                            new PageRequest(PAGE, true, last, null),
                            null);
            newestFirst.addAll(page.data());
        } while (page.hasMore()
                && newestFirst.size() < MOST
                && ofRows(newestFirst) == newestFirst.size());
        return ofRows(newestFirst) + 1;
    }

    /// How many of the messages belong to the newest rows.
    private static int ofRows(List<Message> newestFirst) {
        int rows = 0;
        boolean isAnswer = false;
        for (int i = 0; i < newestFirst.size(); i++) {
            boolean wasAnswer = isAnswer;
            isAnswer = newestFirst.get(i).role() == Message.Role.ASSISTANT;
            rows += isAnswer && wasAnswer ? 0 : 1;
            if (rows > ROWS) {
                return i;
            }
        }
        return newestFirst.size();
    }
}
