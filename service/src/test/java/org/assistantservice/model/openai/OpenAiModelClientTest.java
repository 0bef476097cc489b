package org.assistantservice.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.model.openai.Clients.asking;
import static org.assistantservice.testing.ScriptedCall.call;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.model.ModelClient.ModelCall;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.ModelTurn.FinishReason;
import org.assistantservice.model.Usage;
import org.assistantservice.testing.RecordingListener;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiModelClientTest {
    private ScriptedModelServer server;
    private OpenAiModelClient client;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedModelServer.start();
        client = Clients.of(server.baseUrl());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void streamsTextPieceByPieceAndEndsWithTheWholeTurn() throws Exception {
        server.enqueue(Turn.text("Hello", ", wörld", " 🌊").usage(3, 4));

        RecordingListener listener = ask();

        assertThat(listener.turn())
                .isEqualTo(
                        new ModelTurn(
                                "Hello, wörld 🌊", List.of(), FinishReason.DONE, new Usage(3, 4)));
        assertThat(listener.heardWithoutReads())
                .containsExactly("text Hello", "text , wörld", "text  🌊", "finished");
    }

    @Test
    void assemblesParallelCallsFromSplitArguments() throws Exception {
        server.enqueue(
                Turn.text("Let me see.")
                        .calls(
                                call("call_1", "get_weather", "{\"loc", "ation\":\"Paris\"}"),
                                call("call_2", "get_time", "{}")));

        RecordingListener listener = ask();

        assertThat(listener.turn())
                .isEqualTo(
                        new ModelTurn(
                                "Let me see.",
                                List.of(
                                        new ModelToolCall(
                                                "call_1",
                                                "get_weather",
                                                "{\"location\":\"Paris\"}",
                                                null),
                                        new ModelToolCall("call_2", "get_time", "{}", null)),
                                FinishReason.DONE,
                                new Usage(11, 7)));
        assertThat(listener.heardWithoutReads())
                .containsExactly(
                        "text Let me see.",
                        "call 0 call_1 get_weather",
                        "arguments 0 {\"loc",
                        "arguments 0 ation\":\"Paris\"}",
                        "call 1 call_2 get_time",
                        "arguments 1 {}",
                        "finished");
    }

    @Test
    void whatOneReadBringsIsDeliveredBeforeItsEnd() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        server.enqueue(Turn.text("a", "b").pauseUntil(more).then("c"));
        RecordingListener listener = new RecordingListener();

        client.start(asking("hi"), listener);
        await().until(() -> listener.heard().contains("text b"));
        await().until(() -> listener.heard().getLast().equals("read end"));
        more.countDown();

        assertThat(listener.turn().text()).isEqualTo("abc");
        assertThat(listener.heard()).endsWith("text c", "read end", "finished");
    }

    @Test
    void keepsItsConnectionForTheNextCall() throws Exception {
        for (int i = 0; i < 5; i++) {
            server.enqueue(Turn.text("answer " + i));
            assertThat(ask().turn().text()).isEqualTo("answer " + i);
        }

        // An answer is complete a moment before its connection is free: the next call may miss it.
        assertThat(server.acceptedConnections()).isLessThan(5);
    }

    @Test
    void twoHundredCancelledCallsLeaveNoConnectionAndNoThread() throws Exception {
        server.answer(request -> Turn.text("thinking").hang());
        List<RecordingListener> listeners = new ArrayList<>();
        List<ModelCall> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RecordingListener listener = new RecordingListener();
            listeners.add(listener);
            calls.add(client.start(asking("hi"), listener));
        }
        for (RecordingListener listener : listeners) {
            listener.awaitSomething();
        }
        assertThat(server.openConnections()).isEqualTo(200);

        calls.forEach(ModelCall::cancel);

        await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
        await().untilAsserted(() -> assertThat(client.liveCalls()).isZero());
        assertThat(listeners)
                .allSatisfy(listener ->
                        assertThat(listener.heardWithoutReads()).containsExactly("text thinking"));
    }

    @Test
    void aThousandStreamsShareOneEventLoop() throws Exception {
        CountDownLatch allOpen = new CountDownLatch(1);
        server.answer(request ->
                Turn.text("you are ").pauseUntil(allOpen).then(request.lastUserText(), "!"));
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            RecordingListener listener = new RecordingListener();
            listeners.add(listener);
            client.start(asking("caller " + i), listener);
        }
        for (RecordingListener listener : listeners) {
            listener.awaitSomething();
        }
        assertThat(server.openConnections()).isEqualTo(1_000);

        allOpen.countDown();

        for (int i = 0; i < 1_000; i++) {
            assertThat(listeners.get(i).turn().text()).isEqualTo("you are caller %d!".formatted(i));
        }
        await().untilAsserted(() -> assertThat(client.liveCalls()).isZero());
    }

    @Test
    void aCallCancelledBeforeItsAnswerClosesItsConnection() throws Exception {
        server.enqueue(Turn.neverAnswers());
        RecordingListener listener = new RecordingListener();
        ModelCall call = client.start(asking("hi"), listener);
        await().until(() -> server.requests().size() == 1);

        call.cancel();

        await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
        await().untilAsserted(() -> assertThat(client.liveCalls()).isZero());
        assertThat(listener.heard()).isEmpty();
    }

    @Test
    void aCallCancelledAtOnceIsNeverHeardOf() {
        server.answer(request -> Turn.text("late"));
        for (int i = 0; i < 50; i++) {
            RecordingListener listener = new RecordingListener();
            client.start(asking("hi"), listener).cancel();

            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .untilAsserted(() -> assertThat(client.liveCalls()).isZero());
            assertThat(listener.heard()).doesNotContain("finished");
        }
    }

    @Test
    void closingTheClientFailsItsCalls() throws Exception {
        server.enqueue(Turn.text("thinking").hang());
        RecordingListener listener = new RecordingListener();
        client.start(asking("hi"), listener);
        listener.awaitSomething();

        client.close();

        assertThat(listener.failure()).hasMessage("The model client was closed");
    }

    @Test
    void aListenerThatFailsEndsItsOwnCallOnly() throws Exception {
        server.enqueue(Turn.text("boom"), Turn.text("fine"));
        RecordingListener broken =
                new RecordingListener(piece -> {
                    throw new IllegalStateException("the listener is broken");
                });

        client.start(asking("hi"), broken);

        assertThat(broken.failure()).hasMessage("The model call failed here");
        assertThat(ask().turn().text()).isEqualTo("fine");
    }

    private RecordingListener ask() {
        RecordingListener listener = new RecordingListener();
        client.start(asking("hi"), listener);
        return listener;
    }
}
