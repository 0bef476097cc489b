package org.assistantservice.bench.load;

import org.assistantservice.bench.chat.Chat;

/// One client with one connection that is kept; one chat at a time. Used on the event loop only.
interface Caller {
    /// Asks; `ended` runs when the answer has ended, well or badly.
    void ask(Chat chat, Runnable ended);

    /// Leaves, also in mid-answer.
    void close();
}
