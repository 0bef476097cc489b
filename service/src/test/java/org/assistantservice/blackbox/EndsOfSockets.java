package org.assistantservice.blackbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/// The protocols over WebSockets. The socket outlives the turn: a message that is refused at once
/// is sent after it, and what comes before its answer belongs to the turn.
final class EndsOfSockets {
    private static final JsonMapper JSON = JsonMapper.shared();

    private EndsOfSockets() {}

    /// WebSocket `/ws/chat`.
    record ChatSocket(ServiceProcess service, Map<String, String> threads) implements EndsProtocol {
        ChatSocket(ServiceProcess service) {
            this(service, new ConcurrentHashMap<>());
        }

        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException, InterruptedException {
            if (!threads.containsKey(conversation)) {
                threads.put(conversation, new ChatApi(service).newThread());
            }
            ChatSocketClient socket = connect(service, "/ws/chat", correlationId);
            socket.send(ChatApi.message(threads.get(conversation), message));
            return new Sent(socket, terminal(), "{}", ".*\"missing_fields\".*");
        }

        @Override
        public String terminal() {
            return ".*\"event\":\"(metadata|thread\\.run\\.failed|error)\".*";
        }

        @Override
        public List<String> last(WayToEnd end) {
            return switch (end) {
                case COMPLETED, CLIENT_GONE ->
                        List.of(
                                ".*\"event\":\"thread\\.run\\.completed\"}",
                                ".*\"correlation_id\":\"" + ID + "\".*\"event\":\"metadata\"}");
                case FAILED, UPSTREAM_LOST ->
                        List.of(
                                ".*error \\(correlation_id: "
                                        + ID
                                        + "\\).*\"event\":\"thread\\.run\\.failed\"}");
                case CANCELLED -> ended("cancelled", "");
                case EXPIRED -> ended("expired", "");
                case INCOMPLETE -> ended("incomplete", ": max_completion_tokens");
            };
        }

        private static List<String> ended(String how, String why) {
            return List.of(
                    ".*\"event\":\"thread\\.run\\.%s\"}".formatted(how),
                    "\\{\"event\":\"error\",\"error\":\"Run %s%s\",.*\"correlation_id\":\"%s\"}"
                            .formatted(how, why, ID));
        }

        @Override
        public String toString() {
            return "chat over WebSocket";
        }
    }

    /// WebSocket `/chat`. Turns are completed without their client.
    record Brainstorm(ServiceProcess service) implements EndsProtocol {
        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException {
            ChatSocketClient socket = connect(service, "/chat", correlationId);
            socket.say(conversation, message);
            return new Sent(
                    socket,
                    terminal(),
                    "{\"chatId\":\"after\"}",
                    ".*\"after\".*\"error\".*|.*\"error\".*\"after\".*");
        }

        @Override
        public String terminal() {
            return "\\{\"chatId\":\"[^\"]*\",\"tag\":\"done\"}";
        }

        @Override
        public List<String> last(WayToEnd end) {
            return switch (end) {
                case COMPLETED, CLIENT_GONE ->
                        List.of(".*\"tag\":\"message\",\"done\":true}", terminal());
                case FAILED, UPSTREAM_LOST -> failed("Model provider error");
                case CANCELLED -> failed("Run cancelled");
                case EXPIRED -> failed("Run expired");
                case INCOMPLETE -> failed("Run incomplete: max_completion_tokens");
            };
        }

        private List<String> failed(String error) {
            String said = "\"error\":\"%s \\(correlation_id: %s\\)\"".formatted(error, ID);
            return List.of("\\{\"tag\":\"error\"," + said + ",\"chatId\":\"[^\"]+\"}", terminal());
        }

        @Override
        public String statusWithoutClient() {
            return "completed";
        }

        @Override
        public String toString() {
            return "brainstorm";
        }
    }

    /// Socket.IO over a WebSocket. No frame carries the correlation id, the upgrade does.
    record JellySocketIo(ServiceProcess service) implements EndsProtocol {
        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException, InterruptedException {
            ChatSocketClient socket =
                    connect(service, "/socket.io/?EIO=4&transport=websocket", correlationId);
            socket.nextText();
            socket.send("40").nextText();
            var event = JSON.createArrayNode().add("user_message").add(conversation).add(message);
            socket.send("42" + JSON.writeValueAsString(event));
            return new Sent(
                    socket, terminal(), "42[\"user_message\"]", ".*'user_token' is required.*");
        }

        @Override
        public String terminal() {
            return "42\\[\"(final_message|error)\",.*";
        }

        @Override
        public List<String> last(WayToEnd end) {
            String message = "42\\[\"final_message\",\\{\"message\":\"%s\"}\\]";
            return switch (end) {
                case COMPLETED, CLIENT_GONE -> List.of(message.formatted("Half an answer\\."));
                case INCOMPLETE -> List.of(message.formatted("Half"));
                case FAILED, CANCELLED, EXPIRED, UPSTREAM_LOST ->
                        List.of(
                                "42\\[\"final_answer_token\",\\{\"token\":\"Yikes! .*\"}\\]",
                                message.formatted("Yikes! .*"));
            };
        }

        @Override
        public String toString() {
            return "jellychat over Socket.IO";
        }
    }

    private static ChatSocketClient connect(
            ServiceProcess service, String path, String correlationId) throws IOException {
        return new ChatSocketClient(service, path, List.of("X-Correlation-ID: " + correlationId));
    }

    /// @param end fits the frame that ends the turn
    /// @param after a message that is refused with a frame that fits `refusal`
    private record Sent(ChatSocketClient socket, String end, String after, String refusal)
            implements EndsProtocol.Asked {
        @Override
        public EndsProtocol.Seen seen() throws IOException, InterruptedException {
            List<String> frames = new ArrayList<>();
            do {
                frames.add(socket.nextText());
            } while (!frames.getLast().matches(end));
            socket.send(after);
            for (String next = socket.nextText();
                    !next.matches(refusal);
                    next = socket.nextText()) {
                frames.add(next);
            }
            return new EndsProtocol.Seen(correlationId(socket.head()), frames);
        }

        private static String correlationId(String head) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, "X-Correlation-ID:", 0, 17))
                    .map(line -> line.substring(17).strip())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
