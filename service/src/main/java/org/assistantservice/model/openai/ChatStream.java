package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.PROTOCOL;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import java.util.Arrays;
import java.util.List;
import org.assistantservice.model.ModelTurn.FinishReason;
import org.assistantservice.model.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the events of a Chat Completions stream into a [TurnAssembler]: plain text chunks on the
/// fast path of [PlainChunk], everything else through the JSON parser, tolerant of all known
/// dialects. For one thread.
final class ChatStream implements SseParser.Events {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private final TurnAssembler turn;
    private final @Nullable PlainChunk plainChunk;
    private boolean done;

    private ChatStream(TurnAssembler turn, @Nullable PlainChunk plainChunk) {
        this.turn = turn;
        this.plainChunk = plainChunk;
    }

    static ChatStream into(TurnAssembler turn) {
        return new ChatStream(turn, new PlainChunk());
    }

    /// Without the fast path: what the fast path must equal.
    static ChatStream strictInto(TurnAssembler turn) {
        return new ChatStream(turn, null);
    }

    /// Whether `[DONE]` has come; later events are ignored.
    boolean isDone() {
        return done;
    }

    @Override
    public void event(byte[] bytes, int from, int to, boolean named) throws AttemptFailedException {
        if (done) {
            return;
        }
        String text = plainChunk == null ? null : plainChunk.match(bytes, from, to);
        if (text != null) {
            turn.content(text);
        } else if (isDoneMark(bytes, from, to)) {
            done = true;
        } else if (!named || bytes[from] == '{') {
            boolean plain = chunk(parsed(bytes, from, to));
            if (plain && plainChunk != null) {
                plainChunk.learn(bytes, from, to);
            }
        }
    }

    private static boolean isDoneMark(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        return Arrays.equals(bytes, from, end, DONE, 0, DONE.length);
    }

    private static JsonNode parsed(byte[] bytes, int from, int to) throws AttemptFailedException {
        try {
            JsonNode chunk = JSON.readTree(bytes, from, to - from);
            if (chunk.isObject()) {
                return chunk;
            }
        } catch (JacksonException e) {
            throw AttemptFailedException.last(PROTOCOL, "An event of the stream is not JSON", e);
        }
        throw AttemptFailedException.last(PROTOCOL, "An event of the stream is not a JSON object");
    }

    /// Whether the chunk brought text and nothing else.
    private boolean chunk(JsonNode chunk) throws AttemptFailedException {
        JsonNode error = chunk.path("error");
        if (isError(error)) {
            throw UpstreamErrors.inStream(error);
        }
        if ("error".equals(chunk.path("object").asString(""))) {
            throw UpstreamErrors.inStream(chunk);
        }
        boolean plain = !usage(chunk.path("usage"));
        int texts = 0;
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                plain &= choice(choice);
                texts++;
            }
        }
        return plain && texts == 1;
    }

    private static boolean isError(JsonNode error) {
        return error.isObject() || (error.isString() && !error.stringValue().isEmpty());
    }

    private boolean usage(JsonNode usage) {
        if (!usage.isObject()) {
            return false;
        }
        turn.usage(new Usage(count(usage, "prompt_tokens"), count(usage, "completion_tokens")));
        return true;
    }

    private static long count(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asLong(0));
    }

    private boolean choice(JsonNode choice) throws AttemptFailedException {
        JsonNode delta =
                choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
        boolean plain = content(delta.path("content"));
        if (delta.path("refusal").isString()) {
            turn.content(delta.path("refusal").stringValue());
            plain = false;
        }
        plain &= !calls(delta);
        JsonNode reason = choice.path("finish_reason");
        if (reason.isString() && !reason.stringValue().isEmpty()) {
            turn.finish(finishReason(reason.stringValue()));
            plain = false;
        }
        return plain;
    }

    private boolean content(JsonNode content) {
        if (content.isString()) {
            turn.content(content.stringValue());
            return true;
        }
        for (JsonNode part : content) {
            if (part.path("text").isString()) {
                turn.content(part.path("text").stringValue());
            }
        }
        return false;
    }

    private boolean calls(JsonNode delta) throws AttemptFailedException {
        JsonNode calls = delta.path("tool_calls");
        for (JsonNode call : calls.isObject() ? List.of(calls) : calls) {
            if (call.isObject()) {
                turn.call(call);
            }
        }
        boolean legacy = delta.path("function_call").isObject();
        if (legacy) {
            turn.legacyCall(delta.path("function_call"));
        }
        return legacy || !calls.isEmpty();
    }

    private static FinishReason finishReason(String reason) throws AttemptFailedException {
        return switch (reason) {
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "error" ->
                    throw AttemptFailedException.passing(
                            UNAVAILABLE, "The model ended its answer with an error", null);
            default -> FinishReason.DONE;
        };
    }
}
