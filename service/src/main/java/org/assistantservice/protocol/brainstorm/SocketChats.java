package org.assistantservice.protocol.brainstorm;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.brainstorm.BrainstormTurns.Asker;
import org.assistantservice.protocol.brainstorm.ClientFrame.Asked;
import org.assistantservice.protocol.brainstorm.ClientFrame.Unusable;
import org.assistantservice.protocol.brainstorm.Frame.Done;
import org.assistantservice.protocol.brainstorm.Frame.Fault;
import org.assistantservice.protocol.brainstorm.WaitingFrames.Admission;
import org.assistantservice.server.Problems;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.SocketListener;
import org.assistantservice.server.SocketWriter;
import org.jspecify.annotations.Nullable;

/// The chats of one socket: turns of one chat follow each other, those of several run side by side.
/// Every turn has its own correlation id, the first one that of the upgrade. Closing the socket
/// leaves the runs under way as they are. Thread-safe; no thread waits for a turn.
final class SocketChats implements SocketListener {
    private static final int UNSUPPORTED = 1003;
    private static final int POLICY = 1008;
    private static final int RESTARTING = 1012;

    private final ReentrantLock lock = new ReentrantLock();

    private final Set<Turn> turnsUnderWay = new HashSet<>();
    private final BrainstormTurns turns;
    private final SocketWriter writer;
    private final Principal principal;
    private final BrainstormSettings settings;
    private final WaitingFrames waiting;

    private @Nullable CorrelationId first;
    private boolean isClosed;
    private boolean isDraining;
    private long lastActiveNanos = System.nanoTime();

    SocketChats(
            BrainstormTurns turns,
            SocketWriter writer,
            Asker opener,
            SocketLimits limits,
            BrainstormSettings settings) {
        this.turns = turns;
        this.writer = writer;
        this.principal = opener.principal();
        this.first = opener.correlationId();
        this.settings = settings;
        this.waiting = new WaitingFrames(limits, settings.maxChatsPerSocket());
    }

    @Override
    public void receive(String text) {
        ClientFrame frame = ClientFrame.read(text, settings.maxMessageCharacters());
        Admission admission;
        lock.lock();
        try {
            lastActiveNanos = System.nanoTime();
            admission = isClosed ? Admission.WAITS : waiting.admit(frame);
        } finally {
            lock.unlock();
        }
        switch (admission) {
            case BEGINS -> Thread.startVirtualThread(() -> work(frame.chatId()));
            case WAITS -> {}
            case NO_PLACE -> refuse(frame.chatId(), WaitingFrames.TOO_MANY);
            case TOO_MANY_ERRORS -> end(POLICY, "Too many errors");
        }
    }

    @Override
    public void refuseBinary() {
        end(UNSUPPORTED, "Only text is supported");
    }

    @Override
    public boolean hasBeenIdleFor(Duration time) {
        lock.lock();
        try {
            return waiting.isEmpty() && System.nanoTime() - lastActiveNanos > time.toNanos();
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
            isIdle = waiting.isEmpty();
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            end(RESTARTING, "Service is restarting");
        }
    }

    @Override
    public void close() {
        List<Turn> left;
        lock.lock();
        try {
            isClosed = true;
            waiting.clear();
            left = List.copyOf(turnsUnderWay);
        } finally {
            lock.unlock();
        }
        left.forEach(turn -> turn.tie().leave());
    }

    /// Begins turns of a chat until one is under way or nothing waits.
    private void work(String chatId) {
        for (ClientFrame frame = next(chatId); frame != null; frame = next(chatId)) {
            switch (frame) {
                case Unusable(_, var error) -> refuse(chatId, error);
                case Asked asked -> {
                    begin(asked);
                    return;
                }
            }
        }
    }

    /// The turn's end, however it comes, goes on with [#work].
    private void begin(Asked asked) {
        CorrelationId correlationId = correlation();
        Turn turn = turn(asked.chatId(), correlationId);
        try {
            turns.begin(asked, new Asker(principal, correlationId), turn);
        } catch (RuntimeException e) {
            turn.giveUp(Problems.of(e).message());
        }
    }

    private Turn turn(String chatId, CorrelationId correlationId) {
        Turn turn =
                new Turn(
                        new TurnFrames(chatId, correlationId, settings.minChars()),
                        writer,
                        ended -> {
                            forget(ended);
                            Thread.startVirtualThread(() -> work(chatId));
                        });
        boolean isLate;
        lock.lock();
        try {
            turnsUnderWay.add(turn);
            isLate = isClosed;
        } finally {
            lock.unlock();
        }
        if (isLate) {
            turn.tie().leave();
        }
        return turn;
    }

    private void forget(Turn turn) {
        lock.lock();
        try {
            turnsUnderWay.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ClientFrame next(String chatId) {
        ClientFrame frame;
        boolean isLast;
        lock.lock();
        try {
            frame = waiting.next(chatId);
            isLast = isDraining && waiting.isEmpty();
            lastActiveNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
        if (isLast) {
            end(RESTARTING, "Service is restarting");
        }
        return frame;
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

    /// Answers a frame that the client should not have sent.
    private void refuse(String chatId, String error) {
        writer.sendAnyway(Fault.of(error, chatId, correlation()).json());
        writer.sendAnyway(new Done(chatId).json());
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
}
