package org.assistantservice.protocol.brainstorm;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.assistantservice.server.Timers;
import org.assistantservice.thread.StoreUnavailableException;
import org.assistantservice.thread.ThreadAliases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets chat ids that nobody uses any more, once an hour; the threads behind them stay.
/// Thread-safe.
@Singleton
final class ForgottenChats {
    /// The space of all chat ids.
    static final String SPACE = "brainstorm";

    private static final Logger LOG = LoggerFactory.getLogger(ForgottenChats.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final ThreadAliases chats;
    private final Timers timers;
    private final Duration unusedFor;
    private final Clock clock;

    ForgottenChats(ThreadAliases chats, Timers timers, BrainstormSettings settings, Clock clock) {
        this.chats = chats;
        this.timers = timers;
        this.unusedFor = settings.forgetAfter();
        this.clock = clock;
    }

    /// From now on. Does not block.
    void begin() {
        Thread.startVirtualThread(this::forget);
    }

    private void forget() {
        Instant since = clock.instant().minus(unusedFor);
        try {
            boolean hasMore;
            do {
                hasMore = chats.forget(SPACE, since);
            } while (hasMore);
        } catch (StoreUnavailableException e) {
            LOG.warn("Unused chat ids were not forgotten; tried again in an hour", e);
        }
        timers.after(INTERVAL, this::begin);
    }
}
