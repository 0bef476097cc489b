package org.assistantservice.wire;

import java.util.List;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.MessageId;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;

/// The objects of the Assistants API, version 2, as JSON text.
///
/// Every text is compact, on one line, and has all keys its object requires, null where there is
/// nothing to say; times are whole seconds since 1970. Pure functions, for any thread.
public final class WireJson {
    private WireJson() {}

    /// A `thread.run`.
    public static String run(Run run) {
        return RunJson.text(run, run.status());
    }

    /// The same run as it looks, or looked, in another status.
    public static String runAs(Run run, RunStatus status) {
        return RunJson.text(run, status);
    }

    /// A `thread.run.step`.
    public static String step(RunStep step) {
        return StepJson.text(step);
    }

    /// A `thread.run.step.delta` with one piece of one tool call.
    public static String stepDelta(RunEvent.StepDelta delta) {
        return StepJson.delta(delta);
    }

    /// A `thread.message`.
    public static String message(Message message) {
        return MessageJson.text(message);
    }

    /// A `thread.message.delta` of an assistant's message with the next piece of its text.
    public static String messageDelta(MessageId message, String text) {
        return MessageJson.delta(message, text);
    }

    /// A `thread`.
    public static String thread(ChatThread thread) {
        return new JsonText()
                .object()
                .field("id", thread.id().value())
                .field("object", "thread")
                .secondsField("created_at", thread.createdAt())
                .nullField("tool_resources")
                .field("metadata", thread.metadata())
                .end()
                .toString();
    }

    /// An `assistant` with the model its configuration names.
    ///
    /// @param tools its functions as the model is offered them
    public static String assistant(Assistant assistant, List<ToolSpec> tools) {
        return assistant(assistant, assistant.model(), tools);
    }

    /// An `assistant` with the model that serves it.
    public static String assistant(Assistant assistant, String model, List<ToolSpec> tools) {
        JsonText json =
                new JsonText(2048)
                        .object()
                        .field("id", assistant.id().value())
                        .field("object", "assistant")
                        .secondsField("created_at", assistant.createdAt())
                        .field("name", assistant.name())
                        .nullField("description")
                        .field("model", model)
                        .field("instructions", assistant.instructions());
        ToolsJson.field(json, tools);
        return json.object("metadata")
                .end()
                .jsonField("temperature", "1.0")
                .jsonField("top_p", "1.0")
                .field("response_format", "auto")
                .end()
                .toString();
    }

    /// A list of objects, each of them JSON text already.
    ///
    /// @param ids of the items, in the same order
    /// @param hasMore whether items follow in the requested order
    public static String list(List<String> items, List<String> ids, boolean hasMore) {
        JsonText json =
                new JsonText(items.stream().mapToInt(item -> item.length() + 1).sum() + 256)
                        .object()
                        .field("object", "list")
                        .array("data");
        items.forEach(json::json);
        return json.endArray()
                .field("first_id", ids.isEmpty() ? "" : ids.getFirst())
                .field("last_id", ids.isEmpty() ? "" : ids.getLast())
                .field("has_more", hasMore)
                .end()
                .toString();
    }
}
