package org.assistantservice.scripts.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.assistantservice.scripts.chat.TurnEnd.Completed;
import org.assistantservice.scripts.chat.TurnEnd.Failed;
import org.assistantservice.scripts.chat.TurnEnd.Restarting;
import org.assistantservice.scripts.chat.TurnEvent.ActionsAsked;
import org.assistantservice.scripts.chat.TurnEvent.ActionsDone;
import org.assistantservice.scripts.chat.TurnEvent.Asked;
import org.assistantservice.scripts.chat.TurnEvent.Discarded;
import org.assistantservice.scripts.chat.TurnEvent.Done;
import org.assistantservice.scripts.chat.TurnEvent.NextMessage;
import org.assistantservice.scripts.chat.TurnEvent.RunSeen;
import org.assistantservice.scripts.chat.TurnEvent.Text;
import tools.jackson.databind.JsonNode;

/// Reads the frames of one answer, which SSE and WebSocket share: `{"event":…,"data":…}`. Unknown
/// events are passed over. One per answer; used by one thread.
final class FrameReader {
    private final Consumer<TurnEvent> events;
    private final Set<String> messagesWithText = new HashSet<>();
    private Optional<TurnEnd> almost = Optional.empty();

    FrameReader(Consumer<TurnEvent> events) {
        this.events = events;
    }

    /// Passes on what the frame means.
    ///
    /// @param name the frame's own event name, for a body that has none; may be empty
    /// @return the end of the answer, if this frame is it
    Optional<TurnEnd> accept(String name, String json) {
        JsonNode frame = Json.read(json);
        if (!frame.isObject()) {
            return Optional.empty();
        }
        events.accept(new TurnEvent.Frame(json));
        String inside = Json.text(frame.path("event"));
        String event = inside.isEmpty() ? name : inside;
        JsonNode data = frame.path("data").isObject() ? frame.path("data") : frame;
        if (event.startsWith("thread.run.step.")) {
            step(event, data);
            return Optional.empty();
        }
        if (event.startsWith("thread.run.")) {
            return run(event, data);
        }
        return switch (event) {
            case "thread.message.delta" -> delta(data);
            case "thread.message.completed" -> message(data);
            case "reset" -> discarded();
            case "metadata" -> Optional.of(new Completed(seconds(data)));
            case "error" -> error(frame);
            default -> Optional.empty();
        };
    }

    /// The end that the last frames foretell, if the connection says no more: a completed run whose
    /// metadata is missing, a cancelled one whose error frame is.
    Optional<TurnEnd> almost() {
        return almost;
    }

    private Optional<TurnEnd> run(String event, JsonNode run) {
        String id = Json.text(run.path("id"));
        if (!id.isEmpty()) {
            events.accept(new RunSeen(id));
        }
        switch (event) {
            case "thread.run.requires_action" -> events.accept(new ActionsAsked(asked(run)));
            case "thread.run.completed" ->
                    almost = Optional.of(new Completed(OptionalDouble.empty()));
            case "thread.run.failed" -> {
                String reason = Json.text(run.path("last_error").path("message"));
                return Optional.of(new Failed("Run failed", reason));
            }
            case "thread.run.cancelled" -> almost = Optional.of(new Failed("Run cancelled", ""));
            case "thread.run.expired" -> almost = Optional.of(new Failed("Run expired", ""));
            case "thread.run.incomplete" -> almost = Optional.of(new Failed("Run incomplete", ""));
            default -> {
                // Created, queued and the like have nothing to show.
            }
        }
        return Optional.empty();
    }

    private void step(String event, JsonNode step) {
        JsonNode calls = step.path("step_details").path("tool_calls");
        if (!event.equals("thread.run.step.completed") || calls.isEmpty()) {
            return;
        }
        List<Done> done = new ArrayList<>();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            done.add(
                    new Done(
                            Json.text(call.path("id")),
                            Json.text(function.path("name")),
                            Json.text(function.path("output"))));
        }
        events.accept(new ActionsDone(done));
    }

    private static List<Asked> asked(JsonNode run) {
        List<Asked> asked = new ArrayList<>();
        for (JsonNode call :
                run.path("required_action").path("submit_tool_outputs").path("tool_calls")) {
            JsonNode function = call.path("function");
            asked.add(
                    new Asked(
                            Json.text(call.path("id")),
                            Json.text(function.path("name")),
                            Json.text(function.path("arguments"))));
        }
        return asked;
    }

    private Optional<TurnEnd> delta(JsonNode delta) {
        show(delta, delta.path("delta").path("content"));
        return Optional.empty();
    }

    /// A message without a delta, e.g. because the answer was resumed behind them, is shown whole.
    private Optional<TurnEnd> message(JsonNode message) {
        if (!messagesWithText.contains(Json.text(message.path("id")))) {
            show(message, message.path("content"));
        }
        return Optional.empty();
    }

    private void show(JsonNode message, JsonNode content) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(Json.text(part.path("text").path("value")));
        }
        if (text.isEmpty()) {
            return;
        }
        boolean isNew = messagesWithText.add(Json.text(message.path("id")));
        if (isNew && messagesWithText.size() > 1) {
            events.accept(new NextMessage());
        }
        events.accept(new Text(text.toString()));
    }

    private Optional<TurnEnd> discarded() {
        messagesWithText.clear();
        events.accept(new Discarded());
        return Optional.empty();
    }

    private static Optional<TurnEnd> error(JsonNode frame) {
        JsonNode error = frame.path("error").isString() ? frame : frame.path("data");
        String text = Json.text(error.path("error"));
        String message = text.isEmpty() ? "Unknown error" : text;
        return Optional.of(
                Json.text(error.path("error_type")).equals("ServiceRestartingError")
                        ? new Restarting(message)
                        : new Failed(message, ""));
    }

    private static OptionalDouble seconds(JsonNode metadata) {
        JsonNode seconds = metadata.path("elapsed_time_seconds");
        return seconds.isNumber()
                ? OptionalDouble.of(seconds.doubleValue())
                : OptionalDouble.empty();
    }
}
