package org.assistantservice.protocol.stateless;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.assistantservice.identity.CallId;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.run.ToolCall;
import org.assistantservice.server.StreamContext;
import org.assistantservice.server.StreamFormat;
import org.jspecify.annotations.Nullable;

/// One turn's frames as bytes: `data:` lines in UTF-8, `[DONE]` last whatever happens. Belongs to
/// one stream, because the last frames hold what its client sent. Thread-safe as a stream uses it:
/// one thread encodes at a time.
final class TurnFormat implements StreamFormat {
    private static final byte[] KEEP_ALIVE = ": keepalive\n\n".getBytes(UTF_8);
    private static final byte[] NOTHING = {};

    private final TurnFrames frames;
    private final Function<EventBatch, byte[]> encoder = this::encode;
    private final Map<CallId, ToolCall> open = new ConcurrentHashMap<>();
    private volatile byte @Nullable [] last;
    private volatile boolean isLastTaken;

    TurnFormat(TurnFrames frames) {
        this.frames = frames;
    }

    /// Whether the run came to its end before the stream did.
    boolean isOver() {
        return last != null;
    }

    @Override
    public Function<EventBatch, byte[]> encoder() {
        return encoder;
    }

    @Override
    public byte[] first(byte[] encoded) {
        return encoded;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // earlier frames may be equal, and are not the last
    public void taken(byte[] frames) {
        if (frames == last) {
            isLastTaken = true;
        }
    }

    @Override
    public byte[] keepAlive() {
        return KEEP_ALIVE;
    }

    @Override
    public byte[] ending(Ending ending, StreamContext context) {
        byte[] whole = last;
        if (whole != null) {
            // A long context may be more than may wait for a reader, and a reader that fell behind
            // may not have come back in time. It ends the stream, so it is not refused.
            return isLastTaken ? NOTHING : whole;
        }
        StringBuilder to = new StringBuilder();
        open.values().forEach(call -> to.append(frames.cutOff(call).line()));
        frames.failed(reason(ending)).forEach(frame -> to.append(frame.line()));
        return to.append(Frame.DONE).toString().getBytes(UTF_8);
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case TOO_LONG -> "The answer took too long";
            case TOO_SLOW -> "The stream was read too slowly";
            case SERVICE_STOPPING -> "The service is restarting";
            case INTERRUPTED -> "An unexpected error occurred";
        };
    }

    private byte[] encode(EventBatch batch) {
        StringBuilder to = new StringBuilder();
        boolean isLast = false;
        for (SequencedEvent event : batch.events()) {
            List<Frame> shown = frames.of(event.event());
            shown.forEach(frame -> to.append(frame.line()));
            noteOpenCalls(event.event());
            if (event.event() instanceof RunEvent.RunChanged changed
                    && changed.status().isTerminal()) {
                to.append(Frame.DONE);
                isLast = true;
            }
        }
        byte[] bytes = to.toString().getBytes(UTF_8);
        if (isLast) {
            last = bytes;
        }
        return bytes;
    }

    private void noteOpenCalls(RunEvent event) {
        if (event instanceof RunEvent.CallsPlanned planned
                && planned.step().details() instanceof ToolCalls round) {
            round.calls().stream()
                    .filter(call -> call.action() != null)
                    .forEach(call -> open.put(call.id(), call));
        } else if (event instanceof RunEvent.CallsFinished) {
            open.clear();
        }
    }
}
