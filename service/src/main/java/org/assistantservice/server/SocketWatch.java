package org.assistantservice.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.server.Timers.Timer;

/// Keeps one socket alive by pings, and closes it when the client is gone, idle, or never finishes
/// a message. Thread-safe.
final class SocketWatch {
    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;

    private final Timers timers;
    private final SocketLimits limits;
    private final SocketWriter writer;
    private final SocketListener listener;
    private final AtomicReference<Timer> ping = new AtomicReference<>(Timer.NONE);
    private final AtomicReference<Timer> pong = new AtomicReference<>(Timer.NONE);
    private final AtomicReference<Timer> fragment = new AtomicReference<>(Timer.NONE);
    private volatile boolean isStopped;

    SocketWatch(Timers timers, SocketLimits limits, SocketWriter writer, SocketListener listener) {
        this.timers = timers;
        this.limits = limits;
        this.writer = writer;
        this.listener = listener;
    }

    void start() {
        set(ping, limits.pingInterval(), this::beat);
    }

    /// The client answered a ping.
    void pong() {
        pong.getAndSet(Timer.NONE).cancel();
    }

    /// A message has begun and is not whole yet.
    void fragment() {
        if (fragment.get().equals(Timer.NONE)) {
            set(
                    fragment,
                    limits.fragmentTimeout(),
                    () -> close(POLICY, "Message was never finished"));
        }
    }

    /// A message is whole.
    void message() {
        fragment.getAndSet(Timer.NONE).cancel();
    }

    void close(int code, String reason) {
        writer.close(code, reason);
    }

    void stop() {
        isStopped = true;
        ping.getAndSet(Timer.NONE).cancel();
        pong.getAndSet(Timer.NONE).cancel();
        fragment.getAndSet(Timer.NONE).cancel();
    }

    private void beat() {
        if (listener.hasBeenIdleFor(limits.idleTimeout())) {
            close(GOING_AWAY, "Idle for too long");
            return;
        }
        if (pong.get().equals(Timer.NONE)) {
            set(pong, limits.pongTimeout(), () -> close(GOING_AWAY, "No pong"));
            writer.ping();
        }
        set(ping, limits.pingInterval(), this::beat);
    }

    private void set(AtomicReference<Timer> place, Duration delay, Runnable task) {
        place.getAndSet(timers.after(delay, task)).cancel();
        if (isStopped) {
            place.getAndSet(Timer.NONE).cancel();
        }
    }
}
