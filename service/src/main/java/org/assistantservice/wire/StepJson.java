package org.assistantservice.wire;

import java.time.Instant;
import java.util.Locale;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.jspecify.annotations.Nullable;

/// `thread.run.step` and its delta.
final class StepJson {
    private static final int EXPECTED_LENGTH = 1024;

    private StepJson() {}

    static String text(RunStep step) {
        JsonText json =
                new JsonText(EXPECTED_LENGTH)
                        .object()
                        .field("id", step.id().value())
                        .field("object", "thread.run.step")
                        .secondsField("created_at", step.createdAt())
                        .field("run_id", step.runId().value())
                        .field("assistant_id", step.assistantId().value())
                        .field("thread_id", step.threadId().value())
                        .field("type", type(step.details()))
                        .field("status", step.status().name().toLowerCase(Locale.ROOT))
                        .secondsField("cancelled_at", endIf(step, RunStep.Status.CANCELLED))
                        .secondsField("completed_at", endIf(step, RunStep.Status.COMPLETED))
                        .secondsField("expired_at", endIf(step, RunStep.Status.EXPIRED))
                        .secondsField("failed_at", endIf(step, RunStep.Status.FAILED));
        lastError(json, step);
        details(json, step.details());
        RunJson.usage(json, step.status() == RunStep.Status.IN_PROGRESS ? null : step.usage());
        return json.object("metadata").end().end().toString();
    }

    static String delta(RunEvent.StepDelta delta) {
        JsonText json =
                new JsonText()
                        .object()
                        .field("id", delta.stepId().value())
                        .field("object", "thread.run.step.delta")
                        .object("delta")
                        .object("step_details")
                        .field("type", "tool_calls")
                        .array("tool_calls")
                        .object()
                        .field("index", delta.index());
        if (delta.callId() != null) {
            json.field("id", delta.callId().value());
        }
        json.field("type", "function").object("function");
        if (delta.name() != null) {
            json.field("name", delta.name());
        }
        json.field("arguments", delta.arguments());
        if (delta.callId() != null) {
            json.nullField("output");
        }
        return json.end().end().endArray().end().end().end().toString();
    }

    private static @Nullable Instant endIf(RunStep step, RunStep.Status status) {
        return step.status() == status ? step.endedAt() : null;
    }

    /// A step's schema does not know the code `invalid_prompt`.
    private static void lastError(JsonText json, RunStep step) {
        RunError error = step.status() == RunStep.Status.FAILED ? step.error() : null;
        if (error == null) {
            json.nullField("last_error");
            return;
        }
        RunError.Code code =
                switch (error.code()) {
                    case RATE_LIMIT_EXCEEDED -> RunError.Code.RATE_LIMIT_EXCEEDED;
                    case SERVER_ERROR, INVALID_PROMPT -> RunError.Code.SERVER_ERROR;
                };
        RunJson.error(json, code, error.message());
    }

    private static String type(RunStep.Details details) {
        return switch (details) {
            case RunStep.MessageCreation _ -> "message_creation";
            case RunStep.ToolCalls _ -> "tool_calls";
        };
    }

    private static void details(JsonText json, RunStep.Details details) {
        json.object("step_details").field("type", type(details));
        switch (details) {
            case RunStep.MessageCreation(var messageId) ->
                    json.object("message_creation").field("message_id", messageId.value()).end();
            case RunStep.ToolCalls(_, var calls) -> {
                json.array("tool_calls");
                calls.forEach(call -> call(json, call));
                json.endArray();
            }
        }
        json.end();
    }

    private static void call(JsonText json, ToolCall call) {
        json.object()
                .field("id", call.id().value())
                .field("type", "function")
                .object("function")
                .field("name", call.name())
                .field("arguments", call.argumentsJson())
                .field("output", call.output())
                .end()
                .end();
    }
}
