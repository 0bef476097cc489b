package org.assistantservice.protocol.chat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunReader;

/// Writes one turn's events to its socket. Exactly one call tells the turn's end. A client that is
/// too slow loses the rest of the turn, not its socket.
final class SocketTurn implements RunReader {
    private final CorrelationId correlationId;
    private final Listener listener;
    private final AtomicBoolean isOver = new AtomicBoolean();

    SocketTurn(CorrelationId correlationId, Listener listener) {
        this.correlationId = correlationId;
        this.listener = listener;
    }

    @Override
    public void onEvents(EventBatch batch) {
        if (!isOver.get() && !listener.send(batch.encoded(SocketFormat.ENCODER))) {
            fail();
        }
    }

    @Override
    public void onEnd(End end) {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        switch (end) {
            case RUN_OVER -> listener.ended();
            case SERVICE_STOPPING -> listener.stopping(SocketError.ofService(correlationId));
            case INTERRUPTED -> listener.failed(SocketError.ofService(correlationId));
        }
    }

    private void fail() {
        if (isOver.compareAndSet(false, true)) {
            listener.failed(SocketError.notSent(correlationId));
        }
    }

    /// Hears of the turn. Must not block.
    interface Listener {
        /// Sends messages.
        ///
        /// @param lines a line feed follows each message
        /// @return false if the client is too slow
        boolean send(byte[] lines);

        void ended();

        void failed(SocketError error);

        /// The service stops; the run goes on.
        void stopping(SocketError error);
    }
}
