package org.assistantservice.protocol.jellychat.engineio;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Goodbye;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Listener;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;
import org.assistantservice.server.Timers.Timer;
import org.jspecify.annotations.Nullable;

/// The rules of one session: what waits for the client, who may ask for it now, the heartbeat, and
/// the upgrade. Every method is a change of [Effects], and so are those it sets an alarm for.
final class SessionState {
    private enum Stage {
        POLLING,
        /// A WebSocket has answered the probe: polls are answered at once until the client moves.
        PROBED,
        WEBSOCKET,
        CLOSED
    }

    private final EngineLimits limits;
    private final Alarms alarms;
    private final Effects effects;
    private final OutQueue waiting;
    private final Listener listener;
    private final Heartbeat heartbeat;

    private Stage stage;
    private Goodbye goodbye = Goodbye.NORMAL;

    /// Ours to end, as soon as the client has asked for what waits, and was told.
    private boolean isLeaving;

    private boolean isPosting;
    private @Nullable CompletableFuture<String> poll;
    private @Nullable Outlet socket;
    private @Nullable Outlet candidate;
    private Timer upgrade = Timer.NONE;

    /// @param alarms run their tasks as changes
    /// @param socket what the session begins on, or null for long-polling
    SessionState(
            EngineLimits limits,
            Alarms alarms,
            Effects effects,
            @Nullable Outlet socket,
            Listener listener) {
        this.limits = limits;
        this.alarms = alarms;
        this.effects = effects;
        this.waiting = new OutQueue(limits);
        this.listener = listener;
        this.heartbeat = new Heartbeat(limits, alarms, () -> send(EnginePacket.PING), this::end);
        this.socket = socket;
        this.stage = socket == null ? Stage.POLLING : Stage.WEBSOCKET;
    }

    void open(String id) {
        send(EnginePacket.open(id, socket == null, limits));
        heartbeat.beat();
    }

    void send(EnginePacket packet) {
        if (stage == Stage.CLOSED || isLeaving) {
            return;
        }
        if (waiting.offer(packet)) {
            flush();
        } else {
            end();
        }
    }

    void sendLast(EnginePacket packet) {
        if (stage != Stage.CLOSED && !isLeaving) {
            waiting.add(packet);
            flush();
        }
    }

    void poll(CompletableFuture<String> asked) {
        if (stage == Stage.WEBSOCKET || stage == Stage.CLOSED) {
            refuse(asked);
        } else if (poll != null) {
            refuse(asked);
            end();
        } else {
            poll = asked;
            flush();
            skipPollWhileProbed();
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very poll
    void abandon(CompletableFuture<String> asked) {
        if (asked == poll) {
            end();
        }
    }

    boolean beginPost() {
        boolean mayPost = stage == Stage.POLLING || stage == Stage.PROBED;
        boolean isTaken = mayPost && !isPosting;
        if (mayPost && isPosting) {
            end();
        }
        isPosting |= mayPost;
        return isTaken;
    }

    void endPost(List<EnginePacket> packets) {
        isPosting = false;
        packets.forEach(this::receive);
    }

    boolean attach(Outlet outlet) {
        if (stage == Stage.POLLING && candidate == null) {
            candidate = outlet;
            upgrade = alarms.after(limits.upgradeTimeout(), () -> detach(outlet));
        }
        return outlet.equals(candidate);
    }

    void receive(Outlet from, EnginePacket packet) {
        if (from.equals(socket)) {
            receive(packet);
        } else if (from.equals(candidate)) {
            probe(from, packet);
        }
    }

    void detach(Outlet outlet) {
        if (outlet.equals(socket)) {
            end();
        } else if (outlet.equals(candidate)) {
            dropCandidate(outlet);
        }
    }

    void close() {
        if (stage == Stage.CLOSED || stage == Stage.WEBSOCKET || poll != null) {
            end();
        } else if (!isLeaving) {
            isLeaving = true;
            heartbeat.endSoon();
        }
    }

    void drop(Goodbye why) {
        goodbye = why;
        end();
    }

    private void receive(EnginePacket packet) {
        if (stage == Stage.CLOSED || (isLeaving && packet.type() != EnginePacket.Type.CLOSE)) {
            return;
        }
        switch (packet.type()) {
            case MESSAGE -> effects.then(() -> listener.message(packet.data()));
            case PONG -> heartbeat.beat();
            case NOOP -> {}
            case CLOSE, OPEN, PING, UPGRADE -> end();
        }
    }

    private void probe(Outlet from, EnginePacket packet) {
        if (packet.type() == EnginePacket.Type.PING && packet.data().equals(EnginePacket.PROBE)) {
            stage = Stage.PROBED;
            EnginePacket pong = new EnginePacket(EnginePacket.Type.PONG, EnginePacket.PROBE);
            effects.then(() -> from.send(List.of(pong)));
            skipPollWhileProbed();
        } else if (packet.type() == EnginePacket.Type.UPGRADE && stage == Stage.PROBED) {
            upgrade.cancel();
            skipPollWhileProbed();
            socket = from;
            candidate = null;
            stage = Stage.WEBSOCKET;
            flush();
        } else {
            dropCandidate(from);
        }
    }

    private void dropCandidate(Outlet outlet) {
        upgrade.cancel();
        candidate = null;
        if (stage == Stage.PROBED) {
            stage = Stage.POLLING;
        }
        closeLater(outlet);
    }

    private void skipPollWhileProbed() {
        if (stage == Stage.PROBED && poll != null) {
            answer(poll, EnginePacket.NOOP.text());
        }
    }

    private void flush() {
        Outlet out = socket;
        boolean hasNothing = waiting.isEmpty() && !isLeaving;
        if (hasNothing || (out == null && poll == null)) {
            return;
        }
        if (out != null) {
            waiting.send(out, effects, this::end);
        } else if (poll != null) {
            List<EnginePacket> packets = waiting.drain();
            if (isLeaving) {
                packets.add(EnginePacket.CLOSE);
            }
            answer(poll, EnginePayload.join(packets));
        }
        if (isLeaving) {
            end();
        }
    }

    private void answer(CompletableFuture<String> asked, String payload) {
        poll = null;
        effects.then(() -> asked.complete(payload));
    }

    private void refuse(CompletableFuture<String> asked) {
        EngineError error =
                stage == Stage.CLOSED ? EngineError.SESSION_UNKNOWN : EngineError.BAD_REQUEST;
        effects.then(() -> asked.completeExceptionally(new EngineException(error)));
    }

    private void end() {
        if (stage == Stage.CLOSED) {
            return;
        }
        stage = Stage.CLOSED;
        heartbeat.stop();
        upgrade.cancel();
        if (poll != null) {
            answer(poll, EnginePacket.CLOSE.text());
        }
        closeLater(socket);
        closeLater(candidate);
        effects.then(listener::closed);
    }

    private void closeLater(@Nullable Outlet outlet) {
        Goodbye why = goodbye;
        if (outlet != null) {
            effects.then(() -> outlet.close(why));
        }
    }
}
