package org.assistantservice.protocol.chat;

import java.time.Instant;
import java.util.function.Function;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.server.AsciiBuffer;

/// Frames as WebSocket text messages: compact JSON in ASCII, one line each.
final class SocketFormat {
    /// A batch's messages, each followed by a line feed. A constant, so that all readers share the
    /// result.
    static final Function<EventBatch, byte[]> ENCODER = SocketFormat::encode;

    private static final int SNAPSHOT = 2048;

    private SocketFormat() {}

    /// @param code for programs, e.g. `missing_fields`
    static byte[] error(String code, String text, CorrelationId correlationId, Instant at) {
        AsciiBuffer to = new AsciiBuffer(256);
        return error(to, code, text, correlationId, at).toBytes();
    }

    private static byte[] encode(EventBatch batch) {
        AsciiBuffer to = new AsciiBuffer(expectedSize(batch));
        for (SequencedEvent event : batch.events()) {
            if (event.event() instanceof MessageDelta delta) {
                DeltaJson.append(to, delta);
                to.raw("\n");
            } else {
                ChatFrames.of(event.event()).forEach(it -> append(to, it).raw("\n"));
            }
        }
        return to.toBytes();
    }

    /// Exact for deltas, so that what is made for every token is not copied once more.
    private static int expectedSize(EventBatch batch) {
        int size = 0;
        for (SequencedEvent event : batch.events()) {
            size +=
                    event.event() instanceof MessageDelta delta
                            ? DeltaJson.size(delta) + 1
                            : SNAPSHOT;
        }
        return size;
    }

    private static AsciiBuffer append(AsciiBuffer to, ChatFrame frame) {
        return switch (frame) {
            case ChatFrame.Event(var name, var json) -> envelope(to, name, json);
            case ChatFrame.Metadata(var json) -> envelope(to, "metadata", json);
            case ChatFrame.Failure(var reason, var text, var correlationId, var at) ->
                    error(to, reason.errorCode, text, correlationId, at);
        };
    }

    private static AsciiBuffer envelope(AsciiBuffer to, String name, String json) {
        return to.raw("{\"data\":").json(json).raw(",\"event\":\"").raw(name).raw("\"}");
    }

    private static AsciiBuffer error(
            AsciiBuffer to, String code, String text, CorrelationId correlationId, Instant at) {
        return to.raw("{\"event\":\"error\",\"error\":\"")
                .text(text)
                .raw("\",\"error_code\":\"")
                .raw(code)
                .raw("\",\"type\":\"")
                .raw(code)
                .raw("\",\"timestamp\":\"")
                .raw(JsonTimes.iso(at))
                .raw("\",\"correlation_id\":\"")
                .raw(correlationId.shortForm())
                .raw("\"}");
    }
}
