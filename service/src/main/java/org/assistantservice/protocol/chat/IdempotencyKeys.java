package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.server.Problem;
import org.jspecify.annotations.Nullable;

/// How a repeated request is told from a new one: by the header `Idempotency-Key`, or else by the
/// message's `client_message_id`.
final class IdempotencyKeys {
    private static final Pattern FORM = Pattern.compile("[ -~]{1,255}");

    private IdempotencyKeys() {}

    static boolean isKey(String text) {
        return FORM.matcher(text).matches();
    }

    /// The request's key with a digest of its method, path and body, or null without any.
    ///
    /// @throws org.assistantservice.server.ProblemException 400 if the header is no key
    static @Nullable Idempotency of(HttpRequest<?> request, ChatMessage message, byte[] body) {
        String head = request.getMethodName() + " " + request.getPath();
        String key = request.getHeaders().get("Idempotency-Key");
        if (key == null) {
            return of(message, head, body);
        }
        if (!isKey(key)) {
            throw new Problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid_idempotency_key",
                            "Idempotency-Key must be 1 to 255 printable ASCII characters")
                    .toException();
        }
        return new Idempotency(key, digest(head, body));
    }

    /// The message's own key with a digest of its frame, or null without one.
    static @Nullable Idempotency ofFrame(ChatMessage message, String frame) {
        return of(message, "WS /ws/chat", frame.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Idempotency of(ChatMessage message, String head, byte[] body) {
        String id = message.clientMessageId();
        return id == null
                ? null
                : new Idempotency("cmid:" + message.threadId() + ":" + id, digest(head, body));
    }

    private static String digest(String head, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((head + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
