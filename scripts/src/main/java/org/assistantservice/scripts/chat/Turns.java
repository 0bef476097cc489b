package org.assistantservice.scripts.chat;

import java.util.function.Consumer;

/// One way to ask a service and to hear the answer. Used by one thread at a time.
interface Turns extends AutoCloseable {
    /// Posts the question once and waits for the end of the answer.
    ///
    /// @param events called on this thread, in order
    /// @throws InterruptedException if the user does not want to wait; the run goes on
    TurnEnd ask(Question question, Consumer<TurnEvent> events) throws InterruptedException;

    @Override
    void close();

    /// @param threadId id of an existing thread
    record Question(String threadId, String message) {}
}
