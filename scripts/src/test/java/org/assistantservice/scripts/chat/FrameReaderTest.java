package org.assistantservice.scripts.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.scripts.chat.TurnEnd.Failed;
import org.assistantservice.scripts.chat.TurnEvent.ActionsAsked;
import org.assistantservice.scripts.chat.TurnEvent.ActionsDone;
import org.assistantservice.scripts.chat.TurnEvent.Asked;
import org.assistantservice.scripts.chat.TurnEvent.Done;
import org.assistantservice.scripts.chat.TurnEvent.Frame;
import org.assistantservice.scripts.chat.TurnEvent.NextMessage;
import org.assistantservice.scripts.chat.TurnEvent.RunSeen;
import org.assistantservice.scripts.chat.TurnEvent.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final List<TurnEvent> events = new ArrayList<>();
    private final FrameReader frames = new FrameReader(events::add);

    @Test
    void anActionIsAskedForAndThenDone() {
        frames.accept("", Frames.ASKS);
        frames.accept("", Frames.DONE);

        assertThat(events)
                .containsExactly(
                        new Frame(Frames.ASKS),
                        new RunSeen(Frames.RUN),
                        new ActionsAsked(List.of(new Asked("call_1", "get_weather", "{}"))),
                        new Frame(Frames.DONE),
                        new ActionsDone(List.of(new Done("call_1", "get_weather", "sunny"))));
    }

    @Test
    void aSecondMessageIsToldApartFromTheFirst() {
        frames.accept("", Frames.delta("msg_1", "one"));
        frames.accept("", Frames.delta("msg_2", "two"));

        assertThat(meanings()).containsExactly(new Text("one"), new NextMessage(), new Text("two"));
    }

    @Test
    void aMessageWithoutDeltasIsShownWhole() {
        frames.accept("", Frames.delta("msg_1", "one"));
        frames.accept("", completed("msg_1", "one"));
        frames.accept("", completed("msg_2", "two"));

        assertThat(meanings()).containsExactly(new Text("one"), new NextMessage(), new Text("two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run_cancelled", "stream_error", "missing_fields"})
    void anErrorFrameOfAWebSocketEndsTheAnswer(String code) {
        String error =
                """
                {"event":"error","error":"The text","error_code":"%s","type":"%s","correlation_id":"c"}\
                """
                        .formatted(code, code);

        assertThat(frames.accept("", error)).hasValue(new Failed("The text", ""));
    }

    @Test
    void anErrorFrameOfAStreamHasItsNameOutside() {
        assertThat(frames.accept("error", Frames.error("The text", "HTTPException")))
                .hasValue(new Failed("The text", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[1]",
                "{}",
                "{\"event\":\"thread.run.step.delta\",\"data\":{}}",
                "{\"event\":\"thread.message.delta\",\"data\":{\"delta\":{}}}",
                "{\"event\":\"new.event\",\"data\":{}}"
            })
    void whatIsUnknownIsPassedOver(String json) {
        assertThat(frames.accept("", json)).isEmpty();
        assertThat(meanings()).isEmpty();
    }

    private List<TurnEvent> meanings() {
        return events.stream().filter(event -> !(event instanceof Frame)).toList();
    }

    private static String completed(String id, String text) {
        return """
        {"data":{"id":"%s","content":[{"type":"text","text":{"value":"%s","annotations":[]}}]},\
        "event":"thread.message.completed"}\
        """
                .formatted(id, text);
    }
}
