package org.assistantservice.blackbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The protocols that answer with an event stream. Its end is the end of the body, so that nothing
/// can follow unseen.
final class EndsOfStreams {
    private EndsOfStreams() {}

    /// POST `/chat` as an event stream.
    record ChatStream(ServiceProcess service, Map<String, String> threads) implements EndsProtocol {
        ChatStream(ServiceProcess service) {
            this(service, new ConcurrentHashMap<>());
        }

        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException, InterruptedException {
            if (!threads.containsKey(conversation)) {
                threads.put(conversation, new ChatApi(service).newThread());
            }
            String body = ChatApi.message(threads.get(conversation), message);
            return new Stream(SseClient.post(service.uri("/chat"), body, sent(correlationId)));
        }

        @Override
        public String terminal() {
            return "(thread\\.run\\.(completed|failed)|error) .*";
        }

        @Override
        public List<String> last(WayToEnd end) {
            String error = "error .*\"error\":\"Run %s.*\"correlation_id\":\"" + ID + "\".*";
            return switch (end) {
                case COMPLETED, CLIENT_GONE ->
                        List.of(
                                "thread\\.run\\.completed .*",
                                "metadata .*\"correlation_id\":\"" + ID + "\".*");
                case FAILED, UPSTREAM_LOST ->
                        List.of("thread\\.run\\.failed .*error \\(correlation_id: " + ID + "\\).*");
                case CANCELLED ->
                        List.of("thread\\.run\\.cancelled .*", error.formatted("cancelled"));
                case EXPIRED -> List.of("thread\\.run\\.expired .*", error.formatted("expired"));
                case INCOMPLETE ->
                        List.of(
                                "thread\\.run\\.incomplete .*",
                                error.formatted("incomplete: max_completion_tokens"));
            };
        }

        @Override
        public String toString() {
            return "chat as SSE";
        }
    }

    /// POST `/openai/chat`.
    record Stateless(ServiceProcess service) implements EndsProtocol {
        @Override
        public Asked ask(String conversation, String message, String correlationId)
                throws IOException {
            return new Stream(
                    SseClient.post(
                            service.uri("/openai/chat"),
                            StatelessApi.body(message),
                            sent(correlationId)));
        }

        @Override
        public String terminal() {
            return " \\[DONE\\]";
        }

        @Override
        public List<String> last(WayToEnd end) {
            return switch (end) {
                case COMPLETED, CLIENT_GONE ->
                        List.of(
                                " .*\"context_update\".*\"content\": ?\"Half an answer\\.\".*",
                                " .*\"updated_context\".*\"content\": ?\"Half an answer\\.\".*",
                                " \\[DONE\\]");
                case FAILED, UPSTREAM_LOST -> failed("Model provider error");
                case CANCELLED -> failed("The answer was cancelled");
                case EXPIRED -> failed("The answer took too long");
                case INCOMPLETE -> failed("The answer was cut off: max_completion_tokens");
            };
        }

        private static List<String> failed(String error) {
            String unchanged = " .*\"%s\".*\"conversation_history\": ?\\[\\].*";
            return List.of(
                    " .*\"error\".*\"" + error + " \\(correlation_id: " + ID + "\\)\"}",
                    unchanged.formatted("context_update"),
                    unchanged.formatted("updated_context"),
                    " \\[DONE\\]");
        }

        @Override
        public String toString() {
            return "stateless";
        }
    }

    private static Map<String, String> sent(String correlationId) {
        return Map.of("X-Correlation-ID", correlationId);
    }

    private record Stream(SseClient client) implements EndsProtocol.Asked {
        @Override
        public EndsProtocol.Seen seen() throws IOException {
            List<String> frames =
                    client.readAll().stream().map(it -> it.event() + " " + it.data()).toList();
            return new EndsProtocol.Seen(client.header("X-Correlation-ID"), frames);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
