package org.assistantservice.bench.load;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assistantservice.bench.chat.Chat;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;

/// Chats begin at a fixed rate, whether or not the ones before have ended: a slow server gets no
/// relief from its slowness.
final class OpenLoop implements Load.Pace {
    private final Supplier<Caller> newCaller;
    private final Script script;
    private final ChatBook chats;
    private final Tally tally;
    private final EventLoop loop;
    private final long gapNanos;
    private final Deque<Caller> idle = new ArrayDeque<>();
    private final Set<Caller> busy = new HashSet<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private long start;
    private long begun;
    private boolean stopped;

    OpenLoop(
            Supplier<Caller> newCaller,
            Script script,
            LoadClient client,
            Tally tally,
            double startsPerSecond) {
        this.newCaller = newCaller;
        this.script = script;
        this.tally = tally;
        chats = client.chats();
        loop = client.loop();
        gapNanos = (long) (1e9 / startsPerSecond);
    }

    @Override
    public void start() {
        start = System.nanoTime();
        begin();
    }

    @Override
    public void stop() {
        stopped = true;
        endIfIdle();
    }

    @Override
    public void abandon() {
        busy.forEach(Caller::close);
        idle.forEach(Caller::close);
        over.complete(null);
    }

    @Override
    public CompletableFuture<Void> over() {
        return over;
    }

    private void begin() {
        if (stopped) {
            return;
        }
        Caller caller = idle.isEmpty() ? newCaller.get() : idle.pop();
        busy.add(caller);
        Chat chat = chats.open(script);
        caller.ask(chat, () -> ended(caller, chat));
        begun++;
        long due = start + begun * gapNanos;
        var _ = loop.schedule(this::begin, due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void ended(Caller caller, Chat chat) {
        chats.close(chat);
        tally.ended(chat);
        busy.remove(caller);
        idle.push(caller);
        endIfIdle();
    }

    private void endIfIdle() {
        if (stopped && busy.isEmpty()) {
            over.complete(null);
        }
    }
}
