package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.assistantservice.scripts.chat.ScriptedService.Connection;
import org.assistantservice.scripts.chat.ScriptedService.Reply;

/// The service's side of a WebSocket, frame by frame.
final class ScriptedSocket {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;

    private final Connection connection;

    private ScriptedSocket(Connection connection) {
        this.connection = connection;
    }

    /// Upgrades the request, runs the script and closes the connection.
    static Reply socket(Script script) {
        return (request, connection) -> {
            String key = request.headers().getOrDefault("sec-websocket-key", "");
            connection.send(
                    "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(accept(key)));
            script.play(new ScriptedSocket(connection));
        };
    }

    /// Waits for the next text of the client.
    String receive() throws IOException {
        var in = new DataInputStream(connection.in());
        while (true) {
            int kind = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            length = length == 126 ? in.readUnsignedShort() : length;
            byte[] mask = in.readNBytes(4);
            byte[] bytes = in.readNBytes(length);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= mask[i % 4];
            }
            if (kind == TEXT) {
                return new String(bytes, UTF_8);
            }
        }
    }

    ScriptedSocket send(String... texts) {
        for (String text : texts) {
            frame(TEXT, text.getBytes(UTF_8));
        }
        return this;
    }

    void ping() {
        frame(PING, new byte[] {1});
    }

    /// Waits until the client leaves: an end without a Close frame may overtake the texts before
    /// it.
    void awaitEnd() throws IOException {
        connection.awaitEnd();
    }

    void close() {
        frame(CLOSE, new byte[] {3, (byte) 0xe8});
    }

    private void frame(int kind, byte[] bytes) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(kind);
        if (bytes.length < 126) {
            frame.write(bytes.length);
        } else {
            frame.write(126);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.writeBytes(bytes);
        connection.send(frame.toByteArray());
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + MAGIC).getBytes(ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    interface Script {
        void play(ScriptedSocket socket) throws IOException, InterruptedException;
    }
}
