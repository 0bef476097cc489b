package org.assistantservice.scripts.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.scripts.chat.ScriptedService.json;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.assistantservice.scripts.chat.Turns.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AskingTest {
    private static final Question HELLO = new Question("thread_1", "Hello");
    private static final String CANCEL = "POST /runs/%s/cancel".formatted(Frames.RUN);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Answer answer = new Answer(System::nanoTime);
    private final CtrlC ctrlC = new CtrlC();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private ScriptedService service;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
        client = new ServiceClient(ServiceAddress.parse(service.baseUrl()), "");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        service.close();
    }

    @Test
    void ctrlCCancelsTheRunAndTheAnswerEndsInTheServicesWords() {
        service.on("POST /chat", streamUntilCancelled()).on(CANCEL, cancelReply());

        TurnEnd end = ask(new SseTurns(client, SseTurns.Limits.of(LONG)));

        assertThat(end.notice()).hasValue("[Error: Run cancelled]");
        assertThat(service.requests(CANCEL)).hasSize(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void withoutARunsIdTheOneUnderWayIsCancelled() {
        service.on(
                        "POST /chat",
                        (_, connection) -> {
                            ctrlC.press();
                            cancelled.await();
                            connection
                                    .head(502, "application/json")
                                    .send("{\"detail\":\"Failed to complete run\"}");
                        })
                .on(
                        "GET /v1/threads/thread_1/runs",
                        json(
                                200,
                                "{\"data\":[{\"id\":\"%s\",\"status\":\"in_progress\"}]}"
                                        .formatted(Frames.RUN)))
                .on(CANCEL, cancelReply());

        TurnEnd end = ask(new JsonTurns(client, LONG));

        assertThat(end.notice()).hasValue("[Error: 502] Failed to complete run");
        assertThat(service.requests(CANCEL)).hasSize(1);
    }

    @Test
    void aSecondCtrlCStopsWaiting() {
        service.on("POST /chat", streamUntilCancelled())
                .on(
                        CANCEL,
                        (_, connection) -> {
                            ctrlC.press();
                            connection.awaitEnd();
                        });

        TurnEnd end = ask(new SseTurns(client, SseTurns.Limits.of(LONG)));

        assertThat(end.notice()).hasValue("[Stopped waiting]");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aRunThatCannotBeCancelledIsNotWaitedFor() {
        service.on("POST /chat", streamUntilCancelled()).on(CANCEL, json(500, "{}"));

        TurnEnd end = ask(new SseTurns(client, SseTurns.Limits.of(LONG)));

        assertThat(end.notice()).hasValue("[Stopped waiting]");
    }

    private TurnEnd ask(Turns turns) {
        return new Asking(client, turns, ctrlC).ask(HELLO, answer, this::take);
    }

    private void take(TurnEvent event) {
        answer.add(event);
        if (event instanceof TurnEvent.RunSeen) {
            ctrlC.press();
        }
    }

    private ScriptedService.Reply streamUntilCancelled() {
        return (_, connection) -> {
            connection.head(200, "text/event-stream").send(Frames.sse("1", Frames.CREATED));
            cancelled.await();
            connection.send(
                    "event: error\ndata: %s\n\n"
                            .formatted(Frames.error("Run cancelled", "RunCancelledError")));
        };
    }

    private ScriptedService.Reply cancelReply() {
        return (_, connection) -> {
            connection.head(200, "application/json").send("{}");
            cancelled.countDown();
        };
    }

    /// The key, pressed by the test.
    private static final class CtrlC implements Console.Interrupts {
        private volatile Runnable reaction = () -> {};

        void press() {
            reaction.run();
        }

        @Override
        public <T> T during(Runnable pressed, Supplier<T> work) {
            reaction = pressed;
            try {
                return work.get();
            } finally {
                reaction = () -> {};
            }
        }
    }
}
