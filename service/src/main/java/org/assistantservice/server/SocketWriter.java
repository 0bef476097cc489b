package org.assistantservice.server;

import io.micronaut.http.MediaType;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to one WebSocket without ever waiting for it: what the client has not taken yet is
/// bounded. On a closed socket nothing happens. Thread-safe; messages go out in the order of the
/// calls.
public final class SocketWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWriter.class);
    private static final byte[] NO_CONTENT = {};

    private final WebSocketSession session;
    private final int capacity;
    private final AtomicInteger waitingBytes = new AtomicInteger();

    /// @param capacity bytes that may wait
    public SocketWriter(WebSocketSession session, int capacity) {
        this.session = session;
        this.capacity = capacity;
    }

    /// Sends one text message: the bytes from `start` to before `end`, which must not change any
    /// more.
    ///
    /// @return false if too much is waiting; then nothing was sent
    public boolean send(byte[] ascii, int start, int end) {
        int waiting = waitingBytes.get();
        if (waiting > 0 && waiting + end - start > capacity) {
            return false;
        }
        write(ascii, start, end);
        return true;
    }

    /// Sends a short message however much is waiting.
    public void sendAnyway(byte[] ascii) {
        write(ascii, 0, ascii.length);
    }

    public void ping() {
        try {
            CompletableFuture<?> _ = session.sendPingAsync(NO_CONTENT);
        } catch (WebSocketSessionException e) {
            LOG.debug("No ping on a closed socket", e);
        }
    }

    /// Closes with a code of RFC 6455, e.g. 1001. Idempotent.
    public void close(int code, String reason) {
        session.close(new CloseReason(code, reason));
    }

    private void write(byte[] ascii, int start, int end) {
        int size = end - start;
        waitingBytes.addAndGet(size);
        try {
            CompletableFuture<?> _ =
                    session.sendAsync(
                                    new TextWebSocketFrame(
                                            Unpooled.wrappedBuffer(ascii, start, size)),
                                    MediaType.TEXT_PLAIN_TYPE)
                            .whenComplete((_, _) -> waitingBytes.addAndGet(-size));
        } catch (WebSocketSessionException e) {
            waitingBytes.addAndGet(-size);
            LOG.debug("Nothing is sent on a closed socket", e);
        }
    }
}
