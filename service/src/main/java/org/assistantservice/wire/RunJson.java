package org.assistantservice.wire;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.Usage;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.ToolCall;
import org.jspecify.annotations.Nullable;

/// `thread.run`.
final class RunJson {
    /// The run's schema knows no other reason; a content filter's stands in the message.
    private static final Set<String> INCOMPLETE_REASONS =
            Set.of("max_completion_tokens", "max_prompt_tokens");

    /// The least budget that the run's schema can say.
    private static final int LEAST_BUDGET = 256;

    private static final int EXPECTED_LENGTH = 4096;

    private RunJson() {}

    /// @param status what the run is shown as; times, error and required action follow it
    static String text(Run run, RunStatus status) {
        JsonText json = new JsonText(EXPECTED_LENGTH).object();
        identity(json, run.spec());
        progress(json, run, status);
        instructions(json, run.spec());
        outcome(json, run.state(), status);
        choices(json, run.spec());
        return json.end().toString();
    }

    private static void identity(JsonText json, RunSpec spec) {
        json.field("id", spec.id().value())
                .field("object", "thread.run")
                .secondsField("created_at", spec.createdAt())
                .field("assistant_id", spec.assistantId().value())
                .field("thread_id", spec.threadId().value());
    }

    private static void progress(JsonText json, Run run, RunStatus status) {
        RunState state = run.state();
        Instant deadline = status.isTerminal() ? null : run.spec().deadline();
        boolean answered = status == RunStatus.COMPLETED || status == RunStatus.INCOMPLETE;
        json.field("status", status.name().toLowerCase(Locale.ROOT))
                .secondsField("started_at", state.startedAt())
                .secondsField("expires_at", deadline)
                .secondsField("cancelled_at", endIf(status == RunStatus.CANCELLED, state))
                .secondsField("failed_at", endIf(status == RunStatus.FAILED, state))
                .secondsField("completed_at", endIf(answered, state));
        requiredAction(json, state, status);
        RunError error = status == RunStatus.FAILED ? state.error() : null;
        if (error == null) {
            json.nullField("last_error");
        } else {
            error(json, error.code(), error.message());
        }
    }

    private static @Nullable Instant endIf(boolean reached, RunState state) {
        return reached ? state.endedAt() : null;
    }

    static void error(JsonText json, RunError.Code code, String message) {
        json.object("last_error")
                .field("code", code.name().toLowerCase(Locale.ROOT))
                .field("message", message)
                .end();
    }

    private static void requiredAction(JsonText json, RunState state, RunStatus status) {
        if (status != RunStatus.REQUIRES_ACTION) {
            json.nullField("required_action");
            return;
        }
        json.object("required_action")
                .field("type", "submit_tool_outputs")
                .object("submit_tool_outputs")
                .array("tool_calls");
        for (ToolCall call : state.requiredCalls()) {
            json.object()
                    .field("id", call.id().value())
                    .field("type", "function")
                    .object("function")
                    .field("name", call.name())
                    .field("arguments", call.argumentsJson())
                    .end()
                    .end();
        }
        json.endArray().end().end();
    }

    private static void instructions(JsonText json, RunSpec spec) {
        Sampling sampling = spec.sampling();
        json.field("model", spec.model()).field("instructions", spec.instructions());
        ToolsJson.field(json, spec.tools());
        json.field("metadata", spec.metadata())
                .numberField("temperature", sampling.temperature())
                .numberField("top_p", sampling.topP());
    }

    private static void outcome(JsonText json, RunState state, RunStatus status) {
        String reason = status == RunStatus.INCOMPLETE ? state.incompleteReason() : null;
        if (reason != null && INCOMPLETE_REASONS.contains(reason)) {
            json.object("incomplete_details").field("reason", reason).end();
        } else {
            json.nullField("incomplete_details");
        }
        boolean counted = status.isTerminal() || status == RunStatus.REQUIRES_ACTION;
        usage(json, counted ? state.usage() : null);
    }

    static void usage(JsonText json, @Nullable Usage usage) {
        if (usage == null) {
            json.nullField("usage");
            return;
        }
        json.object("usage")
                .field("prompt_tokens", usage.promptTokens())
                .field("completion_tokens", usage.completionTokens())
                .field("total_tokens", usage.totalTokens())
                .end();
    }

    private static void choices(JsonText json, RunSpec spec) {
        Sampling sampling = spec.sampling();
        Integer window = spec.historyWindow();
        Integer budget = sampling.maxCompletionTokens();
        json.nullField("max_prompt_tokens")
                .numberField(
                        "max_completion_tokens",
                        budget == null || budget < LEAST_BUDGET ? null : budget)
                .object("truncation_strategy")
                .field("type", window == null ? "auto" : "last_messages")
                .numberField("last_messages", window)
                .end()
                .jsonField("response_format", orAuto(sampling.responseFormatJson()))
                .jsonField("tool_choice", orAuto(sampling.toolChoiceJson()))
                .field("parallel_tool_calls", sampling.parallelToolCalls());
    }

    private static String orAuto(@Nullable String json) {
        return Objects.requireNonNullElse(json, "\"auto\"");
    }
}
