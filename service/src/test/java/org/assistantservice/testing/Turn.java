package org.assistantservice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.testing.StreamStep.Send;
import org.jspecify.annotations.Nullable;

/// One scripted answer of a [ScriptedModelServer]. Immutable: each method gives a new turn.
///
/// `Turn.text("Hello", " world")` streams two chunks, the finish chunk, the usage if the request
/// asked for it, and `[DONE]`. Everything else is said on top of that: `Turn.text("Let me
/// see.").calls(call("call_1", "f", "{}")).pace(Duration.ofMillis(20))`.
///
/// @param status HTTP status; anything but 200 sends only the content of `steps`
/// @param writeSize how many bytes each write carries; 0 writes each step at once
/// @param finishReason of the last chunk; null picks `stop` or `tool_calls`, empty sends none
/// @param ending sent after the steps
public record Turn(
        int status,
        Map<String, String> headers,
        List<StreamStep> steps,
        int calls,
        Duration pace,
        int writeSize,
        @Nullable String finishReason,
        @Nullable String usageChunk,
        Ending ending) {
    /// How a turn ends.
    public enum Ending {
        /// Finish chunk, usage, `[DONE]`, end of the body.
        COMPLETE,
        /// Finish chunk and usage, then the end of the body.
        WITHOUT_DONE,
        /// The end of the body, nothing before it.
        BARE,
        /// The steps say themselves how it ends.
        NONE
    }

    private static final Map<String, String> STREAM = Map.of("Content-Type", "text/event-stream");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    public Turn {
        headers = Map.copyOf(headers);
        steps = List.copyOf(steps);
    }

    /// Streams each piece as one chunk.
    public static Turn text(String... pieces) {
        Turn turn = empty(200, STREAM, Ending.COMPLETE).chunks(ModelChunks.role());
        return turn.chunks(Arrays.stream(pieces).map(ModelChunks::text).toArray(String[]::new));
    }

    /// Calls tools without a word before.
    public static Turn of(ScriptedCall... calls) {
        return text().calls(calls);
    }

    /// Answers with a status and a JSON body instead of a stream.
    public static Turn status(int status, Map<String, String> headers, String body) {
        Map<String, String> all = new LinkedHashMap<>(JSON);
        all.putAll(headers);
        return empty(status, all, Ending.BARE).bytes(body);
    }

    /// Streams exactly these chunks of data, `[DONE]` not added.
    public static Turn data(String... chunks) {
        return empty(200, STREAM, Ending.BARE).chunks(chunks);
    }

    /// Streams exactly these bytes with this content type, and ends the body.
    public static Turn raw(String contentType, byte[] body) {
        return empty(200, Map.of("Content-Type", contentType), Ending.BARE).garbage(body);
    }

    /// Never answers; holds the connection until the client leaves.
    public static Turn neverAnswers() {
        return empty(0, Map.of(), Ending.NONE).plus(new StreamStep.Hang());
    }

    /// Breaks the connection before any byte of an answer.
    public static Turn refuses() {
        return empty(0, Map.of(), Ending.NONE).plus(new StreamStep.Reset());
    }

    private static Turn empty(int status, Map<String, String> headers, Ending ending) {
        return new Turn(status, headers, List.of(), 0, Duration.ZERO, 0, null, null, ending);
    }

    /// Adds tool calls, numbered after those already made.
    public Turn calls(ScriptedCall... more) {
        Turn turn = this;
        for (ScriptedCall call : more) {
            turn =
                    turn.chunks(ModelChunks.call(turn.calls, call).toArray(String[]::new))
                            .withCalls(turn.calls + 1);
        }
        return turn;
    }

    /// Adds text after what the turn has said so far.
    public Turn then(String... pieces) {
        return chunks(Arrays.stream(pieces).map(ModelChunks::text).toArray(String[]::new));
    }

    /// Adds chunks, given as JSON.
    public Turn chunks(String... json) {
        List<StreamStep> more = new ArrayList<>(steps);
        for (String chunk : json) {
            more.add(new Send(ModelChunks.frame(chunk)));
        }
        return withSteps(more);
    }

    /// Adds bytes as they are.
    public Turn garbage(byte[] bytes) {
        return plus(new Send(bytes.clone()));
    }

    public Turn bytes(String text) {
        return garbage(text.getBytes(UTF_8));
    }

    public Turn silence(Duration length) {
        return plus(new StreamStep.Silence(length));
    }

    public Turn pauseUntil(CountDownLatch latch) {
        return plus(new StreamStep.Until(latch));
    }

    /// Says nothing more and holds the connection until the client leaves.
    public Turn hang() {
        return plus(new StreamStep.Hang()).ending(Ending.NONE);
    }

    /// Keeps only the first `count` chunks (the role chunk is the first), then closes in
    /// mid-answer.
    public Turn cutAfter(int count) {
        return first(count).plus(new StreamStep.Cut()).ending(Ending.NONE);
    }

    /// Like [#cutAfter], with a TCP reset.
    public Turn resetAfter(int count) {
        return first(count).plus(new StreamStep.Reset()).ending(Ending.NONE);
    }

    /// Like [#cutAfter], but the body ends as if all were well.
    public Turn endAfter(int count) {
        return first(count).ending(Ending.BARE);
    }

    private Turn first(int count) {
        List<StreamStep> kept = new ArrayList<>();
        int sent = 0;
        for (StreamStep step : steps) {
            if (step instanceof Send && sent++ == count) {
                break;
            }
            kept.add(step);
        }
        return withSteps(kept);
    }

    private Turn plus(StreamStep step) {
        List<StreamStep> more = new ArrayList<>(steps);
        more.add(step);
        return withSteps(more);
    }

    private Turn withSteps(List<StreamStep> other) {
        return new Turn(
                status, headers, other, calls, pace, writeSize, finishReason, usageChunk, ending);
    }

    private Turn withCalls(int count) {
        return new Turn(
                status, headers, steps, count, pace, writeSize, finishReason, usageChunk, ending);
    }

    public Turn header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Turn(
                status, more, steps, calls, pace, writeSize, finishReason, usageChunk, ending);
    }

    /// The time between two sends.
    public Turn pace(Duration time) {
        return new Turn(
                status, headers, steps, calls, time, writeSize, finishReason, usageChunk, ending);
    }

    /// Writes at most `bytes` bytes at once, so that chunks arrive in pieces.
    public Turn writeSize(int bytes) {
        return new Turn(
                status, headers, steps, calls, pace, bytes, finishReason, usageChunk, ending);
    }

    public Turn finishReason(String reason) {
        return new Turn(status, headers, steps, calls, pace, writeSize, reason, usageChunk, ending);
    }

    public Turn usage(long prompt, long completion) {
        String chunk = ModelChunks.usage(prompt, completion);
        return new Turn(
                status, headers, steps, calls, pace, writeSize, finishReason, chunk, ending);
    }

    public Turn ending(Ending other) {
        return new Turn(
                status, headers, steps, calls, pace, writeSize, finishReason, usageChunk, other);
    }

    public Turn withoutDone() {
        return ending(Ending.WITHOUT_DONE);
    }

    /// All steps of the answer to `request`, the ending included.
    List<StreamStep> plan(RecordedRequest request) {
        Turn turn = this;
        if (ending == Ending.COMPLETE || ending == Ending.WITHOUT_DONE) {
            String reason =
                    finishReason == null ? (calls > 0 ? "tool_calls" : "stop") : finishReason;
            turn = reason.isEmpty() ? turn : turn.chunks(ModelChunks.finish(reason));
            if (request.body().path("stream_options").path("include_usage").asBoolean(false)) {
                turn = turn.chunks(usageChunk == null ? ModelChunks.usage(11, 7) : usageChunk);
            }
        }
        if (ending == Ending.COMPLETE) {
            turn = turn.chunks("[DONE]");
        }
        return ending == Ending.NONE ? turn.steps : turn.plus(new StreamStep.End()).steps;
    }
}
