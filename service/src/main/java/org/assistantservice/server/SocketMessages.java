package org.assistantservice.server;

import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Puts the frames of one socket together to messages, and holds no memory between two of them. For
/// one thread.
final class SocketMessages {
    private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

    /// Takes the next frame, and says what has become of the message.
    Received add(WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            return new Binary();
        }
        int size = frame.content().readableBytes();
        if (parts.size() + size > SocketLimits.MAX_MESSAGE_BYTES) {
            parts = new ByteArrayOutputStream(0);
            return new TooLarge();
        }
        byte[] part = new byte[size];
        frame.content().readBytes(part);
        if (parts.size() == 0 && frame.isFinalFragment()) {
            return decoded(part);
        }
        parts.write(part, 0, size);
        if (!frame.isFinalFragment()) {
            return new Unfinished();
        }
        byte[] whole = parts.toByteArray();
        parts = new ByteArrayOutputStream(0);
        return decoded(whole);
    }

    private static Received decoded(byte[] utf8) {
        try {
            return new Text(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            return new NotUtf8();
        }
    }

    sealed interface Received {}

    record Text(String text) implements Received {}

    record Unfinished() implements Received {}

    record Binary() implements Received {}

    record TooLarge() implements Received {}

    record NotUtf8() implements Received {}
}
