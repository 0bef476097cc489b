package org.assistantservice.protocol.jellychat.engineio;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One client's session, whatever transport it is on. It begins on long-polling or on a WebSocket,
/// and ends once, by either side, by a missed heartbeat, or by a client that breaks a rule. What
/// happens to it is [SessionState]'s; here is what may be called by whom. Thread-safe; nothing here
/// blocks.
public final class EngineSession {
    private final Effects effects = new Effects();
    private final String id;
    private final SessionState state;

    /// @param socket what the session begins on, or null for long-polling
    EngineSession(
            String id, EngineLimits limits, Alarms alarms, @Nullable Outlet socket, Opened opened) {
        this.id = id;
        Alarms changing = (delay, change) -> alarms.after(delay, () -> effects.change(change));
        this.state = new SessionState(limits, changing, effects, socket, opened.by(this));
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

        /// Sends packets, however slow the client is.
        void sendAnyway(List<EnginePacket> packets);

        /// Idempotent.
        void close(Goodbye why);
    }

    /// Why a session is over.
    public enum Goodbye {
        NORMAL,
        TOO_MANY_ERRORS
    }

    public String id() {
        return id;
    }

    /// Greets the client and begins the heartbeat.
    void open() {
        effects.change(() -> state.open(id));
    }

    /// Sends a message, or ends the session if too much waits for the client; nothing happens once
    /// it is closed.
    public void send(String data) {
        effects.change(() -> state.send(EnginePacket.message(data)));
    }

    /// Sends a message however much waits for the client: one that ends an answer.
    public void sendLast(String data) {
        effects.change(() -> state.sendLast(EnginePacket.message(data)));
    }

    /// A client's GET: completed as soon as packets are there, joined as [EnginePayload] says;
    /// exceptionally with an [EngineException]. A second one at a time closes the session.
    public CompletableFuture<String> poll() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        effects.change(() -> state.poll(asked));
        return asked;
    }

    /// The client has left a poll that was not answered.
    public void abandon(CompletableFuture<String> asked) {
        effects.change(() -> state.abandon(asked));
    }

    /// A client's POST begins. A second one at a time closes the session.
    ///
    /// @throws EngineException `BAD_REQUEST` if it may not
    public void beginPost() throws EngineException {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        effects.change(() -> taken.complete(state.beginPost()));
        if (!taken.join()) {
            throw new EngineException(EngineError.BAD_REQUEST);
        }
    }

    /// The POST is over.
    ///
    /// @param packets none if it was not understood
    public void endPost(List<EnginePacket> packets) {
        effects.change(() -> state.endPost(packets));
    }

    /// Lets a WebSocket try to take over from long-polling.
    ///
    /// @return whether it may
    public boolean attach(Outlet outlet) {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        effects.change(() -> taken.complete(state.attach(outlet)));
        return taken.join();
    }

    /// A packet that came on a WebSocket.
    public void receive(Outlet from, EnginePacket packet) {
        effects.change(() -> state.receive(from, packet));
    }

    /// A WebSocket is gone, or has sent what is no packet.
    public void detach(Outlet outlet) {
        effects.change(() -> state.detach(outlet));
    }

    /// Ends it and tells the client, after all that was sent before. A client that has to ask gets
    /// one more poll for it, within the time of a pong. Idempotent.
    public void close() {
        effects.change(state::close);
    }

    /// Ends it at once; what was sent and not asked for yet is lost. Idempotent.
    public void drop(Goodbye why) {
        effects.change(() -> state.drop(why));
    }
}
