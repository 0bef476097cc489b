package org.assistantservice.protocol.jellychat.engineio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assistantservice.server.Timers.Timer;
import org.jspecify.annotations.Nullable;

/// One client's session, whatever transport it is on: what waits for the client, who may ask for it
/// now, the heartbeat, and the upgrade. It begins on long-polling or on a WebSocket, and ends once,
/// by either side, by a missed heartbeat, or by a client that breaks a rule. Thread-safe; nothing
/// here blocks.
public final class EngineSession {
    private enum Stage {
        POLLING,
        /// A WebSocket has answered the probe: polls are answered at once until the client moves.
        PROBED,
        WEBSOCKET,
        CLOSED
    }

    private final Effects effects = new Effects();
    private final String id;
    private final EngineLimits limits;
    private final Alarms alarms;
    private final OutQueue waiting;
    private final Listener listener;

    private Stage stage;
    private boolean isPosting;
    private @Nullable CompletableFuture<String> poll;
    private @Nullable Outlet socket;
    private @Nullable Outlet candidate;
    private Timer heartbeat = Timer.NONE;
    private Timer upgrade = Timer.NONE;

    /// @param socket what the session begins on, or null for long-polling
    EngineSession(
            String id, EngineLimits limits, Alarms alarms, @Nullable Outlet socket, Opened opened) {
        this.id = id;
        this.limits = limits;
        this.alarms = alarms;
        this.socket = socket;
        this.waiting = new OutQueue(limits);
        this.stage = socket == null ? Stage.POLLING : Stage.WEBSOCKET;
        this.listener = opened.by(this);
    }

    /// Hears of a session, one call at a time. Must not block.
    public interface Listener {
        void message(String data);

        /// Once, last.
        void closed();
    }

    /// Makes the listener of a session that is not open yet.
    @FunctionalInterface
    public interface Opened {
        Listener by(EngineSession session);
    }

    /// A WebSocket's way to its client. Must not block.
    public interface Outlet {
        /// Sends packets; false if the client is too slow.
        boolean send(List<EnginePacket> packets);

        /// Idempotent.
        void close();
    }

    public String id() {
        return id;
    }

    /// Greets the client and begins the heartbeat.
    void open() {
        effects.change(() -> {
            enqueue(new EnginePacket(EnginePacket.Type.OPEN, greeting()));
            beatLater();
        });
    }

    private String greeting() {
        return """
        {"sid":"%s","upgrades":[%s],"pingInterval":%d,"pingTimeout":%d,"maxPayload":%d}\
        """
                .formatted(
                        id,
                        socket == null ? "\"websocket\"" : "",
                        limits.pingInterval().toMillis(),
                        limits.pingTimeout().toMillis(),
                        EngineLimits.MAX_PAYLOAD);
    }

    /// Sends a message; nothing happens once the session is closed.
    public void send(String data) {
        effects.change(() -> enqueue(EnginePacket.message(data)));
    }

    /// A client's GET: completed as soon as packets are there, joined as [EnginePayload] says;
    /// exceptionally with an [EngineException]. A second one at a time closes the session.
    public CompletableFuture<String> poll() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        effects.change(() -> {
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
        });
        return asked;
    }

    /// The client has left a poll that was not answered.
    @SuppressWarnings("ReferenceEquality") // this very poll
    public void abandon(CompletableFuture<String> asked) {
        effects.change(() -> {
            if (asked == poll) {
                end();
            }
        });
    }

    /// A client's POST begins. A second one at a time closes the session.
    ///
    /// @throws EngineException `BAD_REQUEST` if it may not
    public void beginPost() throws EngineException {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        effects.change(() -> {
            boolean mayPost = stage == Stage.POLLING || stage == Stage.PROBED;
            taken.complete(mayPost && !isPosting);
            if (mayPost && isPosting) {
                end();
            }
            isPosting |= mayPost;
        });
        if (!taken.join()) {
            throw new EngineException(EngineError.BAD_REQUEST);
        }
    }

    /// The POST is over.
    ///
    /// @param packets none if it was not understood
    public void endPost(List<EnginePacket> packets) {
        effects.change(() -> {
            isPosting = false;
            packets.forEach(this::receive);
        });
    }

    /// Lets a WebSocket try to take over from long-polling.
    ///
    /// @return whether it may
    public boolean attach(Outlet outlet) {
        effects.change(() -> {
            if (stage == Stage.POLLING && candidate == null) {
                candidate = outlet;
                upgrade = alarms.after(limits.upgradeTimeout(), () -> detach(outlet));
            }
        });
        return effects.isTrue(() -> outlet.equals(candidate));
    }

    /// A packet that came on a WebSocket.
    public void receive(Outlet from, EnginePacket packet) {
        effects.change(() -> {
            if (from.equals(socket)) {
                receive(packet);
            } else if (from.equals(candidate)) {
                probe(from, packet);
            }
        });
    }

    /// A WebSocket is gone, or has sent what is no packet.
    public void detach(Outlet outlet) {
        effects.change(() -> {
            if (outlet.equals(socket)) {
                end();
            } else if (outlet.equals(candidate)) {
                dropCandidate(outlet);
            }
        });
    }

    /// Idempotent. A poll that waits is told.
    public void close() {
        effects.change(this::end);
    }

    private void receive(EnginePacket packet) {
        if (stage == Stage.CLOSED) {
            return;
        }
        switch (packet.type()) {
            case MESSAGE -> effects.then(() -> listener.message(packet.data()));
            case PONG -> beatLater();
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
        effects.then(outlet::close);
    }

    private void skipPollWhileProbed() {
        if (stage == Stage.PROBED && poll != null) {
            answer(poll, EnginePacket.NOOP.text());
        }
    }

    private void enqueue(EnginePacket packet) {
        if (stage == Stage.CLOSED) {
            return;
        }
        if (waiting.offer(packet)) {
            flush();
        } else {
            end();
        }
    }

    private void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        Outlet out = socket;
        if (out != null) {
            List<EnginePacket> packets = waiting.drain();
            effects.then(() -> {
                if (!out.send(packets)) {
                    close();
                }
            });
        } else if (poll != null) {
            answer(poll, EnginePayload.join(waiting.drain()));
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

    private void beatLater() {
        beat(
                limits.pingInterval(),
                () -> {
                    enqueue(EnginePacket.PING);
                    beat(limits.pingTimeout(), this::end);
                });
    }

    private void beat(Duration delay, Runnable change) {
        heartbeat.cancel();
        heartbeat = alarms.after(delay, () -> effects.change(change));
    }

    private void end() {
        if (stage == Stage.CLOSED) {
            return;
        }
        stage = Stage.CLOSED;
        heartbeat.cancel();
        upgrade.cancel();
        if (poll != null) {
            answer(poll, EnginePacket.CLOSE.text());
        }
        closeLater(socket);
        closeLater(candidate);
        effects.then(listener::closed);
    }

    private void closeLater(@Nullable Outlet outlet) {
        if (outlet != null) {
            effects.then(outlet::close);
        }
    }
}
