package org.assistantservice.bench.load;

import java.util.List;
import org.assistantservice.bench.chat.Chat;

/// Asks with one caller after the other, round and round.
final class CallerInTurn implements Caller {
    private final List<Caller> callers;
    private int next;

    CallerInTurn(List<Caller> callers) {
        this.callers = callers;
    }

    @Override
    public void ask(Chat chat, Runnable ended) {
        Caller caller = callers.get(next);
        next = (next + 1) % callers.size();
        caller.ask(chat, ended);
    }

    @Override
    public void close() {
        callers.forEach(Caller::close);
    }
}
