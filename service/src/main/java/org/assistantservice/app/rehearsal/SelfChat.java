package org.assistantservice.app.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Talks to the service in this process as a client would, over a plain socket: a client library
/// would load classes that the service itself never needs. Not thread-safe.
public final class SelfChat {
    private static final int OPCODE = 0x0F;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 8;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final int port;
    private final int timeoutMillis;

    /// @param timeoutMillis how long each answer may keep silent
    public SelfChat(int port, int timeoutMillis) {
        this.port = port;
        this.timeoutMillis = timeoutMillis;
    }

    /// The whole answer to a GET, with its head.
    ///
    /// @throws IOException also if its status is not 200
    public String get(String path) throws IOException {
        return request(
                "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
    }

    /// The whole answer to a message in a new thread, with its head.
    ///
    /// @param accept `application/json` or `text/event-stream`
    /// @throws IOException also if its status is not 200
    public String chat(String accept, String message) throws IOException {
        String body = body(message);
        return request(
                """
                POST /chat HTTP/1.1\r
                Host: localhost\r
                Accept: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Connection: close\r
                \r
                %s\
                """
                        .formatted(accept, body.getBytes(UTF_8).length, body));
    }

    /// Sends messages in new threads over one WebSocket connection, each after the answer to the
    /// one before.
    ///
    /// @param messages how often `message` is sent
    public void chatOverWebSocket(int messages, String message) throws IOException {
        try (Socket socket = connect()) {
            var in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            out.write(
                    """
                    GET /ws/chat HTTP/1.1\r
                    Host: localhost\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    \r
                    """
                            .getBytes(UTF_8));
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                // The head of the answer: without the upgrade, no frame follows.
            }
            for (int i = 0; i < messages; i++) {
                out.write(masked(body(message).getBytes(UTF_8)));
                String frame = frame(in);
                while (!frame.contains("\"metadata\"")) {
                    frame = frame(in);
                }
            }
        }
    }

    private static String body(String message) {
        return "{\"thread_id\":\"new\",\"message\":\"%s\"}".formatted(message);
    }

    private String request(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException(
                        "Unexpected answer: " + answer.lines().findFirst().orElse(""));
            }
            return answer;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(timeoutMillis);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
        return socket;
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.write(next);
        }
        return line.toString(UTF_8).strip();
    }

    /// A short text frame. A client's frames are masked; the mask of zeros changes nothing.
    private static byte[] masked(byte[] text) {
        if (text.length >= TWO_BYTES) {
            throw new IllegalArgumentException("Only short messages: " + text.length);
        }
        var frame = new ByteArrayOutputStream();
        frame.write(TEXT);
        frame.write(0x80 | text.length);
        frame.writeBytes(new byte[Integer.BYTES]);
        frame.writeBytes(text);
        return frame.toByteArray();
    }

    private static String frame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & OPCODE;
        int shortLength = in.readUnsignedByte() & LENGTH;
        int length =
                switch (shortLength) {
                    case TWO_BYTES -> in.readUnsignedShort();
                    case EIGHT_BYTES -> Math.toIntExact(in.readLong());
                    default -> shortLength;
                };
        byte[] payload = in.readNBytes(length);
        if (opcode == CLOSE || payload.length < length) {
            throw new EOFException("The connection ended before the answer");
        }
        return new String(payload, UTF_8);
    }
}
