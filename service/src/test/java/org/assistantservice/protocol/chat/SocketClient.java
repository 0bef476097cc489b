package org.assistantservice.protocol.chat;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A WebSocket that keeps what it receives.
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final AtomicInteger pings = new AtomicInteger();
    private @Nullable WebSocket socket;

    static SocketClient connect(ChatServer server, String... headers) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = server.client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/ws/chat");
        client.socket = builder.buildAsync(uri, client).join();
        return client;
    }

    void send(String text) {
        socket().sendText(text, true).join();
    }

    void chat(String thread, String message) {
        send(ChatServer.body(thread, message));
    }

    WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    String text() throws InterruptedException {
        return Objects.requireNonNull(
                received.poll(10, TimeUnit.SECONDS), "Nothing came within 10 s");
    }

    JsonNode next() throws InterruptedException {
        return JsonMapper.shared().readTree(text());
    }

    /// Events until one with this name, that one included.
    List<String> until(String event) throws InterruptedException {
        List<String> events = new ArrayList<>();
        while (events.isEmpty() || !events.getLast().equals(event)) {
            events.add(next().get("event").stringValue());
        }
        return events;
    }

    boolean hasMore() {
        return !received.isEmpty();
    }

    int closeCode() throws Exception {
        return closed.get(10, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket().abort();
    }
}
