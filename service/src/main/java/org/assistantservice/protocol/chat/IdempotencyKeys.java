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

/// Reads the header `Idempotency-Key`.
final class IdempotencyKeys {
    private static final Pattern FORM = Pattern.compile("[ -~]{1,255}");

    private IdempotencyKeys() {}

    /// The request's key with a digest of its method, path and body, or null without the header.
    ///
    /// @throws org.assistantservice.server.ProblemException 400 if the key is none
    static @Nullable Idempotency of(HttpRequest<?> request, byte[] body) {
        String key = request.getHeaders().get("Idempotency-Key");
        if (key == null) {
            return null;
        }
        if (!FORM.matcher(key).matches()) {
            throw new Problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid_idempotency_key",
                            "Idempotency-Key must be 1 to 255 printable ASCII characters")
                    .toException();
        }
        return new Idempotency(key, digest(request, body));
    }

    private static String digest(HttpRequest<?> request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String head = request.getMethodName() + " " + request.getPath() + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
