package org.assistantservice.scripts.chat;

import java.time.Duration;
import java.util.function.Consumer;

/// Server-sent events. A broken connection is resumed behind the last frame that came.
final class SseTurns implements Turns {
    private final ServiceClient service;
    private final Limits limits;

    SseTurns(ServiceClient service, Limits limits) {
        this.service = service;
        this.limits = limits;
    }

    @Override
    public TurnEnd ask(Question question, Consumer<TurnEvent> events) throws InterruptedException {
        return new SseTurn(service, limits, question, events).follow();
    }

    @Override
    public void close() {}

    /// @param silence how long to wait for the next byte; heartbeats count
    /// @param firstWait before the first reconnection; each further one waits twice as long
    /// @param maxWait the longest wait before a reconnection
    /// @param reconnections how many in a row may bring nothing
    record Limits(Duration silence, Duration firstWait, Duration maxWait, int reconnections) {
        /// The usual ones, with this limit of silence.
        static Limits of(Duration silence) {
            return new Limits(silence, Duration.ofMillis(500), Duration.ofSeconds(5), 6);
        }

        /// @param tries how many reconnections in a row brought nothing
        Duration waitAfter(int tries) {
            Duration wait = firstWait.multipliedBy(1L << Math.min(tries, 10));
            return wait.compareTo(maxWait) < 0 ? wait : maxWait;
        }
    }
}
