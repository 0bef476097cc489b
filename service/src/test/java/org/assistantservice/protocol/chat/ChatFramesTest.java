package org.assistantservice.protocol.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.assistantservice.identity.CallId;
import org.assistantservice.protocol.chat.ChatFrame.Event;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunEvent.StepDelta;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.server.AsciiBuffer;
import org.assistantservice.thread.Message;
import org.assistantservice.wire.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatFramesTest {
    private final Run run = Samples.queuedRun();

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void aRunsChangeIsNamedByItsStatus(RunStatus status) {
        List<ChatFrame> frames = ChatFrames.of(Samples.to(run, status));

        assertThat(frames.getFirst())
                .isEqualTo(
                        new Event(
                                "thread.run." + status.name().toLowerCase(java.util.Locale.ROOT),
                                WireJson.run(Samples.in(run, status))));
    }

    @Test
    void theCreationOfARunShowsItQueued() {
        assertThat(ChatFrames.of(RunEvent.RunChanged.created(run)))
                .containsExactly(new Event("thread.run.created", WireJson.run(run)));
    }

    @ParameterizedTest
    @CsvSource({
        "IN_PROGRESS, true, created",
        "IN_PROGRESS, false, in_progress",
        "COMPLETED, false, completed",
        "FAILED, false, failed",
        "CANCELLED, false, cancelled",
        "EXPIRED, false, expired"
    })
    void aStepsChangeIsNamedByItsStatus(RunStep.Status status, boolean isCreation, String name) {
        RunStep step = Samples.messageStep(run, status);

        assertThat(ChatFrames.of(new StepChanged(isCreation, step)))
                .containsExactly(new Event("thread.run.step." + name, WireJson.step(step)));
    }

    @ParameterizedTest
    @CsvSource({
        "IN_PROGRESS, true, created",
        "IN_PROGRESS, false, in_progress",
        "COMPLETED, false, completed",
        "INCOMPLETE, false, incomplete"
    })
    void aMessagesChangeIsNamedByItsStatus(Message.Status status, boolean isCreation, String name) {
        Message message = Samples.message(run, status, "x");

        assertThat(ChatFrames.of(new MessageChanged(isCreation, message)))
                .containsExactly(new Event("thread.message." + name, WireJson.message(message)));
    }

    @Test
    void aPieceOfACallIsAStepDelta() {
        StepDelta delta = new StepDelta(Samples.CALL_STEP, 0, new CallId("call_1"), "f", "");

        assertThat(ChatFrames.of(delta))
                .containsExactly(new Event("thread.run.step.delta", WireJson.stepDelta(delta)));
    }

    @Test
    void callsThatAreFinishedAreThreeFrames() {
        Run inProgress = Samples.in(run, RunStatus.IN_PROGRESS);
        RunStep step = Samples.callStep(run, RunStep.Status.COMPLETED, "72");

        assertThat(ChatFrames.of(new RunEvent.CallsFinished(inProgress, step)))
                .containsExactly(
                        new Event("thread.run.step.completed", WireJson.step(step)),
                        new Event(
                                "thread.run.queued", WireJson.runAs(inProgress, RunStatus.QUEUED)),
                        new Event("thread.run.in_progress", WireJson.run(inProgress)));
    }

    @Test
    void progressOfACallIsNotShown() {
        assertThat(ChatFrames.of(new RunEvent.CallProgress(run.id(), new CallId("c"), "hm")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "é 🌊 \u2028 \u2029 \u0085 \u007f \u009f",
                "\"\\/\b\f\n\r\t\u0000\u001f",
                "\ud83c",
                "data: x\n\nevent: y"
            })
    void theFastPathOfADeltaEqualsTheSlowOne(String text) {
        AsciiBuffer fast = new AsciiBuffer(16);

        DeltaJson.append(fast, new MessageDelta(Samples.MESSAGE, text));

        String json = new String(fast.toBytes(), US_ASCII);
        var slow = (Event) ChatFrames.of(new MessageDelta(Samples.MESSAGE, text)).getFirst();
        JsonMapper mapper = JsonMapper.shared();
        assertThat(mapper.readTree(json))
                .isEqualTo(
                        mapper.createObjectNode()
                                .put("event", slow.name())
                                .set("data", mapper.readTree(slow.json())));
        assertThat(json.chars()).allMatch(it -> it >= ' ' && it < 0x7f);
    }

    @Test
    void timesHaveTheDigitsThatClientsExpect() {
        assertThat(JsonTimes.seconds(Duration.ofMillis(61_005))).isEqualTo("61.005");
        assertThat(JsonTimes.epochSeconds(Samples.NOW)).isEqualTo("1795173419.250000");
        assertThat(JsonTimes.iso(Samples.NOW)).isEqualTo("2026-11-20T11:16:59.250000+00:00");
    }
}
