package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assistantservice.actions.Effect;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantFunction;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.assistant.FunctionSchema;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.model.Usage;
import org.assistantservice.run.EventRow;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.AcceptResult.Accepted;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Values that the tests begin with.
final class Given {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    static final Instant LATER = NOW.plusSeconds(3);
    static final Duration LEASE = Duration.ofSeconds(15);
    static final HistoryWindow WINDOW = new HistoryWindow(100, 50_000);
    static final Principal ANNA = new Principal(TenantId.DEFAULT, "anna");
    static final Principal BEN = new Principal(TenantId.DEFAULT, "ben");
    static final String OWNER = "replica-1";
    static final AssistantId ASSISTANT_ID = new AssistantId("asst_weather");
    static final Assistant ASSISTANT =
            new Assistant(
                    ASSISTANT_ID,
                    "v1",
                    "weather",
                    "Hello!",
                    "You know the weather.",
                    "gpt-test",
                    List.of(
                            new AssistantFunction(
                                    "get_weather", new ActionRef("weather", "get_weather"), null),
                            new AssistantFunction(
                                    "raw", null, new FunctionSchema("raw", "Raw.", "{}", false))),
                    "{\"unit\":\"C\"}",
                    BusyPolicy.ENQUEUE,
                    NOW);

    private Given() {}

    static ChatThread thread(Principal owner) {
        return new ChatThread(
                ThreadId.random(), owner, ASSISTANT_ID, NOW, Map.of("topic", "weather"));
    }

    static RunSpec spec(ThreadId threadId, Principal principal) {
        return new RunSpec(
                RunId.random(),
                threadId,
                ASSISTANT_ID,
                "v1",
                principal,
                new CorrelationId("correlation-1"),
                "gpt-test",
                "You know the weather.",
                List.of(new ToolSpec("get_weather", "Weather.", "{\"type\":\"object\"}", true)),
                new Sampling(0.5, null, 100, "\"auto\"", null, true),
                new RoundCap(25, RoundCap.AtCap.FAIL),
                7,
                false,
                Map.of("channel", "chat"),
                NOW,
                NOW.plus(Duration.ofMinutes(10)));
    }

    static RunSpec ephemeral(RunSpec spec) {
        return new RunSpec(
                spec.id(),
                spec.threadId(),
                spec.assistantId(),
                spec.assistantVersion(),
                spec.principal(),
                spec.correlationId(),
                spec.model(),
                spec.instructions(),
                spec.tools(),
                spec.sampling(),
                spec.roundCap(),
                spec.historyWindow(),
                true,
                spec.metadata(),
                spec.createdAt(),
                spec.deadline());
    }

    static Message userMessage(RunSpec spec, String text) {
        return new Message(
                MessageId.random(),
                spec.threadId(),
                Message.Role.USER,
                Message.Status.COMPLETED,
                List.of(text),
                null,
                spec.id(),
                NOW,
                NOW,
                null,
                Map.of("client", "test"));
    }

    static Message reply(Run run, String text) {
        return new Message(
                MessageId.random(),
                run.threadId(),
                Message.Role.ASSISTANT,
                Message.Status.COMPLETED,
                List.of(text),
                ASSISTANT_ID,
                run.id(),
                NOW,
                LATER,
                null,
                Map.of());
    }

    /// A message on a thread made for it.
    static Acceptance onNewThread(String text) {
        ChatThread thread = thread(ANNA);
        return acceptance(spec(thread.id(), ANNA), thread, text);
    }

    /// A message on a thread that is there, under a policy, at most two waiting.
    static Acceptance on(ThreadId threadId, String text, BusyPolicy policy) {
        Acceptance plain = acceptance(spec(threadId, ANNA), null, text);
        return new Acceptance(
                plain.spec(),
                null,
                plain.message(),
                ASSISTANT,
                policy,
                null,
                2,
                null,
                OWNER,
                LEASE);
    }

    static Acceptance acceptance(RunSpec spec, @Nullable ChatThread thread, String text) {
        return new Acceptance(
                spec,
                thread,
                userMessage(spec, text),
                ASSISTANT,
                BusyPolicy.ENQUEUE,
                null,
                2,
                null,
                OWNER,
                LEASE);
    }

    /// The same asked of an assistant with many functions.
    static Acceptance withFunctions(Acceptance plain, int count) {
        RunSpec spec = plain.spec();
        List<ToolSpec> tools =
                IntStream.range(0, count)
                        .mapToObj(i -> new ToolSpec("function_" + i, "Number " + i, "{}", true))
                        .toList();
        RunSpec many =
                new RunSpec(
                        spec.id(),
                        spec.threadId(),
                        spec.assistantId(),
                        spec.assistantVersion(),
                        spec.principal(),
                        spec.correlationId(),
                        spec.model(),
                        spec.instructions(),
                        tools,
                        spec.sampling(),
                        spec.roundCap(),
                        spec.historyWindow(),
                        spec.ephemeral(),
                        spec.metadata(),
                        spec.createdAt(),
                        spec.deadline());
        return acceptance(many, plain.thread(), plain.message().text());
    }

    static Acceptance with(Acceptance plain, Idempotency key) {
        return new Acceptance(
                plain.spec(),
                plain.thread(),
                plain.message(),
                plain.assistant(),
                plain.policy(),
                plain.supersedes(),
                plain.maxQueued(),
                key,
                plain.owner(),
                plain.lease());
    }

    static ToolCall call(int index, Effect effect) {
        return new ToolCall(
                new CallId("call_" + index),
                index,
                "get_weather",
                new ActionRef("weather", "get_weather"),
                effect,
                "{\"city\":\"Lisbon\"}",
                null,
                ToolCall.State.PLANNED,
                null);
    }

    static RunStep callStep(Run run, int seq, ToolCall... calls) {
        return step(run, seq, new RunStep.ToolCalls("Let me look.", List.of(calls)));
    }

    static RunStep messageStep(Run run, int seq, Message message) {
        return step(run, seq, new RunStep.MessageCreation(message.id()))
                .ended(RunStep.Status.COMPLETED, LATER, null, new Usage(10, 5));
    }

    private static RunStep step(Run run, int seq, RunStep.Details details) {
        return new RunStep(
                StepId.random(),
                run.id(),
                run.threadId(),
                ASSISTANT_ID,
                seq,
                RunStep.Status.IN_PROGRESS,
                details,
                NOW,
                null,
                null,
                null);
    }

    static Run completed(Run run) {
        return run.with(
                new RunState(
                        RunStatus.COMPLETED,
                        run.state().startedAt(),
                        LATER,
                        null,
                        null,
                        List.of(),
                        new Usage(30, 15)));
    }

    static EventRow row(int epoch, int n, RunEvent... events) {
        return new EventRow(epoch, n, List.of(events));
    }

    /// The events of rows, each with its place.
    static List<SequencedEvent> sequenced(EventRow... rows) {
        return Arrays.stream(rows)
                .flatMap(row ->
                        IntStream.range(0, row.events().size())
                                .mapToObj(i ->
                                        new SequencedEvent(
                                                row.epoch(), row.n() + i, row.events().get(i))))
                .toList();
    }

    static Accepted accepted(AcceptResult result) {
        return (Accepted) result;
    }
}
