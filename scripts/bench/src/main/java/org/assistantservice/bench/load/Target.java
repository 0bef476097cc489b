package org.assistantservice.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.assistantservice.bench.chat.Chat;

/// A server to be asked, on the loopback address.
///
/// @param port where it listens
/// @param api how it is asked
/// @param thread the thread to chat on, or `new`; for events the run
public record Target(int port, Api api, String thread) {
    /// How a server is asked for a streamed answer.
    public enum Api {
        /// POST `/chat` with server-sent events, as the service does it.
        CHAT,
        /// The same chat over the WebSocket `/ws/chat`.
        SOCKET,
        /// GET `/runs/{id}/events`: one more reader of a run.
        EVENTS,
        /// POST `/runs/{id}/cancel`.
        CANCEL,
        /// POST `/v1/chat/completions`: the model itself, or a proxy before it.
        COMPLETIONS
    }

    public static Target of(int port, Api api) {
        return new Target(port, api, "new");
    }

    public Target on(String otherThread) {
        return new Target(port, api, otherThread);
    }

    /// As one more reader of a run.
    Target watching(String run) {
        return new Target(port, Api.EVENTS, run);
    }

    /// As somebody who cancels a run.
    Target cancelling(String run) {
        return new Target(port, Api.CANCEL, run);
    }

    /// The bytes of a request, headers included; for a socket the text of a frame.
    byte[] request(Chat chat) {
        return switch (api) {
            case CHAT -> post("/chat", "text/event-stream", frame(chat));
            case EVENTS ->
                    "GET /runs/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                            .formatted(thread)
                            .getBytes(US_ASCII);
            case CANCEL -> post("/runs/%s/cancel".formatted(thread), "application/json", "{}");
            case SOCKET -> frame(chat).getBytes(US_ASCII);
            case COMPLETIONS -> post("/v1/chat/completions", "*/*", completion(chat));
        };
    }

    private String frame(Chat chat) {
        return "{\"thread_id\":\"%s\",\"message\":\"%s\"}".formatted(thread, chat.message());
    }

    private static String completion(Chat chat) {
        return """
        {"model":"scripted","stream":true,"stream_options":{"include_usage":true},\
        "messages":[{"role":"user","content":"%s"}]}\
        """
                .formatted(chat.message());
    }

    private static byte[] post(String path, String accept, String body) {
        return """
        POST %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Accept: %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
                .formatted(path, accept, body.length(), body)
                .getBytes(US_ASCII);
    }
}
