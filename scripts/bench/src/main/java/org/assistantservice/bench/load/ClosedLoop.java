package org.assistantservice.bench.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assistantservice.bench.chat.Chat;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;

/// Every client asks, reads the answer to its end and asks again.
final class ClosedLoop implements Load.Pace {
    private static final long PAUSE_AFTER_FAULT_MILLIS = 100;

    private final List<Caller> callers;
    private final Script script;
    private final ChatBook chats;
    private final Tally tally;
    private final EventLoop loop;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Duration spread;
    private long left;
    private int active;

    /// @param script of every chat
    /// @param spread the time over which the first questions are spread; one text's length keeps
    ///   the ends apart for good
    /// @param most chats in all
    record Order(Script script, Duration spread, long most) {}

    ClosedLoop(List<Caller> callers, LoadClient client, Tally tally, Order order) {
        this.callers = callers;
        this.tally = tally;
        script = order.script();
        spread = order.spread();
        left = order.most();
        chats = client.chats();
        loop = client.loop();
    }

    @Override
    public void start() {
        active = callers.size();
        long length = spread.toNanos();
        for (int i = 0; i < callers.size(); i++) {
            Caller caller = callers.get(i);
            var _ = loop.schedule(() -> next(caller), length * i / active, TimeUnit.NANOSECONDS);
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
            var _ =
                    loop.schedule(
                            () -> next(caller), PAUSE_AFTER_FAULT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
