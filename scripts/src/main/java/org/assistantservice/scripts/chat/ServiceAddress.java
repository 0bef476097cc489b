package org.assistantservice.scripts.chat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a service listens: the same host and port for HTTP and for WebSockets.
///
/// @param base `http` or `https`, without a slash at the end
record ServiceAddress(URI base) {
    /// Reads `http://…`, `https://…`, `ws://…` or `wss://…`.
    ///
    /// @throws IllegalArgumentException if it is none of them; the message is for the user
    static ServiceAddress parse(String text) {
        try {
            URI uri = new URI(text.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String http =
                    switch (scheme) {
                        case "http", "ws" -> "http";
                        case "https", "wss" -> "https";
                        default -> "";
                    };
            if (http.isEmpty() || uri.getHost() == null) {
                throw refusal(text);
            }
            String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
            return new ServiceAddress(
                    new URI(http, null, uri.getHost(), uri.getPort(), path, null, null));
        } catch (URISyntaxException e) {
            throw refusal(text);
        }
    }

    URI http(String pathAndQuery) {
        return URI.create(base + pathAndQuery);
    }

    URI webSocket(String path) {
        return URI.create("ws" + base.toString().substring("http".length()) + path);
    }

    private static IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException(
                "--base-url must be like http://localhost:8000 or ws://localhost:8000 but was '%s'"
                        .formatted(text));
    }
}
