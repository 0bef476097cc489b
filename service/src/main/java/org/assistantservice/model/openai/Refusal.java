package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assistantservice.model.ModelException.Fault.PROTOCOL;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.assistantservice.model.openai.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/// An answer that is no stream, but tells in its body why. For one thread.
final class Refusal {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int OK = 200;

    private final int status;
    private final @Nullable Duration retryAfter;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

    private Refusal(int status, @Nullable Duration retryAfter) {
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /// The refusal that begins with this head, or null if a stream does.
    ///
    /// @throws AttemptFailedException if it is neither, whatever its body says
    static @Nullable Refusal of(ResponseHead head) throws AttemptFailedException {
        String type = head.header("Content-Type").toLowerCase(Locale.ROOT);
        boolean isJson =
                type.contains("json") && !type.contains("stream") && !type.contains("ndjson");
        if (head.status() != OK || isJson) {
            return new Refusal(head.status(), RetryAfter.of(head, Clock.systemUTC()));
        }
        if (type.contains("html") || type.contains("xml")) {
            throw AttemptFailedException.last(
                    PROTOCOL, "The model endpoint answered with %s, not a stream".formatted(type));
        }
        String encoding = head.header("Content-Encoding");
        if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "The model endpoint answered with encoding '%s', which was not asked for"
                            .formatted(encoding));
        }
        return null;
    }

    /// Takes the next bytes of the body.
    ///
    /// @return whether more are wanted
    boolean read(byte[] bytes, int from, int length) {
        beginning.write(bytes, from, Math.min(length, MAX_BYTES - beginning.size()));
        return beginning.size() < MAX_BYTES;
    }

    /// What has been said.
    AttemptFailedException failure() {
        String body = beginning.toString(UTF_8);
        return status == OK
                ? UpstreamErrors.insteadOfStream(body)
                : UpstreamErrors.ofStatus(status, body, retryAfter);
    }
}
