package org.assistantservice.wire;

import java.time.Instant;
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
import org.assistantservice.model.ToolSpec;
import org.assistantservice.model.Usage;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// One of each value that has a form on the wire.
public final class Examples {
    public static final AssistantId ASSISTANT = new AssistantId("asst_A");
    public static final ThreadId THREAD = new ThreadId("thread_T");
    public static final RunId RUN = new RunId("run_R");
    public static final StepId STEP = new StepId("step_S");
    public static final MessageId MESSAGE = new MessageId("msg_M");
    public static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);
    public static final Instant STARTED = CREATED.plusSeconds(1);
    public static final Instant ENDED = CREATED.plusSeconds(5);
    public static final Instant DEADLINE = CREATED.plusSeconds(600);
    public static final ToolSpec WEATHER =
            new ToolSpec(
                    "get_weather",
                    "Current weather for a city.",
                    "{\"type\":\"object\",\"properties\":{}}",
                    true);
    public static final ToolCall CALL =
            new ToolCall(
                    new CallId("call_C"),
                    0,
                    "get_weather",
                    null,
                    Effect.READ_ONLY,
                    "{\"location\": \"Lisbon\"}",
                    null,
                    ToolCall.State.PLANNED,
                    null);
    public static final Usage USAGE = new Usage(7, 3);

    private Examples() {}

    public static RunSpec spec() {
        return spec(RUN, THREAD, Sampling.DEFAULT, null);
    }

    public static RunSpec spec(
            RunId id, ThreadId thread, Sampling sampling, @Nullable Integer historyWindow) {
        return new RunSpec(
                id,
                thread,
                ASSISTANT,
                "v1",
                Principal.ANONYMOUS,
                new CorrelationId("12345678-abcd"),
                "gpt-test",
                "Be kind.",
                List.of(WEATHER),
                sampling,
                new RoundCap(25, RoundCap.AtCap.ANSWER),
                historyWindow,
                false,
                Map.of("team", "blue"),
                CREATED,
                DEADLINE);
    }

    /// A run whose state has everything that may be set, whatever its status shows of it.
    public static Run run(RunStatus status) {
        RunError error =
                new RunError(RunError.Code.RATE_LIMIT_EXCEEDED, "Too many", "upstream", null);
        return new Run(
                spec(),
                new RunState(
                        status,
                        status == RunStatus.QUEUED ? null : STARTED,
                        status.isTerminal() ? ENDED : null,
                        error,
                        "max_completion_tokens",
                        List.of(CALL),
                        USAGE));
    }

    public static RunStep step(RunStep.Details details, RunStep.Status status) {
        RunError error = new RunError(RunError.Code.INVALID_PROMPT, "Too long", "context", null);
        return new RunStep(
                STEP,
                RUN,
                THREAD,
                ASSISTANT,
                1,
                status,
                details,
                STARTED,
                status == RunStep.Status.IN_PROGRESS ? null : ENDED,
                error,
                USAGE);
    }

    public static Message message(Message.Status status, List<String> content) {
        return new Message(
                MESSAGE,
                THREAD,
                Message.Role.ASSISTANT,
                status,
                content,
                ASSISTANT,
                RUN,
                STARTED,
                status == Message.Status.IN_PROGRESS ? null : ENDED,
                "max_tokens",
                Map.of());
    }

    public static Message userMessage(MessageId id, ThreadId thread, String text) {
        return new Message(
                id,
                thread,
                Message.Role.USER,
                Message.Status.COMPLETED,
                List.of(text),
                null,
                null,
                CREATED,
                CREATED,
                null,
                Map.of());
    }

    public static ChatThread thread(ThreadId id) {
        return new ChatThread(
                id, Principal.ANONYMOUS, ASSISTANT, CREATED, Map.of("b", "2", "a", "1"));
    }

    public static Assistant assistant(AssistantId id, String name) {
        return new Assistant(
                id,
                "v1",
                name,
                "Hello",
                "Be kind.",
                "gpt-test",
                List.of(),
                "{}",
                BusyPolicy.ENQUEUE,
                CREATED);
    }
}
