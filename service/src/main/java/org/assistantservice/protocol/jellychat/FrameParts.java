package org.assistantservice.protocol.jellychat;

import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assistantservice.protocol.jellychat.engineio.Alarms;
import org.assistantservice.protocol.jellychat.engineio.EngineLimits;
import org.assistantservice.server.Timers.Timer;
import org.jspecify.annotations.Nullable;

/// Puts the frames of one WebSocket together to texts, and holds no memory between two of them. For
/// one thread.
final class FrameParts {
    private static final int UNSUPPORTED = 1003;
    private static final int NOT_UTF8 = 1007;
    private static final int TOO_LARGE = 1009;

    private final Alarms alarms;
    private final Duration patience;
    private final Runnable onLate;
    private @Nullable ByteArrayOutputStream parts;
    private Timer late = Timer.NONE;

    /// @param patience how long a text in several frames may take
    /// @param onLate called, by any thread, if it takes longer
    FrameParts(Alarms alarms, Duration patience, Runnable onLate) {
        this.alarms = alarms;
        this.patience = patience;
        this.onLate = onLate;
    }

    /// Takes the next frame.
    ///
    /// @return the text that it ends, or null
    /// @throws RefusedException if the WebSocket is to be closed for it
    @Nullable String add(WebSocketFrame frame) throws RefusedException {
        if (frame instanceof BinaryWebSocketFrame) {
            throw new RefusedException(UNSUPPORTED, "Only text is supported");
        }
        ByteArrayOutputStream before = parts;
        int size = frame.content().readableBytes();
        if ((before == null ? 0 : before.size()) + size > EngineLimits.MAX_PAYLOAD) {
            throw new RefusedException(TOO_LARGE, "Message is too large");
        }
        byte[] part = new byte[size];
        frame.content().readBytes(part);
        if (before == null && frame.isFinalFragment()) {
            return decoded(part);
        }
        ByteArrayOutputStream all = before == null ? begun() : before;
        all.write(part, 0, size);
        if (!frame.isFinalFragment()) {
            return null;
        }
        close();
        return decoded(all.toByteArray());
    }

    /// Whether a text has begun and is not whole yet.
    boolean isHolding() {
        return parts != null;
    }

    /// Forgets what has come.
    void close() {
        late.cancel();
        parts = null;
    }

    private ByteArrayOutputStream begun() {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        parts = begun;
        late = alarms.after(patience, onLate);
        return begun;
    }

    private static String decoded(byte[] utf8) throws RefusedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(NOT_UTF8, "Message is not UTF-8", e);
        }
    }

    /// Why a WebSocket is closed.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final int code;
        private final String reason;

        RefusedException(int code, String reason) {
            this(code, reason, null);
        }

        RefusedException(int code, String reason, @Nullable Exception cause) {
            super(reason, cause);
            this.code = code;
            this.reason = reason;
        }

        /// Of RFC 6455.
        int code() {
            return code;
        }

        String reason() {
            return reason;
        }
    }
}
