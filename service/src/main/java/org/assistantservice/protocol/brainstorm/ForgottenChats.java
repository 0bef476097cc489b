package org.assistantservice.protocol.brainstorm;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.assistantservice.server.Chore;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.ThreadAliases;

/// Forgets chat ids that nobody uses any more; the threads behind them stay. Thread-safe.
@Singleton
@OfProtocol("brainstorm")
final class ForgottenChats implements Chore {
    /// The space of all chat ids.
    static final String SPACE = "brainstorm";

    private final ThreadAliases chats;
    private final Duration unusedFor;
    private final Clock clock;

    ForgottenChats(ThreadAliases chats, BrainstormSettings settings, Clock clock) {
        this.chats = chats;
        this.unusedFor = settings.forgetAfter();
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant since = clock.instant().minus(unusedFor);
        boolean hasMore;
        do {
            hasMore = chats.forget(SPACE, since);
        } while (hasMore);
    }
}
