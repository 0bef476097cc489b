package org.assistantservice.protocol.brainstorm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Effect;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent.Metadata;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.jspecify.annotations.Nullable;

/// Runs, steps and calls that the tests of this room share.
final class Samples {
    static final MessageId MESSAGE = new MessageId("msg_000000000000000000000001");

    private static final Instant NOW = Instant.parse("2026-11-20T11:16:59.250Z");
    private static final AssistantId ASSISTANT = new AssistantId("asst_brainstormer");

    private Samples() {}

    static Run run(CorrelationId correlationId) {
        return new Run(
                new RunSpec(
                        RunId.random(),
                        ThreadId.random(),
                        ASSISTANT,
                        "v1",
                        Principal.ANONYMOUS,
                        correlationId,
                        "gpt-test",
                        "Have ideas.",
                        List.of(),
                        Sampling.DEFAULT,
                        new RoundCap(25, RoundCap.AtCap.FAIL),
                        null,
                        false,
                        Map.of(),
                        NOW,
                        NOW.plusSeconds(600)),
                RunState.QUEUED);
    }

    static Run in(Run run, RunStatus status) {
        return state(run, status, null, null);
    }

    static Run failed(Run run, String message) {
        return state(
                run,
                RunStatus.FAILED,
                new RunError(RunError.Code.SERVER_ERROR, message, "upstream_unavailable", null),
                null);
    }

    static Run incomplete(Run run, String reason) {
        return state(run, RunStatus.INCOMPLETE, null, reason);
    }

    static Metadata metadata(Run run) {
        return new Metadata(
                run.id(),
                run.threadId(),
                run.spec().correlationId(),
                Duration.ofSeconds(2),
                10,
                NOW);
    }

    static RunStep calls(Run run, ToolCall... calls) {
        return new RunStep(
                new StepId("step_000000000000000000000001"),
                run.id(),
                run.threadId(),
                ASSISTANT,
                1,
                RunStep.Status.COMPLETED,
                new RunStep.ToolCalls("", List.of(calls)),
                NOW,
                NOW,
                null,
                null);
    }

    static ToolCall call(String id, String name, String argumentsJson, ToolCall.State state) {
        return new ToolCall(
                new CallId(id),
                0,
                name,
                null,
                Effect.IDEMPOTENT,
                argumentsJson,
                null,
                state,
                "Idea saved");
    }

    private static Run state(
            Run run, RunStatus status, @Nullable RunError error, @Nullable String reason) {
        return run.with(
                new RunState(
                        status,
                        NOW,
                        status.isTerminal() ? NOW : null,
                        error,
                        reason,
                        List.of(),
                        null));
    }
}
