package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
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
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.CallsPlanned;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnFramesTest {
    private static final String SORRY = "Sorry.";
    private static final Instant NOW = Instant.parse("2026-11-20T11:16:59Z");
    private static final MessageId MESSAGE = MessageId.random();
    private static final Run RUN =
            new Run(
                    new RunSpec(
                            RunId.random(),
                            ThreadId.random(),
                            new AssistantId("asst_jelly"),
                            "1",
                            Principal.ANONYMOUS,
                            CorrelationId.random(),
                            "scripted",
                            "",
                            List.of(),
                            Sampling.DEFAULT,
                            new RoundCap(4, RoundCap.AtCap.ANSWER),
                            11,
                            false,
                            Map.of(),
                            NOW,
                            NOW),
                    RunState.QUEUED);

    @Test
    void anAnswerIsItsTokensAndOneFinalMessage() {
        assertThat(frames(begins(), says(" Good "), says("morning.\n"), ends(RunStatus.COMPLETED)))
                .containsExactly(
                        JellyFrame.token(" Good "),
                        JellyFrame.token("morning.\n"),
                        JellyFrame.finalMessage("Good morning."));
    }

    @Test
    void actionsAreAnnouncedEachWithItsSentence() {
        assertThat(
                        frames(
                                calls("look_up", "add"),
                                begins(),
                                says("Done."),
                                ends(RunStatus.COMPLETED)))
                .containsExactly(
                        JellyFrame.toolStart("I look_up"),
                        JellyFrame.toolStart("I add"),
                        JellyFrame.token("Done."),
                        JellyFrame.finalMessage("Done."));
    }

    @Test
    void whatWasSaidBeforeActionsIsPartOfTheAnswer() {
        assertThat(
                        frames(
                                begins(),
                                says("Let me see."),
                                calls("look_up"),
                                begins(),
                                says("Found."),
                                ends(RunStatus.COMPLETED)))
                .containsExactly(
                        JellyFrame.token("Let me see."),
                        JellyFrame.toolStart("I look_up"),
                        JellyFrame.token("\n\nFound."),
                        JellyFrame.finalMessage("Let me see.\n\nFound."));
    }

    @Test
    void whatACrashMadeVoidIsNotInTheFinalMessage() {
        assertThat(
                        frames(
                                begins(),
                                says("Half"),
                                new RunEvent.Reset(RUN.id(), 2),
                                begins(),
                                says("Whole."),
                                ends(RunStatus.COMPLETED)))
                .endsWith(JellyFrame.finalMessage("Whole."));
    }

    @Test
    void anAnswerThatWasCutOffIsStillOne() {
        assertThat(frames(begins(), says("Half"), ends(RunStatus.INCOMPLETE)))
                .containsExactly(JellyFrame.token("Half"), JellyFrame.finalMessage("Half"));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELLED", "EXPIRED"})
    void aRunThatFailedEndsWithTheApology(RunStatus end) {
        assertThat(frames(begins(), says("Half"), ends(end)))
                .containsExactly(
                        JellyFrame.token("Half"),
                        JellyFrame.token(SORRY),
                        JellyFrame.finalMessage(SORRY));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "INCOMPLETE"})
    void anEmptyAnswerIsNone(RunStatus end) {
        assertThat(frames(begins(), says(" "), ends(end)))
                .endsWith(JellyFrame.token(SORRY), JellyFrame.finalMessage(SORRY));
    }

    @Test
    void aStreamThatBreaksOffEndsWithTheApology() {
        assertThat(frames())
                .containsExactly(JellyFrame.token(SORRY), JellyFrame.finalMessage(SORRY));
    }

    private static List<JellyFrame> frames(RunEvent... events) {
        TurnFrames turn = new TurnFrames(call -> "I " + call.name(), SORRY);
        List<JellyFrame> frames = new ArrayList<>();
        for (RunEvent event : events) {
            frames.addAll(turn.of(event));
        }
        frames.addAll(turn.last());
        return frames;
    }

    private static RunEvent begins() {
        return new MessageChanged(
                true,
                new Message(
                        MESSAGE,
                        RUN.threadId(),
                        Message.Role.ASSISTANT,
                        Message.Status.IN_PROGRESS,
                        List.of(),
                        RUN.spec().assistantId(),
                        RUN.id(),
                        NOW,
                        null,
                        null,
                        Map.of()));
    }

    private static RunEvent says(String text) {
        return new MessageDelta(MESSAGE, text);
    }

    private static RunEvent ends(RunStatus status) {
        return RunChanged.to(RUN.with(RUN.state().withStatus(status)));
    }

    private static RunEvent calls(String... names) {
        List<ToolCall> calls = new ArrayList<>();
        for (String name : names) {
            calls.add(
                    new ToolCall(
                            new CallId("call_" + name),
                            calls.size(),
                            name,
                            null,
                            Effect.ONCE,
                            "{}",
                            null,
                            ToolCall.State.PLANNED,
                            null));
        }
        RunStep step =
                new RunStep(
                        StepId.random(),
                        RUN.id(),
                        RUN.threadId(),
                        RUN.spec().assistantId(),
                        1,
                        RunStep.Status.IN_PROGRESS,
                        new RunStep.ToolCalls("", calls),
                        NOW,
                        null,
                        null,
                        null);
        return new CallsPlanned(RUN, step);
    }
}
