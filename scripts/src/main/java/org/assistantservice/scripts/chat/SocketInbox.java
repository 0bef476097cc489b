package org.assistantservice.scripts.chat;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What arrives on a WebSocket, in order. Keeps asking for more, since pings are answered only
/// then; a reader that is too slow holds the sender back. Thread-safe.
final class SocketInbox implements WebSocket.Listener {
    private static final int MAX_WAITING = 1024;

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(MAX_WAITING);
    private final StringBuilder text = new StringBuilder();
    private volatile boolean gone;

    /// Waits for what comes next.
    Arrival next(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!gone || !arrivals.isEmpty()) {
            long slice = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100));
            if (slice <= 0) {
                return new Silence();
            }
            Arrival arrival = arrivals.poll(slice, TimeUnit.NANOSECONDS);
            if (arrival != null) {
                return arrival;
            }
        }
        return new Gone();
    }

    void clear() {
        arrivals.clear();
    }

    boolean isGone() {
        return gone;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            put(new Message(text.toString()));
            text.setLength(0);
        } else {
            beat();
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        beat();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        gone = true;
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable problem) {
        gone = true;
    }

    private void beat() {
        if (arrivals.isEmpty()) {
            put(new Beat());
        }
    }

    private void put(Arrival arrival) {
        try {
            arrivals.put(arrival);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gone = true;
        }
    }

    sealed interface Arrival {}

    record Message(String json) implements Arrival {}

    /// A sign of life without content.
    record Beat() implements Arrival {}

    record Silence() implements Arrival {}

    record Gone() implements Arrival {}
}
