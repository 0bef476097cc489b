package org.assistantservice.protocol.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Effect;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.BusyPolicy;
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
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Metadata;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Values and event lists that the tests of this room share.
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-20T11:16:59.250Z");
    static final MessageId MESSAGE = new MessageId("msg_000000000000000000000001");
    static final StepId STEP = new StepId("step_000000000000000000000001");
    static final StepId CALL_STEP = new StepId("step_000000000000000000000002");
    static final Assistant WEATHER = assistant("weather", "Hello! I'm the weather assistant.");

    private Samples() {}

    static Assistant assistant(String name, String greeting) {
        return new Assistant(
                new AssistantId("asst_" + name),
                "v1",
                name,
                greeting,
                "Be brief.",
                "gpt-test",
                List.of(),
                "{}",
                BusyPolicy.ENQUEUE,
                NOW);
    }

    static Run queuedRun() {
        return queuedRun(
                ThreadId.random(), Principal.ANONYMOUS, new CorrelationId("abcdef12-3456"));
    }

    static Run queuedRun(ThreadId thread, Principal principal, CorrelationId correlationId) {
        return new Run(
                new RunSpec(
                        RunId.random(),
                        thread,
                        WEATHER.id(),
                        WEATHER.version(),
                        principal,
                        correlationId,
                        "gpt-test",
                        "Be brief.",
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
        return run.with(
                new RunState(
                        status,
                        NOW,
                        status.isTerminal() ? NOW : null,
                        null,
                        null,
                        List.of(),
                        null));
    }

    static RunEvent to(Run run, RunStatus status) {
        return RunChanged.to(in(run, status));
    }

    static RunEvent failed(Run run, String reason, @Nullable Duration retryAfter) {
        RunError error =
                new RunError(
                        RunError.Code.SERVER_ERROR,
                        "Model provider error (correlation_id: abcdef12)",
                        reason,
                        retryAfter);
        return RunChanged.to(
                run.with(new RunState(RunStatus.FAILED, NOW, NOW, error, null, List.of(), null)));
    }

    static RunEvent incomplete(Run run) {
        return RunChanged.to(
                run.with(
                        new RunState(
                                RunStatus.INCOMPLETE,
                                NOW,
                                NOW,
                                null,
                                "max_completion_tokens",
                                List.of(),
                                null)));
    }

    static RunStep messageStep(Run run, RunStep.Status status) {
        return step(run, STEP, status, new RunStep.MessageCreation(MESSAGE));
    }

    static RunStep callStep(Run run, RunStep.Status status, @Nullable String output) {
        ToolCall call =
                new ToolCall(
                        new CallId("call_1"),
                        0,
                        "get_weather",
                        null,
                        Effect.READ_ONLY,
                        "{\"location\":\"Paris\"}",
                        null,
                        output == null ? ToolCall.State.PLANNED : ToolCall.State.DONE,
                        output);
        return step(run, CALL_STEP, status, new RunStep.ToolCalls("", List.of(call)));
    }

    static Message message(Run run, Message.Status status, String... content) {
        return new Message(
                MESSAGE,
                run.threadId(),
                Message.Role.ASSISTANT,
                status,
                List.of(content),
                WEATHER.id(),
                run.id(),
                NOW,
                status == Message.Status.IN_PROGRESS ? null : NOW,
                null,
                Map.of());
    }

    /// All events of a run that answers with these pieces, after the first two, which every run
    /// has.
    static List<RunEvent> answer(Run run, String... pieces) {
        List<RunEvent> events = new ArrayList<>(opening(run));
        for (String piece : pieces) {
            events.add(new MessageDelta(MESSAGE, piece));
        }
        events.addAll(closing(run, String.join("", pieces)));
        return events;
    }

    static List<RunEvent> opening(Run run) {
        return List.of(
                to(run, RunStatus.IN_PROGRESS),
                new StepChanged(true, messageStep(run, RunStep.Status.IN_PROGRESS)),
                new StepChanged(false, messageStep(run, RunStep.Status.IN_PROGRESS)),
                new MessageChanged(true, message(run, Message.Status.IN_PROGRESS)),
                new MessageChanged(false, message(run, Message.Status.IN_PROGRESS)));
    }

    static List<RunEvent> closing(Run run, String text) {
        return List.of(
                new MessageChanged(false, message(run, Message.Status.COMPLETED, text)),
                new StepChanged(false, messageStep(run, RunStep.Status.COMPLETED)),
                to(run, RunStatus.COMPLETED),
                metadata(run));
    }

    static Metadata metadata(Run run) {
        return new Metadata(
                run.id(),
                run.threadId(),
                run.spec().correlationId(),
                Duration.ofMillis(2500),
                10,
                NOW);
    }

    private static RunStep step(
            Run run, StepId id, RunStep.Status status, RunStep.Details details) {
        return new RunStep(
                id,
                run.id(),
                run.threadId(),
                run.spec().assistantId(),
                1,
                status,
                details,
                NOW,
                status == RunStep.Status.IN_PROGRESS ? null : NOW,
                null,
                null);
    }
}
