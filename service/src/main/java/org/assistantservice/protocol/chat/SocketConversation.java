package org.assistantservice.protocol.chat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.chat.SocketTurns.Begun;
import org.assistantservice.server.RateWindow;
import org.assistantservice.server.RunTie;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.SocketListener;
import org.assistantservice.server.SocketWriter;
import org.jspecify.annotations.Nullable;

/// One socket's turns, strictly one after the other: a message that arrives during a turn waits.
/// Every turn has its own correlation id, the first one that of the upgrade. Closing the socket
/// leaves the run under way as it is. Thread-safe; no thread waits for a turn.
final class SocketConversation implements SocketListener {
    private static final int NORMAL = 1000;
    private static final int UNSUPPORTED = 1003;
    private static final int POLICY = 1008;
    private static final int RESTARTING = 1012;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private final SocketTurns turns;
    private final SocketWriter writer;
    private final Principal principal;
    private final int mostWaiting;
    private final RateWindow messages;
    private final RateWindow errors;

    private @Nullable CorrelationId first;
    private @Nullable Turn current;
    private boolean isBusy;
    private boolean isClosed;
    private boolean isDraining;
    private long lastActiveNanos = System.nanoTime();

    SocketConversation(
            SocketTurns turns,
            SocketWriter writer,
            Principal principal,
            CorrelationId first,
            SocketLimits limits) {
        this.turns = turns;
        this.writer = writer;
        this.principal = principal;
        this.first = first;
        this.mostWaiting = limits.maxWaiting();
        this.messages = new RateWindow(limits.messagesPerSecond(), Duration.ofSeconds(1));
        this.errors = new RateWindow(limits.errorsPerMinute(), Duration.ofMinutes(1));
    }

    @Override
    public void receive(String text) {
        boolean isTaken;
        boolean isFirst;
        lock.lock();
        try {
            lastActiveNanos = System.nanoTime();
            isTaken = !isClosed && messages.admits() && waiting.size() < mostWaiting;
            isFirst = isTaken && !isBusy;
            if (isTaken) {
                waiting.add(text);
                isBusy = true;
            }
        } finally {
            lock.unlock();
        }
        if (isFirst) {
            Thread.startVirtualThread(this::work);
        } else if (!isTaken) {
            fail(
                    new SocketError(
                            "rate_limit_exceeded", "Rate limit exceeded", CorrelationId.random()));
        }
    }

    @Override
    public void refuseBinary() {
        fail(new SocketError("receive_error", "Failed to receive request", CorrelationId.random()));
        end(UNSUPPORTED, "Only text is supported");
    }

    @Override
    public boolean hasBeenIdleFor(Duration time) {
        lock.lock();
        try {
            return !isBusy && System.nanoTime() - lastActiveNanos > time.toNanos();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain() {
        boolean isIdle;
        lock.lock();
        try {
            isDraining = true;
            isIdle = !isBusy;
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            writer.close(RESTARTING, "Service is restarting");
        }
    }

    @Override
    public void close() {
        Turn left;
        lock.lock();
        try {
            isClosed = true;
            waiting.clear();
            left = current;
        } finally {
            lock.unlock();
        }
        if (left != null) {
            left.tie.leave();
        }
    }

    /// Begins turns until one is under way or nothing waits.
    private void work() {
        for (String text = next(); text != null; text = next()) {
            Turn turn = turn();
            switch (turns.begin(text, principal, correlation(), turn)) {
                case Begun.UnderWay(var subscription) -> {
                    turn.tie.follow(subscription);
                    return;
                }
                case Begun.Refused(var error) -> fail(error);
                case Begun.NotJson(var error) -> {
                    fail(error);
                    end(NORMAL, "JSON parsing error");
                    return;
                }
                case Begun.ShuttingDown(var error) -> {
                    fail(error);
                    end(RESTARTING, "Service is shutting down");
                    return;
                }
            }
        }
    }

    private @Nullable String next() {
        String text;
        boolean isLast;
        lock.lock();
        try {
            text = waiting.poll();
            isBusy = text != null;
            isLast = isDraining && !isBusy;
            lastActiveNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
        if (isLast) {
            writer.close(RESTARTING, "Service is restarting");
        }
        return text;
    }

    private CorrelationId correlation() {
        lock.lock();
        try {
            CorrelationId given = first;
            first = null;
            return given == null ? CorrelationId.random() : given;
        } finally {
            lock.unlock();
        }
    }

    private Turn turn() {
        Turn turn = new Turn();
        boolean isLate;
        lock.lock();
        try {
            current = turn;
            isLate = isClosed;
        } finally {
            lock.unlock();
        }
        if (isLate) {
            turn.tie.leave();
        }
        return turn;
    }

    private void fail(SocketError error) {
        writer.sendAnyway(turns.encoded(error));
        boolean isTooMuch;
        lock.lock();
        try {
            isTooMuch = !errors.admits();
        } finally {
            lock.unlock();
        }
        if (isTooMuch) {
            end(POLICY, "Too many errors");
        }
    }

    /// Closes the socket; what waits is never begun.
    private void end(int code, String reason) {
        lock.lock();
        try {
            isClosed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        writer.close(code, reason);
    }

    /// What a turn tells this conversation.
    private final class Turn implements SocketTurn.Listener {
        private final RunTie tie = new RunTie();

        @Override
        public boolean send(byte[] lines) {
            return writer.send(lines);
        }

        @Override
        public void ended() {
            tie.leave();
            Thread.startVirtualThread(SocketConversation.this::work);
        }

        @Override
        public void failed(SocketError error) {
            fail(error);
            ended();
        }

        @Override
        public void stopping(SocketError error) {
            tie.leave();
            fail(error);
            end(RESTARTING, "Service is restarting");
        }
    }
}
