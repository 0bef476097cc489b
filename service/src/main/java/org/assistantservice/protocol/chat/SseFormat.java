package org.assistantservice.protocol.chat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.server.AsciiBuffer;
import org.assistantservice.server.StreamContext;
import org.assistantservice.server.StreamFormat;

/// Frames as server-sent events: `id`, `event`, `data`, `retry`, in ASCII. An id is the run's
/// cursor; it stands on the last frame of an event only, so that a client never resumes between two
/// frames of one event. `retry` stands on a connection's first frame and on the one that ends a
/// stream early. Thread-safe.
@Singleton
final class SseFormat implements StreamFormat {
    private static final byte[] KEEP_ALIVE = AsciiBuffer.ascii(": keepalive\n\n");
    private static final byte[] ID = AsciiBuffer.ascii("id: ");
    private static final byte[] EVENT = AsciiBuffer.ascii("event: ");
    private static final byte[] DATA = AsciiBuffer.ascii("\ndata: ");
    private static final byte[] DELTA = AsciiBuffer.ascii("event: thread.message.delta\ndata: ");
    private static final byte[] OPEN = AsciiBuffer.ascii("{\"data\":");
    private static final byte[] NAME = AsciiBuffer.ascii(",\"event\":\"");
    private static final byte[] CLOSE = AsciiBuffer.ascii("\"}");
    private static final byte[] END = AsciiBuffer.ascii("\n\n");
    private static final int FRAME = 256;
    private static final int SNAPSHOT = 2048;

    private final Clock clock;
    private final byte[] retry;
    private final Function<EventBatch, byte[]> encoder = this::encode;

    SseFormat(ChatSettings settings, Clock clock) {
        this.clock = clock;
        this.retry = AsciiBuffer.ascii("\nretry: %d".formatted(settings.sseRetryInterval()));
    }

    @Override
    public Function<EventBatch, byte[]> encoder() {
        return encoder;
    }

    @Override
    public byte[] first(byte[] frames) {
        int end = endOfFrame(frames);
        byte[] first = Arrays.copyOf(frames, frames.length + retry.length);
        System.arraycopy(retry, 0, first, end, retry.length);
        System.arraycopy(frames, end, first, end + retry.length, frames.length - end);
        return first;
    }

    private static int endOfFrame(byte[] frames) {
        int end = 0;
        while (frames[end] != '\n' || frames[end + 1] != '\n') {
            end++;
        }
        return end;
    }

    @Override
    public byte[] keepAlive() {
        return KEEP_ALIVE;
    }

    @Override
    public byte[] ending(Ending ending, StreamContext context) {
        return switch (ending) {
            case TOO_LONG -> timeout(context);
            case TOO_SLOW ->
                    error(
                            "SlowReaderError",
                            "The stream was read too slowly; rejoin with Last-Event-ID",
                            context);
            case SERVICE_STOPPING ->
                    error(
                            "ServiceRestartingError",
                            "Service is restarting; rejoin with Last-Event-ID",
                            context);
            case INTERRUPTED ->
                    error(
                            "HTTPException",
                            "500: Internal server error (correlation_id: %s)"
                                    .formatted(context.correlationId().shortForm()),
                            context);
        };
    }

    /// The whole body for a client that has too many streams open.
    byte[] tooManyStreams(int most) {
        String data =
                """
                {"error":"Rate limit exceeded","error_type":"RateLimitError","max_connections":%d}\
                """
                        .formatted(most);
        return new AsciiBuffer(FRAME)
                .raw("id: rate_limit_error\nevent: error")
                .raw(DATA)
                .json(data)
                .raw(retry)
                .raw(END)
                .toBytes();
    }

    private byte[] encode(EventBatch batch) {
        AsciiBuffer to = new AsciiBuffer(expectedSize(batch));
        for (SequencedEvent event : batch.events()) {
            if (event.event() instanceof MessageDelta delta) {
                id(to, batch.runId(), event).raw(DELTA);
                DeltaJson.append(to, delta);
                to.raw(END);
            } else {
                append(to, batch.runId(), event);
            }
        }
        return to.toBytes();
    }

    private void append(AsciiBuffer to, RunId run, SequencedEvent event) {
        List<ChatFrame> frames = ChatFrames.of(event.event());
        int carrier = lastOfRun(frames);
        for (int i = 0; i < frames.size(); i++) {
            if (i == carrier) {
                id(to, run, event);
            }
            append(to, frames.get(i));
        }
    }

    private void append(AsciiBuffer to, ChatFrame frame) {
        switch (frame) {
            case ChatFrame.Event(var name, var json) ->
                    to.raw(EVENT)
                            .raw(name)
                            .raw(DATA)
                            .raw(OPEN)
                            .json(json)
                            .raw(NAME)
                            .raw(name)
                            .raw(CLOSE)
                            .raw(END);
            case ChatFrame.Metadata(var json) ->
                    to.raw(EVENT).raw("metadata").raw(DATA).json(json).raw(END);
            case ChatFrame.Failure(var reason, var text, var correlationId, var at) ->
                    error(to, reason.errorType, text, correlationId, at).raw(END);
        }
    }

    private byte[] error(String type, String text, StreamContext context) {
        AsciiBuffer to = new AsciiBuffer(FRAME);
        return error(to, type, text, context.correlationId(), clock.instant())
                .raw(retry)
                .raw(END)
                .toBytes();
    }

    private static AsciiBuffer error(
            AsciiBuffer to, String type, String text, CorrelationId correlationId, Instant at) {
        return to.raw("event: error\ndata: {\"error\":\"")
                .text(text)
                .raw("\",\"error_type\":\"")
                .raw(type)
                .raw("\",\"correlation_id\":\"")
                .raw(correlationId.shortForm())
                .raw("\",\"timestamp\":")
                .raw(JsonTimes.epochSeconds(at))
                .raw("}");
    }

    private byte[] timeout(StreamContext context) {
        String data =
                """
                {"error":"Connection timeout reached","error_type":"ConnectionTimeoutError",\
                "max_duration":%s,"timestamp":%s}\
                """
                        .formatted(
                                context.longest().toMillis() / 1000.0,
                                JsonTimes.epochSeconds(clock.instant()));
        return new AsciiBuffer(FRAME)
                .raw("event: error\ndata: ")
                .raw(data)
                .raw(retry)
                .raw(END)
                .toBytes();
    }

    private static AsciiBuffer id(AsciiBuffer to, RunId run, SequencedEvent event) {
        return to.raw(ID)
                .raw(run.value())
                .raw(":")
                .number(event.epoch())
                .raw("-")
                .number(event.n())
                .raw("\n");
    }

    private static int lastOfRun(List<ChatFrame> frames) {
        int last = -1;
        for (int i = 0; i < frames.size(); i++) {
            if (!(frames.get(i) instanceof ChatFrame.Failure)) {
                last = i;
            }
        }
        return last;
    }

    /// Exact for deltas, so that what is made for every token is not copied once more.
    private static int expectedSize(EventBatch batch) {
        int size = 0;
        for (SequencedEvent event : batch.events()) {
            size +=
                    event.event() instanceof MessageDelta delta
                            ? idSize(batch.runId(), event)
                                    + DELTA.length
                                    + DeltaJson.size(delta)
                                    + END.length
                            : SNAPSHOT;
        }
        return size;
    }

    private static int idSize(RunId run, SequencedEvent event) {
        int separators = 3;
        return ID.length
                + run.value().length()
                + AsciiBuffer.lengthOf(event.epoch())
                + AsciiBuffer.lengthOf(event.n())
                + separators;
    }
}
