package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.PROTOCOL;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelToolCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Puts tool calls together from their deltas, whichever dialect the server speaks. For one thread.
///
/// Which call a delta belongs to is told by its `index`; a server that numbers all calls 0 is found
/// out by a new id together with a name. Without an index, a new id or a name begins a call, unless
/// the name only repeats that of a call whose arguments are not complete.
final class ToolCallAssembler {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What one delta says of a call; empty texts where it says nothing.
    private record Piece(String id, String name, String arguments) {}

    private final ModelListener listener;
    private final OpenAiLimits limits;
    private final List<OpenCall> calls = new ArrayList<>();
    private final Map<Integer, OpenCall> byIndex = new HashMap<>();
    private @Nullable OpenCall current;

    ToolCallAssembler(ModelListener listener, OpenAiLimits limits) {
        this.listener = listener;
        this.limits = limits;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /// One element of `delta.tool_calls`.
    void add(JsonNode delta) throws AttemptFailedException {
        Piece piece = piece(text(delta.path("id")), delta.path("function"));
        JsonNode index = delta.path("index");
        OpenCall call =
                index.isIntegralNumber() ? numbered(index.asInt(0), piece) : unnumbered(piece);
        fill(call, piece);
        JsonNode extra = delta.path("extra_content");
        if (extra.isObject()) {
            call.extra(extra.toString());
        }
    }

    /// A `delta.function_call` of the time before tools.
    void addLegacy(JsonNode function) throws AttemptFailedException {
        Piece piece = piece("", function);
        fill(unnumbered(piece), piece);
    }

    private static Piece piece(String id, JsonNode function) {
        JsonNode arguments = function.path("arguments");
        String text = arguments.isContainer() ? arguments.toString() : text(arguments);
        return new Piece(id, text(function.path("name")), text);
    }

    /// All calls, complete and in the order in which they began.
    List<ModelToolCall> complete() throws AttemptFailedException {
        List<ModelToolCall> complete = new ArrayList<>();
        for (OpenCall call : calls) {
            complete.add(call.complete());
        }
        return complete;
    }

    private void fill(OpenCall call, Piece piece) throws AttemptFailedException {
        if (!piece.id.isEmpty() && isFree(piece.id, call)) {
            call.takeId(piece.id);
        }
        call.takeName(piece.name);
        call.addArguments(piece.arguments);
    }

    private OpenCall numbered(int index, Piece piece) throws AttemptFailedException {
        OpenCall known = byIndex.get(index);
        if (known == null || isAnother(known, piece)) {
            known = open();
            byIndex.put(index, known);
        }
        current = known;
        return known;
    }

    private static boolean isAnother(OpenCall known, Piece piece) {
        boolean brings =
                piece.id.isEmpty()
                        ? !piece.arguments.isBlank()
                        : known.hasOwnId() && !known.id().equals(piece.id);
        return brings && !piece.name.isEmpty() && isComplete(known.arguments());
    }

    private OpenCall unnumbered(Piece piece) throws AttemptFailedException {
        OpenCall known = piece.id.isEmpty() ? null : withId(piece.id);
        if (known == null && current != null && !begins(current, piece)) {
            known = current;
        }
        current = known == null ? open() : known;
        return current;
    }

    private static boolean begins(OpenCall current, Piece piece) {
        if (piece.id.isEmpty() && piece.name.isEmpty()) {
            return false;
        }
        boolean repeats = piece.id.isEmpty() && piece.name.equals(current.name());
        boolean belongs = repeats || (!current.hasOwnId() && !piece.id.isEmpty());
        return !belongs || isComplete(current.arguments());
    }

    private @Nullable OpenCall withId(String id) {
        for (OpenCall call : calls) {
            if (call.id().equals(id)) {
                return call;
            }
        }
        return null;
    }

    private boolean isFree(String id, OpenCall wanted) {
        OpenCall owner = withId(id);
        return owner == null || owner == wanted;
    }

    private OpenCall open() throws AttemptFailedException {
        if (calls.size() == limits.maxCalls()) {
            throw AttemptFailedException.last(
                    PROTOCOL, "The turn has more than %d tool calls".formatted(limits.maxCalls()));
        }
        if (current != null) {
            current.close();
        }
        OpenCall call = new OpenCall(calls.size(), listener, limits.maxArgumentsCharacters());
        calls.add(call);
        return call;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static boolean isComplete(String arguments) {
        if (!arguments.stripTrailing().endsWith("}")) {
            return false;
        }
        try {
            return JSON.readTree(arguments).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }
}
