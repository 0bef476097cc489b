package org.assistantservice.protocol.jellychat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.jellychat.JellyTurns.Asker;
import org.assistantservice.protocol.jellychat.WaitingLine.Asked;
import org.assistantservice.protocol.jellychat.WaitingLine.Entry;
import org.assistantservice.protocol.jellychat.WaitingLine.Refused;
import org.assistantservice.protocol.jellychat.socketio.SocketIoSession;
import org.assistantservice.run.RunReader.End;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.server.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One client of Socket.IO: answers its messages one after the other, and tells it of its own turns
/// only. An event does not name the turn it belongs to, so no turn begins and no message is refused
/// before the turn before is over. When the client leaves, its turns go on without it. Thread-safe;
/// nothing here blocks but a thread of its own while there is something to answer.
final class JellyClient implements SocketIoSession.Handler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MESSAGE = "user_message";

    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private final WaitingLine line;
    private final Turns turns;
    private final JellySettings settings;
    private final Principal principal;
    private final Runnable onClosed;

    private @Nullable CorrelationId first;
    private boolean isDraining;

    /// @param opener who opened the session; its first turn has the same correlation id
    /// @param onClosed called once
    JellyClient(Turns turns, JellySettings settings, Asker opener, Runnable onClosed) {
        this.turns = turns;
        this.settings = settings;
        this.line = new WaitingLine(settings.maxTurnsPerSocket());
        this.principal = opener.principal();
        this.first = opener.correlationId();
        this.onClosed = onClosed;
    }

    /// Begins turns, as [JellyTurns#begin] does.
    @FunctionalInterface
    interface Turns {
        Subscription begin(Question question, Asker asker, TurnFollower.Sink sink);
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
        show(session, JellyFrame.error("Binary data is not supported"));
    }

    @Override
    public void tooFast(SocketIoSession session) {
        refuse(session, "Rate limit exceeded");
    }

    /// The service stops: what was asked is answered, or refused, and then the session is closed.
    void drain(SocketIoSession session) {
        boolean isIdle;
        lock.lock();
        try {
            isDraining = true;
            isIdle = line.isEmpty();
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            session.close();
        }
    }

    @Override
    public void closed() {
        left.complete(null);
        onClosed.run();
    }

    private void take(SocketIoSession session, Question question) {
        boolean isIdle;
        boolean isTaken;
        lock.lock();
        try {
            isIdle = line.isEmpty();
            isTaken = line.add(question);
        } finally {
            lock.unlock();
        }
        if (!isTaken) {
            refuse(session, "Too many messages are waiting");
        } else if (isIdle) {
            Thread.startVirtualThread(() -> work(session, new Asked(question)));
        }
    }

    /// Says at once what was refused if nothing is under way: only the caller could begin a turn.
    private void refuse(SocketIoSession session, String why) {
        boolean isIdle;
        lock.lock();
        try {
            isIdle = line.isEmpty();
            if (!isIdle) {
                line.add(new Refused(why));
            }
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            show(session, JellyFrame.error(why));
        }
        session.countError();
    }

    /// Answers one after the other until nothing is left.
    private void work(SocketIoSession session, @Nullable Entry head) {
        for (Entry entry = head; entry != null; entry = next(session)) {
            switch (entry) {
                case Asked(var question) -> answer(session, question);
                case Refused(var why) -> show(session, JellyFrame.error(why));
            }
        }
    }

    /// Returns when the turn is over, or the client has left. Then all that it has asked is begun
    /// before its tie to this turn is cut: the next message cancels a turn that nobody follows.
    private void answer(SocketIoSession session, Question question) {
        Turn turn = new Turn(session);
        try {
            Subscription tie = turns.begin(question, new Asker(principal, correlation()), turn);
            CompletableFuture.anyOf(turn.over, left).join();
            if (left.isDone()) {
                work(session, next(session));
            }
            tie.close();
        } catch (RuntimeException e) {
            show(session, JellyFrame.error(Problems.of(e).message()));
            session.countError();
        }
    }

    private @Nullable Entry next(SocketIoSession session) {
        Entry next;
        boolean isLast;
        lock.lock();
        try {
            next = line.next();
            isLast = isDraining && next == null;
        } finally {
            lock.unlock();
        }
        if (isLast) {
            session.close();
        }
        return next;
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

    private static void show(SocketIoSession session, JellyFrame frame) {
        ObjectNode argument = JSON.createObjectNode().put(frame.field(), frame.value());
        if (frame.isLast()) {
            session.emitLast(frame.event(), argument);
        } else {
            session.emit(frame.event(), argument);
        }
    }

    /// A turn that is shown to the client.
    private final class Turn implements TurnFollower.Sink {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final SocketIoSession session;

        Turn(SocketIoSession session) {
            this.session = session;
        }

        @Override
        public void frame(JellyFrame frame) {
            show(session, frame);
        }

        @Override
        public void ended(End end) {
            if (end == End.SERVICE_STOPPING) {
                drainSoon();
            }
            over.complete(null);
        }

        private void drainSoon() {
            lock.lock();
            try {
                isDraining = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
