package org.assistantservice.protocol.jellychat;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.assistantservice.server.RequestBody;
import org.assistantservice.server.StrictJson;
import tools.jackson.databind.JsonNode;

/// Reads bodies that must be one JSON object and say so. Blocks; thread-safe.
@Singleton
final class JellyBody {
    private final RequestBody bodies;

    JellyBody(RequestBody bodies) {
        this.bodies = bodies;
    }

    JsonNode object(HttpRequest<?> request) throws NotJsonException, InterruptedException {
        byte[] body = bodies.read(request);
        JsonNode root;
        try {
            root = StrictJson.parse(body);
        } catch (StrictJson.Malformed e) {
            throw new NotJsonException(e);
        }
        if (!root.isObject() || !saysJson(request)) {
            throw new NotJsonException(null);
        }
        return root;
    }

    private static boolean saysJson(HttpRequest<?> request) {
        return request.getContentType()
                .map(type -> type.getName().toLowerCase(Locale.ROOT))
                .filter(type -> type.equals("application/json") || type.endsWith("+json"))
                .isPresent();
    }

    /// The body is no JSON object, or its content type is another one.
    static final class NotJsonException extends Exception {
        private static final long serialVersionUID = 1;
        private static final String TEXT = "Request should be in JSON format";

        NotJsonException(@org.jspecify.annotations.Nullable Exception cause) {
            super(TEXT, cause);
        }

        String text() {
            return TEXT;
        }
    }
}
