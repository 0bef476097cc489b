package org.assistantservice.model.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.model.ModelTurn.FinishReason.DONE;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.model.ModelClient.ModelCall;
import org.assistantservice.model.ModelMessage.User;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.testing.RecordingListener;
import org.junit.jupiter.api.Test;

class OfflineModelClientTest {
    private final OfflineModelClient client =
            new OfflineModelClient(new OfflineSettings(Duration.ZERO));

    @Test
    void streamsItsAnswerWordByWord() throws Exception {
        RecordingListener listener = new RecordingListener();

        client.start(Requests.of(List.of(), new User("thanks!")), listener);

        assertThat(listener.turn())
                .isEqualTo(new ModelTurn("You're welcome!", List.of(), DONE, null));
        assertThat(listener.heard())
                .containsExactly(
                        "text You're ", "read end", "text welcome!", "read end", "finished");
    }

    @Test
    void callsWithAnIdOfItsOwn() throws Exception {
        RecordingListener listener = new RecordingListener();

        client.start(
                Requests.of(Functions.WEATHER_ASSISTANT, new User("weather in Lisbon")), listener);

        ModelToolCall call = listener.turn().calls().getFirst();
        assertThat(call.id()).matches("call_[0-9a-f]{32}");
        assertThat(call)
                .isEqualTo(
                        new ModelToolCall(
                                call.id(), "get_weather", "{\"location\":\"Lisbon\"}", null));
        assertThat(listener.heard())
                .containsExactly(
                        "call 0 %s get_weather".formatted(call.id()),
                        "arguments 0 {\"location\":\"Lisbon\"}",
                        "read end",
                        "finished");
    }

    @Test
    void aCancelledAnswerStops() throws Exception {
        OfflineModelClient slow =
                new OfflineModelClient(new OfflineSettings(Duration.ofMillis(20)));
        AtomicReference<ModelCall> call = new AtomicReference<>();
        RecordingListener listener =
                new RecordingListener(piece -> {
                    ModelCall started = call.get();
                    if (started != null) {
                        started.cancel();
                    }
                });

        call.set(
                slow.start(
                        Requests.of(Functions.WEATHER_ASSISTANT, new User("what can you do?")),
                        listener));
        listener.awaitSomething();

        assertThat(listener.endsWithin(Duration.ofMillis(300))).isFalse();
        assertThat(listener.heardWithoutReads()).hasSizeLessThan(10);
    }

    @Test
    void aSchemaThatIsNoJsonFailsTheCallAndNotTheCaller() throws Exception {
        RecordingListener listener = new RecordingListener();

        client.start(
                Requests.of(List.of(new ToolSpec("f", "", "{", true)), new User("hi")), listener);

        assertThat(listener.failure()).hasMessage("The offline model failed");
    }
}
