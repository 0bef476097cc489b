package org.assistantservice.protocol.jellychat.engineio;

import java.time.Duration;
import org.assistantservice.server.Timers.Timer;

/// Wakes a session later. Thread-safe.
@FunctionalInterface
public interface Alarms {
    /// Runs `task` once, after `delay`, unless the timer is cancelled before.
    Timer after(Duration delay, Runnable task);
}
