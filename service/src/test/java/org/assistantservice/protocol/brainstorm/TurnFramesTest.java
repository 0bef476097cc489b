package org.assistantservice.protocol.brainstorm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.CallsFinished;
import org.assistantservice.run.RunEvent.CallsPlanned;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Reset;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TurnFramesTest {
    private static final CorrelationId CORRELATION = new CorrelationId("abcdef12-3456");
    private static final Run RUN = Samples.run(CORRELATION);
    private static final String DONE = "{\"chatId\":\"c\",\"tag\":\"done\"}";
    private static final String CLOSED =
            "{\"chunk\":\"\",\"chatId\":\"c\",\"tag\":\"message\",\"done\":true}";
    private static final String SHOWN =
            "{\"chunk\":\"Hello\",\"chatId\":\"c\",\"tag\":\"message\",\"done\":false}";

    private final TurnFrames frames = new TurnFrames("c", CORRELATION, 20);

    private static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(
                        "failed",
                        told(
                                Samples.failed(
                                        RUN, "Model provider error (correlation_id: abcdef12)")),
                        "Model provider error (correlation_id: abcdef12)"),
                Arguments.of(
                        "failed without its id",
                        told(Samples.failed(RUN, "Too many rounds")),
                        "Too many rounds (correlation_id: abcdef12)"),
                Arguments.of(
                        "cancelled",
                        told(Samples.in(RUN, RunStatus.CANCELLED)),
                        "Run cancelled (correlation_id: abcdef12)"),
                Arguments.of(
                        "expired",
                        told(Samples.in(RUN, RunStatus.EXPIRED)),
                        "Run expired (correlation_id: abcdef12)"),
                Arguments.of(
                        "incomplete",
                        told(Samples.incomplete(RUN, "content_filter")),
                        "Run incomplete: content_filter (correlation_id: abcdef12)"),
                Arguments.of(
                        "stream lost",
                        (Function<TurnFrames, List<Frame>>) it -> it.broken("The answer was cut"),
                        "The answer was cut (correlation_id: abcdef12)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void anEndBeforeAnyTextIsAnErrorAndOneDone(
            String name, Function<TurnFrames, List<Frame>> end, String error) {
        assertThat(json(end.apply(frames))).containsExactly(fault(error), DONE);
        assertOver();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void anEndInMidMessageClosesItBeforeTheErrorAndTheOneDone(
            String name, Function<TurnFrames, List<Frame>> end, String error) {
        List<String> text = play(new MessageDelta(Samples.MESSAGE, "Hello"));

        assertThat(text).isEmpty();
        assertThat(json(end.apply(frames))).containsExactly(SHOWN, CLOSED, fault(error), DONE);
        assertOver();
    }

    @Test
    void aCompletedRunEndsItsMessageWithWhatIsLeft() {
        List<String> seen =
                play(
                        RunChanged.created(RUN),
                        new MessageDelta(Samples.MESSAGE, "Hel"),
                        new MessageDelta(Samples.MESSAGE, "lo"),
                        RunChanged.to(Samples.in(RUN, RunStatus.COMPLETED)),
                        Samples.metadata(RUN));

        assertThat(seen)
                .containsExactly(
                        "{\"chunk\":\"Hello\",\"chatId\":\"c\",\"tag\":\"message\",\"done\":true}",
                        DONE);
        assertOver();
    }

    @Test
    void aCompletedRunWithoutTextHasAnEmptyMessage() {
        assertThat(play(RunChanged.to(Samples.in(RUN, RunStatus.COMPLETED))))
                .containsExactly(CLOSED, DONE);
    }

    @Test
    void textIsGatheredUntilItIsLongEnoughInCodePoints() {
        assertThat(play(new MessageDelta(Samples.MESSAGE, "🐱".repeat(19)))).isEmpty();
        assertThat(play(new MessageDelta(Samples.MESSAGE, "!"))).hasSize(1);
    }

    @Test
    void withoutAMinimumEveryDeltaIsAPiece() {
        var each = new TurnFrames("c", CORRELATION, 0);

        assertThat(json(each.of(new MessageDelta(Samples.MESSAGE, "Hello"))))
                .containsExactly(SHOWN);
        assertThat(json(each.of(new MessageDelta(Samples.MESSAGE, "")))).isEmpty();
    }

    @Test
    void onlySavedIdeasAreShownAndEachOnce() {
        RunStep step =
                Samples.calls(
                        RUN,
                        Samples.call(
                                "call_1", "save_idea", "{\"text\":\"A \\\"cat\\\"\"}", State.DONE),
                        Samples.call("call_2", "save_idea", "{\"text\":\"lost\"}", State.FAILED),
                        Samples.call("call_3", "save_idea", "{\"text\":\"maybe\"}", State.UNKNOWN),
                        Samples.call("call_4", "other", "{\"text\":\"no idea\"}", State.DONE),
                        Samples.call("call_5", "save_idea", "{\"text\":\"B\"}", State.DONE));

        List<String> seen =
                play(
                        new CallsPlanned(RUN, step),
                        new CallsFinished(RUN, step),
                        new StepChanged(false, step));

        assertThat(seen)
                .containsExactly(
                        "{\"chunk\":\"A \\\"cat\\\"\",\"chatId\":\"c\",\"tag\":\"idea\",\"done\":true}",
                        "{\"chunk\":\"B\",\"chatId\":\"c\",\"tag\":\"idea\",\"done\":true}");
    }

    @Test
    void ideasSavedBeforeARunExpiredAreShownBeforeTheError() {
        RunStep step =
                Samples.calls(
                        RUN, Samples.call("call_1", "save_idea", "{\"text\":\"A\"}", State.DONE));

        List<String> seen =
                play(
                        new CallsPlanned(RUN, step),
                        new StepChanged(false, step),
                        RunChanged.to(Samples.in(RUN, RunStatus.EXPIRED)));

        assertThat(seen)
                .containsExactly(
                        "{\"chunk\":\"A\",\"chatId\":\"c\",\"tag\":\"idea\",\"done\":true}",
                        fault("Run expired (correlation_id: abcdef12)"),
                        DONE);
    }

    @Test
    void textThatIsWrittenAgainAfterARestartIsShownOnce() {
        List<String> seen =
                play(
                        new MessageDelta(Samples.MESSAGE, "Stored, "),
                        new CallsPlanned(RUN, Samples.calls(RUN)),
                        new MessageDelta(Samples.MESSAGE, "lost"),
                        new Reset(RUN.id(), 2),
                        new MessageDelta(Samples.MESSAGE, "again"),
                        RunChanged.to(Samples.in(RUN, RunStatus.COMPLETED)));

        assertThat(seen.getFirst()).contains("\"chunk\":\"Stored, again\"");
    }

    @Test
    void aPieceThatIsOutCannotBeTakenBackByARestart() {
        List<String> seen =
                play(
                        new MessageDelta(Samples.MESSAGE, "Twenty characters or more"),
                        new Reset(RUN.id(), 2));

        assertThat(seen)
                .hasSize(4)
                .endsWith(
                        CLOSED,
                        fault("The answer was interrupted (correlation_id: abcdef12)"),
                        DONE);
        assertOver();
    }

    @Test
    void aClientThatIsTooSlowIsToldOnceAndShortly() {
        play(new MessageDelta(Samples.MESSAGE, "Twenty characters or more, and"));
        play(new MessageDelta(Samples.MESSAGE, " more"));

        assertThat(json(frames.cutOff("The client is too slow")))
                .containsExactly(
                        CLOSED, fault("The client is too slow (correlation_id: abcdef12)"), DONE);
        assertOver();
    }

    private void assertOver() {
        assertThat(frames.isOver()).isTrue();
        assertThat(play(new MessageDelta(Samples.MESSAGE, "x".repeat(100)))).isEmpty();
        assertThat(play(RunChanged.to(Samples.in(RUN, RunStatus.COMPLETED)))).isEmpty();
    }

    private List<String> play(RunEvent... events) {
        List<Frame> seen = new ArrayList<>();
        Arrays.stream(events).forEach(event -> seen.addAll(frames.of(event)));
        return json(seen);
    }

    private static Function<TurnFrames, List<Frame>> told(Run run) {
        return frames -> frames.of(RunChanged.to(run));
    }

    private static String fault(String error) {
        return "{\"tag\":\"error\",\"error\":\"%s\",\"chatId\":\"c\"}".formatted(error);
    }

    private static List<String> json(List<Frame> frames) {
        return frames.stream().map(it -> new String(it.json(), US_ASCII)).toList();
    }
}
