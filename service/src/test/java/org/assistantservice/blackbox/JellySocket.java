package org.assistantservice.blackbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
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

/// A client of Socket.IO that speaks raw packets over a WebSocket, and answers pings if told so.
final class JellySocket implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE_SECONDS = 30;
    private static final String OPEN = "/socket.io/?EIO=4&transport=websocket";

    private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private JellySocket(ServiceProcess service, String target, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket =
                builder.buildAsync(
                                URI.create("ws://127.0.0.1:" + service.port() + target),
                                new Listener())
                        .join();
    }

    /// A WebSocket without a packet sent or read.
    static JellySocket opened(ServiceProcess service, String... headers) {
        return new JellySocket(service, OPEN, headers);
    }

    /// A WebSocket for the upgrade of a session.
    static JellySocket upgrading(ServiceProcess service, String id) {
        return new JellySocket(service, OPEN + "&sid=" + id);
    }

    /// A WebSocket that is connected to the namespace.
    static JellySocket connected(ServiceProcess service, String... headers)
            throws InterruptedException {
        JellySocket socket = opened(service, headers);
        socket.next();
        socket.send("40");
        socket.next();
        return socket;
    }

    JellySocket send(String packet) {
        socket.sendText(packet, true).join();
        return this;
    }

    /// Sends `user_message` with these arguments.
    JellySocket ask(String... arguments) {
        var event = JSON.createArrayNode().add("user_message");
        List.of(arguments).forEach(event::add);
        return send("42" + JSON.writeValueAsString(event));
    }

    /// The next packet; fails if none comes in time.
    String next() throws InterruptedException {
        String packet = packets.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (packet == null) {
            throw new IllegalStateException("No packet came");
        }
        return packet;
    }

    /// A packet that is there already, or null.
    @Nullable String poll() {
        return packets.poll();
    }

    /// The packets up to and with the first that fits.
    List<String> until(Predicate<String> fits) throws InterruptedException {
        List<String> read = new ArrayList<>();
        String packet;
        do {
            packet = next();
            read.add(packet);
        } while (!fits.test(packet));
        return read;
    }

    /// The events of one turn: up to `final_message` or `error`.
    List<Event> turn() throws InterruptedException {
        return until(it -> it.startsWith("42[\"final_message\"") || it.startsWith("42[\"error\""))
                .stream()
                .filter(it -> it.startsWith("42"))
                .map(Event::of)
                .toList();
    }

    /// The code of the server's close frame.
    int closeCode() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /// An event with one field.
    record Event(String name, String value) {
        static Event of(String packet) {
            JsonNode event = JSON.readTree(packet.substring(2));
            JsonNode argument = event.get(1);
            if (event.size() != 2 || argument.size() != 1) {
                throw new IllegalStateException("Not an event with one field: " + packet);
            }
            String field = argument.propertyNames().iterator().next();
            return new Event(
                    event.get(0).stringValue() + "." + field, argument.get(field).stringValue());
        }

        static Event toolStart(String sentence) {
            return new Event("tool_start.tool_name", sentence);
        }

        static Event token(String text) {
            return new Event("final_answer_token.token", text);
        }

        static Event finalMessage(String text) {
            return new Event("final_message.message", text);
        }

        static Event error(String text) {
            return new Event("error.error", text);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                packets.add(partial.toString());
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
