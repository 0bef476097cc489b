package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.INTERRUPTED;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.call;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assistantservice.actions.Effect;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.assistantservice.run.RunError.Code;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunFailureTest extends RunsOnStore {
    private static final String TEXT = "Model provider error (correlation_id: 12345678)";

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Fault.AUTH, Code.SERVER_ERROR, "upstream_auth"),
                Arguments.of(Fault.NOT_FOUND, Code.SERVER_ERROR, "upstream_not_found"),
                Arguments.of(Fault.RATE_LIMITED, Code.RATE_LIMIT_EXCEEDED, "upstream_rate_limited"),
                Arguments.of(Fault.REJECTED, Code.INVALID_PROMPT, "upstream_rejected"),
                Arguments.of(Fault.UNAVAILABLE, Code.SERVER_ERROR, "upstream_unavailable"),
                Arguments.of(Fault.PROTOCOL, Code.SERVER_ERROR, "upstream_unavailable"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheModelFailsTheRunWithoutTheProvidersWords(Fault fault, Code code, String reason)
            throws Exception {
        Replica replica = started(ScriptedTurn.failure(failure(fault, Duration.ofMillis(1_500))));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .containsExactly("run created", "run queued", "run in_progress", "run failed");
        assertThat(stored(run).state().error())
                .isEqualTo(new RunError(code, TEXT, reason, Duration.ofMillis(1_500)));
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi");
    }

    @Test
    void aFailureInMidAnswerLeavesAnIncompleteMessage() throws Exception {
        Replica replica =
                started(
                        ScriptedTurn.begin()
                                .thenText("Half")
                                .thenFailure(failure(Fault.UNAVAILABLE, null)));
        RunError error = new RunError(Code.SERVER_ERROR, TEXT, "upstream_unavailable", null);

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .endsWith("message incomplete 'Half'", "step 1 message failed", "run failed");
        assertThat(messages(run).getLast())
                .satisfies(message -> {
                    assertThat(message.status()).isEqualTo(Message.Status.INCOMPLETE);
                    assertThat(message.incompleteReason()).isEqualTo("run_failed");
                    assertThat(message.text()).isEqualTo("Half");
                });
        assertThat(steps(run)).extracting(RunStep::error).containsExactly(error);
        assertThat(stored(run).state().error()).isEqualTo(error);
    }

    @Test
    void aFailureWhileCallsAreAnnouncedFailsTheirStepAndKeepsTheMessage() throws Exception {
        Replica replica =
                started(
                        ScriptedTurn.begin()
                                .thenText("Wait.")
                                .thenCalls(call("a", "send", "{}"))
                                .thenFailure(failure(Fault.PROTOCOL, null)));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .endsWith("call 0 += {}", "step 2 calls failed", "run failed")
                .contains("message completed 'Wait.'", "step 1 message completed");
        assertThat(steps(run))
                .extracting(RunStep::status)
                .containsExactly(RunStep.Status.COMPLETED, RunStep.Status.FAILED);
        assertThat(messages(run)).extracting(Message::text).containsExactly("Hi", "Wait.");
    }

    @Test
    void aBrokenPartFailsTheRunAsInternal() throws Exception {
        var model = new ScriptedModel(ScriptedTurn.answer("Hello"));
        Failpoints broken =
                place -> {
                    if (place.equals("before-finish")) {
                        throw new IllegalStateException("secret");
                    }
                };
        Replica replica = started(Replica.Setup.of(model).with(broken));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace())
                .endsWith("message incomplete 'Hello'", "step 1 message failed", "run failed");
        assertThat(stored(run).state().error())
                .isEqualTo(new RunError(Code.SERVER_ERROR, "Internal error", "internal", null));
    }

    @Test
    void aRunWhoseEndCannotBeStoredTellsItsReadersToComeBack() throws Exception {
        var isFollowed = new CountDownLatch(1);
        var model =
                new ScriptedModel(
                        ScriptedTurn.begin().thenWait(isFollowed).thenText("Hello").thenDone());
        Replica replica = started(Replica.Setup.of(model).withJournal(RunFailureTest::withoutEnd));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        isFollowed.countDown();
        reader.awaitEnd(INTERRUPTED);
        replica.awaitIdle();

        assertThat(reader.trace()).last().isEqualTo("text Hello");
        assertThat(stored(run).status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void aThreadWhoseRunFailedTakesTheNextMessage() throws Exception {
        Replica replica =
                started(
                        ScriptedTurn.failure(failure(Fault.AUTH, null)),
                        ScriptedTurn.answer("Hello"));
        Run failed = replica.say("Hi");
        replica.follow(failed).awaitEnd(RUN_OVER);

        Run next = replica.say(failed.threadId(), "Again");
        replica.follow(next).awaitEnd(RUN_OVER);

        assertThat(stored(next).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void anActionThatThrowsAnythingFailsItsCallOnly() throws Exception {
        var send =
                new FakeAction(
                        "send",
                        Effect.ONCE,
                        _ -> {
                            throw new IllegalStateException("secret");
                        });
        Replica replica =
                started(
                        Replica.Setup.of(
                                new ScriptedModel(
                                        ScriptedTurn.calls(call("a", "send", "{}")),
                                        ScriptedTurn.answer("Sorry.")),
                                send));

        Run run = replica.say("Hi");
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(storedCalls(run))
                .extracting(ToolCall::output)
                .containsExactly(
                        "Error: Function 'send' execution failed: IllegalStateException"
                                + " (correlation_id: 12345678)");
        assertThat(stored(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    /// A journal that never stores the end of a run.
    private static RunJournal withoutEnd(RunJournal journal) {
        return (RunJournal)
                Proxy.newProxyInstance(
                        RunJournal.class.getClassLoader(),
                        new Class<?>[] {RunJournal.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("finish")) {
                                throw new IllegalStateException("cannot be stored");
                            }
                            return method.invoke(journal, arguments);
                        });
    }

    private static ModelException failure(Fault fault, @Nullable Duration retryAfter) {
        return new ModelException(fault, "the provider's words", retryAfter, null);
    }
}
