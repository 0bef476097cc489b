package org.assistantservice.blackbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A WebSocket client that keeps every frame in order.
final class WsClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private WsClient(URI uri) {
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(uri, new Listener())
                        .join();
    }

    static WsClient connect(ServiceProcess service) {
        return new WsClient(URI.create("ws://127.0.0.1:" + service.port() + "/ws/chat"));
    }

    WsClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    WsClient sendBinary(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /// The next frame; fails if none comes in time.
    JsonNode next() throws InterruptedException {
        JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new IllegalStateException("No frame came");
        }
        return frame;
    }

    /// The frames up to and with the first that fits.
    List<JsonNode> until(Predicate<JsonNode> fits) throws InterruptedException {
        List<JsonNode> read = new ArrayList<>();
        JsonNode frame;
        do {
            frame = next();
            read.add(frame);
        } while (!fits.test(frame));
        return read;
    }

    /// The frames of one turn: up to `metadata`, a failed run or an error.
    List<JsonNode> turn() throws InterruptedException {
        return until(
                frame -> List.of("metadata", "thread.run.failed", "error").contains(event(frame)));
    }

    /// A frame that is there already, or null.
    @Nullable JsonNode poll() {
        return frames.poll();
    }

    /// The code of the server's close frame.
    int closeCode() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !closed.isDone() && !socket.isInputClosed();
    }

    static String event(JsonNode frame) {
        return frame.path("event").asString("");
    }

    static List<String> events(List<JsonNode> frames) {
        return frames.stream().map(WsClient::event).toList();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(JSON.readTree(partial.toString()));
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(
                WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
