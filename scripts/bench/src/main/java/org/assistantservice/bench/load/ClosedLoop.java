package org.assistantservice.bench.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assistantservice.bench.chat.Chat;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;

/// Every client asks, reads the answer to its end and asks again. The first questions are spread
/// over the length of one text, so that the ends never come together.
final class ClosedLoop implements Load.Pace {
    private static final long PAUSE_AFTER_FAULT_MILLIS = 100;

    private final List<Caller> callers;
    private final Script script;
    private final ChatBook chats;
    private final Tally tally;
    private final EventLoop loop;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private long left;
    private int active;

    /// @param most chats in all
    ClosedLoop(List<Caller> callers, Script script, LoadClient client, Tally tally, long most) {
        this.callers = callers;
        this.script = script;
        this.tally = tally;
        chats = client.chats();
        loop = client.loop();
        left = most;
    }

    @Override
    public void start() {
        active = callers.size();
        long length = script.length().toNanos();
        for (int i = 0; i < callers.size(); i++) {
            Caller caller = callers.get(i);
            loop.schedule(() -> next(caller), length * i / active, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void stop() {
        left = 0;
    }

    @Override
    public void abandon() {
        callers.forEach(Caller::close);
        over.complete(null);
    }

    @Override
    public CompletableFuture<Void> over() {
        return over;
    }

    private void next(Caller caller) {
        if (left <= 0) {
            active--;
            if (active == 0) {
                over.complete(null);
            }
            return;
        }
        left--;
        Chat chat = chats.open(script);
        caller.ask(chat, () -> ended(caller, chat));
    }

    private void ended(Caller caller, Chat chat) {
        chats.close(chat);
        tally.ended(chat);
        if (chat.isFinished()) {
            next(caller);
        } else {
            loop.schedule(() -> next(caller), PAUSE_AFTER_FAULT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
