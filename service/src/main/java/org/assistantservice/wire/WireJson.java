package org.assistantservice.wire;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.MessageId;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.model.Usage;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent.StepDelta;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON text of the Assistants API's objects: compact, with all keys, null where there is nothing.
public final class WireJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WireJson() {}

    public static String run(Run run) {
        return runAs(run, lower(run.status()));
    }

    /// The run with another status, for the moments that old clients expect to see.
    public static String runAs(Run run, String status) {
        RunSpec spec = run.spec();
        RunState state = run.state();
        Sampling sampling = spec.sampling();
        ObjectNode node = NODES.objectNode();
        node.put("id", spec.id().value());
        node.put("object", "thread.run");
        node.put("created_at", spec.createdAt().getEpochSecond());
        node.put("assistant_id", spec.assistantId().value());
        node.put("thread_id", spec.threadId().value());
        node.put("status", status);
        node.put("started_at", seconds(state.startedAt()));
        node.put("expires_at", state.status().isTerminal() ? null : seconds(spec.deadline()));
        node.put("cancelled_at", endedAs(state, RunStatus.CANCELLED));
        node.put("failed_at", endedAs(state, RunStatus.FAILED));
        node.put("completed_at", endedAs(state, RunStatus.COMPLETED));
        node.set("required_action", requiredAction(state.requiredCalls()));
        node.set("last_error", error(state.error()));
        node.put("model", spec.model());
        node.put("instructions", spec.instructions());
        node.set("tools", tools(spec.tools()));
        node.set("metadata", metadata(spec.metadata()));
        node.put("temperature", sampling.temperature());
        node.put("top_p", sampling.topP());
        node.putNull("max_prompt_tokens");
        node.put("max_completion_tokens", sampling.maxCompletionTokens());
        node.putObject("truncation_strategy").put("type", "auto").putNull("last_messages");
        String reason = state.incompleteReason();
        node.set(
                "incomplete_details",
                reason == null ? NODES.nullNode() : NODES.objectNode().put("reason", reason));
        node.set("usage", usage(state.usage()));
        node.put("response_format", "auto");
        node.put("tool_choice", "auto");
        node.put("parallel_tool_calls", sampling.parallelToolCalls());
        return text(node);
    }

    public static String step(RunStep step) {
        ObjectNode node = NODES.objectNode();
        node.put("id", step.id().value());
        node.put("object", "thread.run.step");
        node.put("created_at", step.createdAt().getEpochSecond());
        node.put("run_id", step.runId().value());
        node.put("assistant_id", step.assistantId().value());
        node.put("thread_id", step.threadId().value());
        ObjectNode details = details(step.details());
        node.set("type", details.get("type"));
        node.put("status", lower(step.status()));
        node.put("cancelled_at", endedAs(step, RunStep.Status.CANCELLED));
        node.put("completed_at", endedAs(step, RunStep.Status.COMPLETED));
        node.put("expired_at", endedAs(step, RunStep.Status.EXPIRED));
        node.put("failed_at", endedAs(step, RunStep.Status.FAILED));
        node.set("last_error", error(step.error()));
        node.set("step_details", details);
        node.set("usage", usage(step.usage()));
        node.putObject("metadata");
        return text(node);
    }

    public static String message(Message message) {
        ObjectNode node = NODES.objectNode();
        boolean completed = message.status() == Message.Status.COMPLETED;
        boolean incomplete = message.status() == Message.Status.INCOMPLETE;
        node.put("id", message.id().value());
        node.put("object", "thread.message");
        node.put("created_at", message.createdAt().getEpochSecond());
        node.put("thread_id", message.threadId().value());
        node.put("status", lower(message.status()));
        node.put("role", lower(message.role()));
        ArrayNode content = node.putArray("content");
        message.content().forEach(it -> textBlock(content.addObject(), it));
        var author = message.assistantId();
        node.put("assistant_id", author == null ? null : author.value());
        var run = message.runId();
        node.put("run_id", run == null ? null : run.value());
        node.putArray("attachments");
        node.set("metadata", metadata(message.metadata()));
        node.put("completed_at", completed ? seconds(message.endedAt()) : null);
        node.put("incomplete_at", incomplete ? seconds(message.endedAt()) : null);
        String reason = message.incompleteReason();
        node.set(
                "incomplete_details",
                reason == null ? NODES.nullNode() : NODES.objectNode().put("reason", reason));
        return text(node);
    }

    public static String messageDelta(MessageId id, String text) {
        ObjectNode node = NODES.objectNode();
        node.put("id", id.value());
        node.put("object", "thread.message.delta");
        ObjectNode delta = node.putObject("delta");
        delta.put("role", "assistant");
        textBlock(delta.putArray("content").addObject().put("index", 0), text);
        return text(node);
    }

    public static String stepDelta(StepDelta delta) {
        ObjectNode call = NODES.objectNode().put("index", delta.index());
        var id = delta.callId();
        if (id != null) {
            call.put("id", id.value());
        }
        ObjectNode function = call.put("type", "function").putObject("function");
        if (id != null) {
            function.put("name", delta.name());
        }
        function.put("arguments", delta.arguments());
        if (id != null) {
            function.putNull("output");
        }
        ObjectNode node = NODES.objectNode().put("id", delta.stepId().value());
        node.put("object", "thread.run.step.delta");
        ObjectNode details = node.putObject("delta").putObject("step_details");
        details.put("type", "tool_calls").putArray("tool_calls").add(call);
        return text(node);
    }

    public static String thread(ChatThread thread) {
        ObjectNode node = NODES.objectNode().put("id", thread.id().value());
        node.put("object", "thread");
        node.put("created_at", thread.createdAt().getEpochSecond());
        node.putObject("tool_resources");
        node.set("metadata", metadata(thread.metadata()));
        return text(node);
    }

    public static String assistant(Assistant assistant, List<ToolSpec> tools) {
        ObjectNode node = NODES.objectNode().put("id", assistant.id().value());
        node.put("object", "assistant");
        node.put("created_at", assistant.createdAt().getEpochSecond());
        node.put("name", assistant.name());
        node.putNull("description");
        node.put("model", assistant.model());
        node.put("instructions", assistant.instructions());
        node.set("tools", tools(tools));
        node.putObject("tool_resources");
        node.putObject("metadata");
        node.put("temperature", 1.0);
        node.put("top_p", 1.0);
        node.put("response_format", "auto");
        return text(node);
    }

    private static ObjectNode details(RunStep.Details details) {
        ObjectNode node = NODES.objectNode();
        switch (details) {
            case RunStep.MessageCreation(var messageId) ->
                    node.put("type", "message_creation")
                            .putObject("message_creation")
                            .put("message_id", messageId.value());
            case RunStep.ToolCalls(_, var calls) -> {
                ArrayNode list = node.put("type", "tool_calls").putArray("tool_calls");
                calls.forEach(it -> call(list.addObject(), it).put("output", it.output()));
            }
        }
        return node;
    }

    private static ObjectNode call(ObjectNode node, ToolCall call) {
        return node.put("id", call.id().value())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.argumentsJson());
    }

    private static tools.jackson.databind.JsonNode requiredAction(List<ToolCall> calls) {
        if (calls.isEmpty()) {
            return NODES.nullNode();
        }
        ObjectNode node = NODES.objectNode().put("type", "submit_tool_outputs");
        ArrayNode list = node.putObject("submit_tool_outputs").putArray("tool_calls");
        calls.forEach(it -> call(list.addObject(), it));
        return node;
    }

    private static ArrayNode tools(List<ToolSpec> tools) {
        ArrayNode list = NODES.arrayNode();
        for (ToolSpec tool : tools) {
            ObjectNode function = list.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", JSON.readTree(tool.parametersJson()));
            function.put("strict", tool.strict());
        }
        return list;
    }

    private static void textBlock(ObjectNode block, String text) {
        block.put("type", "text").putObject("text").put("value", text).putArray("annotations");
    }

    private static ObjectNode metadata(Map<String, String> metadata) {
        ObjectNode node = NODES.objectNode();
        metadata.forEach(node::put);
        return node;
    }

    private static tools.jackson.databind.JsonNode error(@Nullable RunError error) {
        return error == null
                ? NODES.nullNode()
                : NODES.objectNode()
                        .put("code", lower(error.code()))
                        .put("message", error.message());
    }

    private static tools.jackson.databind.JsonNode usage(@Nullable Usage usage) {
        return usage == null
                ? NODES.nullNode()
                : NODES.objectNode()
                        .put("prompt_tokens", usage.promptTokens())
                        .put("completion_tokens", usage.completionTokens())
                        .put("total_tokens", usage.totalTokens());
    }

    private static @Nullable Long endedAs(RunState state, RunStatus status) {
        return state.status() == status ? seconds(state.endedAt()) : null;
    }

    private static @Nullable Long endedAs(RunStep step, RunStep.Status status) {
        return step.status() == status ? seconds(step.endedAt()) : null;
    }

    private static @Nullable Long seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String text(ObjectNode node) {
        return JSON.writeValueAsString(node);
    }
}
