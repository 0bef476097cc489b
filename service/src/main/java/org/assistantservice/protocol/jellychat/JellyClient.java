package org.assistantservice.protocol.jellychat;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.jellychat.JellyTurns.Asker;
import org.assistantservice.protocol.jellychat.socketio.SocketIoSession;
import org.assistantservice.run.RunReader.End;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.server.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One client of Socket.IO: takes its messages in order, and tells it of its own turns only. When
/// it leaves, its runs go on without it. Thread-safe; nothing here blocks but on threads of its
/// own.
final class JellyClient implements SocketIoSession.Handler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MESSAGE = "user_message";

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Question> waiting = new ArrayDeque<>();
    private final Set<Turn> underWay = new HashSet<>();
    private final JellyTurns turns;
    private final JellySettings settings;
    private final Principal principal;
    private final Runnable onClosed;

    private @Nullable CorrelationId first;
    private boolean isWorking;
    private boolean isClosed;
    private boolean isDraining;

    /// @param opener who opened the session; its first turn has the same correlation id
    /// @param onClosed called once
    JellyClient(JellyTurns turns, JellySettings settings, Asker opener, Runnable onClosed) {
        this.turns = turns;
        this.settings = settings;
        this.principal = opener.principal();
        this.first = opener.correlationId();
        this.onClosed = onClosed;
    }

    @Override
    public void event(SocketIoSession session, ArrayNode arguments) {
        if (!arguments.get(0).stringValue("").equals(MESSAGE)) {
            return;
        }
        try {
            take(session, Question.ofEvent(arguments, settings.maxMessageCharacters()));
        } catch (InvalidQuestionException e) {
            refuse(session, e.text());
        }
    }

    @Override
    public void binary(SocketIoSession session) {
        refuse(session, "Binary data is not supported");
    }

    @Override
    public void tooFast(SocketIoSession session) {
        refuse(session, "Rate limit exceeded");
    }

    /// The service stops: the session is closed as soon as none of its turns is under way.
    void drain(SocketIoSession session) {
        boolean isIdle;
        lock.lock();
        try {
            isDraining = true;
            isIdle = isIdle();
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            session.close();
        }
    }

    @Override
    public void closed() {
        Set<Turn> left;
        lock.lock();
        try {
            isClosed = true;
            waiting.clear();
            left = Set.copyOf(underWay);
        } finally {
            lock.unlock();
        }
        left.forEach(Turn::leave);
        onClosed.run();
    }

    private boolean isIdle() {
        return waiting.isEmpty() && underWay.isEmpty() && !isWorking;
    }

    private void take(SocketIoSession session, Question question) {
        boolean isTaken;
        boolean begins;
        lock.lock();
        try {
            isTaken = waiting.size() + underWay.size() < settings.maxTurnsPerSocket();
            begins = isTaken && !isWorking;
            if (isTaken) {
                waiting.add(question);
                isWorking = true;
            }
        } finally {
            lock.unlock();
        }
        if (begins) {
            Thread.startVirtualThread(() -> work(session));
        } else if (!isTaken) {
            refuse(session, "Too many messages are waiting");
        }
    }

    /// Begins turns in the order of their messages; they end in the order of their users.
    private void work(SocketIoSession session) {
        Turn turn = new Turn(session);
        for (Question next = next(turn); next != null; next = next(turn)) {
            try {
                turn.follow(turns.begin(next, new Asker(principal, correlation()), turn));
            } catch (RuntimeException e) {
                refuse(session, Problems.of(e).message());
                turn.forget();
            }
            turn = new Turn(session);
        }
    }

    private @Nullable Question next(Turn turn) {
        lock.lock();
        try {
            Question next = waiting.poll();
            isWorking = next != null;
            if (isWorking) {
                underWay.add(turn);
            }
            return next;
        } finally {
            lock.unlock();
        }
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

    private static void emit(SocketIoSession session, JellyFrame frame) {
        session.emit(frame.event(), argument(frame));
    }

    private static void refuse(SocketIoSession session, String why) {
        JellyFrame frame = JellyFrame.error(why);
        session.refuse(frame.event(), argument(frame));
    }

    private static ObjectNode argument(JellyFrame frame) {
        return JSON.createObjectNode().put(frame.field(), frame.value());
    }

    /// A turn's tie to its run; it may be over before [#follow] is called.
    private final class Turn implements TurnFollower.Sink {
        private final SocketIoSession session;
        private @Nullable Subscription subscription;

        Turn(SocketIoSession session) {
            this.session = session;
        }

        void follow(Subscription made) {
            boolean isLate;
            lock.lock();
            try {
                subscription = made;
                isLate = isClosed;
            } finally {
                lock.unlock();
            }
            if (isLate) {
                made.close();
            }
        }

        void leave() {
            Subscription made;
            lock.lock();
            try {
                made = subscription;
            } finally {
                lock.unlock();
            }
            if (made != null) {
                made.close();
            }
        }

        @Override
        public void frame(JellyFrame frame) {
            emit(session, frame);
        }

        @Override
        public void ended(End end) {
            forget();
            if (end == End.SERVICE_STOPPING) {
                session.close();
            }
        }

        void forget() {
            boolean isLast;
            lock.lock();
            try {
                underWay.remove(this);
                isLast = isDraining && isIdle();
            } finally {
                lock.unlock();
            }
            if (isLast) {
                session.close();
            }
        }
    }
}
