package org.assistantservice.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of WebSocket `/chat`, or another, that writes and reads the frames of RFC 6455 itself,
/// byte for byte. It answers pings, and keeps the text frames of each chat in order.
final class ChatSocketClient implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int PATIENCE_SECONDS = 30;

    private final Socket socket;
    private final DataInputStream in;
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final String head;

    /// @param headers of the upgrade, each `Name: value`
    ChatSocketClient(ServiceProcess service, String... headers) throws IOException {
        this(service, "/chat", List.of(headers));
    }

    /// A client of another WebSocket.
    ChatSocketClient(ServiceProcess service, String path, List<String> headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        StringBuilder request =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:")
                        .append(service.port())
                        .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
                        .append("Sec-WebSocket-Version: 13\r\n")
                        .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        head = readHead();
        if (head.startsWith("HTTP/1.1 101 ")) {
            Thread.ofVirtual().start(this::readFrames);
        }
    }

    /// Status line and headers of the answer to the upgrade.
    String head() {
        return head;
    }

    static String message(String chatId, String text) {
        return JSON.writeValueAsString(Map.of("message", text, "chatId", chatId));
    }

    ChatSocketClient say(String chatId, String text) throws IOException {
        return send(message(chatId, text));
    }

    ChatSocketClient send(String text) throws IOException {
        return send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    ChatSocketClient send(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < SHORT_LENGTH) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (MASKED | SHORT_LENGTH)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LONG_LENGTH)).putLong(payload.length);
        }
        // A mask of zeros leaves the payload as it is.
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        write(bytes);
        return this;
    }

    /// The next frame; fails if none comes in time.
    JsonNode next() throws InterruptedException {
        return JSON.readTree(nextText());
    }

    /// The next frame as it came.
    String nextText() throws InterruptedException {
        String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new IllegalStateException("No frame came");
        }
        return frame;
    }

    /// The frames up to and with the next `done` frame.
    List<JsonNode> turn() throws InterruptedException {
        List<JsonNode> turn = new ArrayList<>();
        do {
            turn.add(next());
        } while (!tag(turn.getLast()).equals("done"));
        return turn;
    }

    /// Says something and returns its turn.
    List<JsonNode> ask(String chatId, String text) throws IOException, InterruptedException {
        return say(chatId, text).turn();
    }

    /// A frame that is there already, or null.
    @Nullable JsonNode poll() {
        String frame = frames.poll();
        return frame == null ? null : JSON.readTree(frame);
    }

    int pings() {
        return pings.get();
    }

    /// The code of the server's close frame.
    int closeCode() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static String tag(JsonNode frame) {
        return frame.path("tag").asString("");
    }

    /// The whole values that the pieces with a tag make up.
    static List<String> values(List<JsonNode> turn, String tag) {
        List<String> values = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (JsonNode frame : turn) {
            if (tag(frame).equals(tag)) {
                open.append(frame.get("chunk").asString());
                if (frame.get("done").asBoolean()) {
                    values.add(open.toString());
                    open.setLength(0);
                }
            }
        }
        return values;
    }

    /// Leaves without a word.
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.write(next);
            text = read.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }

    private void readFrames() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0xf;
                byte[] payload = in.readNBytes(readLength());
                switch (opcode) {
                    case TEXT -> frames.add(new String(payload, StandardCharsets.UTF_8));
                    case PING -> {
                        pings.incrementAndGet();
                        send(PONG, payload);
                    }
                    case CLOSE -> closed.complete((int) ByteBuffer.wrap(payload).getShort());
                    default -> throw new IOException("Unexpected frame " + opcode);
                }
            }
        } catch (IOException e) {
            closed.completeExceptionally(e);
        }
    }

    private int readLength() throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case SHORT_LENGTH -> in.readUnsignedShort();
            case LONG_LENGTH -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }
}
