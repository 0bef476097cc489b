package org.assistantservice.protocol.jellychat.engineio;

import java.time.Duration;
import org.assistantservice.server.Timers.Timer;

/// Sends a ping from time to time, and ends a session without its pong. For one thread at a time.
final class Heartbeat {
    private final EngineLimits limits;
    private final Alarms alarms;
    private final Runnable ping;
    private final Runnable end;
    private Timer next = Timer.NONE;

    Heartbeat(EngineLimits limits, Alarms alarms, Runnable ping, Runnable end) {
        this.limits = limits;
        this.alarms = alarms;
        this.ping = ping;
        this.end = end;
    }

    /// The client is there: the next ping is due after a while.
    void beat() {
        set(
                limits.pingInterval(),
                () -> {
                    ping.run();
                    endSoon();
                });
    }

    /// Ends the session after the time of a pong, unless there is a beat before.
    void endSoon() {
        set(limits.pingTimeout(), end);
    }

    void stop() {
        next.cancel();
    }

    private void set(Duration delay, Runnable change) {
        next.cancel();
        next = alarms.after(delay, change);
    }
}
