package org.assistantservice.scripts.chat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assistantservice.scripts.chat.TurnEnd.Abandoned;
import org.assistantservice.scripts.chat.Turns.Question;

/// Asks one question at a time, and makes Ctrl-C cancel the run instead of the client: the first
/// asks the service to stop, the second stops waiting for it.
final class Asking {
    private final ServiceClient service;
    private final Turns turns;
    private final Console.Interrupts interrupts;

    Asking(ServiceClient service, Turns turns, Console.Interrupts interrupts) {
        this.service = service;
        this.turns = turns;
        this.interrupts = interrupts;
    }

    /// @param answer gets the events from `events`; knows the run to cancel
    TurnEnd ask(Question question, Answer answer, Consumer<TurnEvent> events) {
        Thread asking = Thread.currentThread();
        var presses = new AtomicInteger();
        Runnable reaction =
                () -> {
                    if (presses.incrementAndGet() > 1) {
                        asking.interrupt();
                    } else {
                        Thread.startVirtualThread(() -> cancel(question, answer, asking));
                    }
                };
        TurnEnd end = interrupts.during(reaction, () -> wait(question, events));
        // A second press that came too late must not end what follows.
        Thread.interrupted();
        return end;
    }

    private TurnEnd wait(Question question, Consumer<TurnEvent> events) {
        try {
            return turns.ask(question, events);
        } catch (InterruptedException e) {
            return new Abandoned();
        }
    }

    private void cancel(Question question, Answer answer, Thread asking) {
        try {
            if (!service.cancel(question.threadId(), answer.runId())) {
                asking.interrupt();
            }
        } catch (IOException | InterruptedException e) {
            asking.interrupt();
        }
    }
}
