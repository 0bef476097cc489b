package org.assistantservice.scripts.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.scripts.chat.Frames.CREATED;
import static org.assistantservice.scripts.chat.Frames.delta;
import static org.assistantservice.scripts.chat.Frames.error;
import static org.assistantservice.scripts.chat.Frames.run;
import static org.assistantservice.scripts.chat.ScriptedService.json;
import static org.assistantservice.scripts.chat.ScriptedService.sse;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import org.assistantservice.scripts.chat.ScriptedService.Request;
import org.assistantservice.scripts.chat.TurnEnd.Closed;
import org.assistantservice.scripts.chat.TurnEnd.Completed;
import org.assistantservice.scripts.chat.TurnEnd.Failed;
import org.assistantservice.scripts.chat.TurnEnd.Restarting;
import org.assistantservice.scripts.chat.TurnEnd.Unreadable;
import org.assistantservice.scripts.chat.Turns.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SseTurnsTest {
    private static final Question HELLO = new Question("thread_1", "Hello");
    private static final Completed IN_2_5_S = new Completed(OptionalDouble.of(2.5));
    private static final String FINISH =
            Frames.sse("4", Frames.COMPLETED) + Frames.sse("5", Frames.METADATA);

    private final Answer answer = new Answer(System::nanoTime);
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
    void anAnswerIsItsTextAndTheTimeTheServiceTook() throws Exception {
        service.on(
                "POST /chat",
                sse(Frames.sse("1", CREATED), frame("2", "Hel"), frame("3", "lo"), FINISH));

        TurnEnd end = ask(Duration.ofSeconds(5));

        assertThat(end).isEqualTo(IN_2_5_S);
        assertThat(end.notice()).hasValue("[Completed in 2.50s]");
        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.runId()).isEqualTo(Frames.RUN);
        Request request = service.requests("POST /chat").getFirst();
        assertThat(request.body()).isEqualTo("{\"message\":\"Hello\",\"thread_id\":\"thread_1\"}");
        assertThat(request.headers())
                .containsEntry("accept", "text/event-stream")
                .containsEntry("content-type", "application/json")
                .doesNotContainKey("last-event-id");
    }

    @Test
    void aBrokenStreamIsResumedBehindItsLastFrame() throws Exception {
        service.on("POST /chat", sse(Frames.sse("1", CREATED), frame("2", "Hel")))
                .on("POST /chat", json(503, "{\"detail\":\"Service is shutting down\"}"))
                .on("POST /chat", sse(frame("3", "lo"), FINISH));

        TurnEnd end = ask(Duration.ofSeconds(5));

        assertThat(end).isEqualTo(IN_2_5_S);
        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(service.requests("POST /chat"))
                .extracting(it -> it.headers().getOrDefault("last-event-id", "none"))
                .containsExactly("none", "2", "2");
    }

    @Test
    void aMessageIsNotPostedAgainWhenNoFrameCameBack() throws Exception {
        service.on("POST /chat", (_, connection) -> connection.send("HTTP/1.1 2"));

        TurnEnd end = ask(Duration.ofSeconds(5));

        assertThat(end).isInstanceOf(Closed.class);
        assertThat(end.notice().orElseThrow()).startsWith("[Connection closed]");
        assertThat(service.requests("POST /chat")).hasSize(1);
    }

    @Test
    void aStreamThatEndsWithoutAFrameIsNotPostedAgain() throws Exception {
        service.on("POST /chat", sse(": keepalive\n\n"));

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Closed(""));
        assertThat(service.requests("POST /chat")).hasSize(1);
    }

    @Test
    void reconnectionsThatBringNothingComeToAnEnd() throws Exception {
        service.on("POST /chat", sse(Frames.sse("1", CREATED)))
                .on("POST /chat", sse())
                .on("POST /chat", sse())
                .on("POST /chat", sse());

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Closed(""));
        assertThat(service.requests("POST /chat")).hasSize(4);
    }

    @Test
    void aCursorThatTheServiceForgotEndsTheAnswer() throws Exception {
        service.on("POST /chat", sse(Frames.sse("1", CREATED)))
                .on("POST /chat", json(404, "{\"detail\":\"Unknown Last-Event-ID\"}"));

        TurnEnd end = ask(Duration.ofSeconds(5));

        assertThat(end).isEqualTo(new Failed("404", "Unknown Last-Event-ID"));
        assertThat(end.notice()).hasValue("[Error: 404] Unknown Last-Event-ID");
    }

    @Test
    void heartbeatsKeepAnAnswerAlive() throws Exception {
        service.on(
                "POST /chat",
                (_, connection) -> {
                    connection.head(200, "text/event-stream").send(Frames.sse("1", CREATED));
                    for (int beat = 0; beat < 6; beat++) {
                        Thread.sleep(100);
                        connection.send(": keepalive\r\n\r\n");
                    }
                    connection.send(frame("2", "late") + FINISH);
                });

        assertThat(ask(Duration.ofMillis(400))).isEqualTo(IN_2_5_S);
        assertThat(answer.text()).isEqualTo("late");
    }

    @Test
    void silenceEndsTheWaitAndIsNotAskedAgain() throws Exception {
        service.on(
                "POST /chat",
                (_, connection) ->
                        connection
                                .head(200, "text/event-stream")
                                .send(Frames.sse("1", CREATED))
                                .awaitEnd());

        TurnEnd end = ask(Duration.ofMillis(300));

        assertThat(end.notice()).hasValue("[Error: Request timed out]");
        assertThat(service.requests("POST /chat")).hasSize(1);
    }

    @Test
    void aServiceThatNeverAnswersTimesOut() throws Exception {
        service.on("POST /chat", (_, connection) -> connection.awaitEnd());

        assertThat(ask(Duration.ofMillis(300))).isEqualTo(Failed.TIMED_OUT);
    }

    @Test
    void aResetVoidsTheTextSoFar() throws Exception {
        String reset =
                "{\"event\":\"reset\",\"data\":{\"run_id\":\"%s\",\"epoch\":2}}"
                        .formatted(Frames.RUN);
        service.on("POST /chat", sse(Frames.sse("1", CREATED), frame("2", "Hel")))
                .on("POST /chat", sse(Frames.sse("3", reset), frame("4", "Hello"), FINISH));

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(IN_2_5_S);
        assertThat(answer.text()).isEqualTo("Hello");
    }

    @Test
    void aServiceThatGoesDownIsAskedForTheRestWhenItIsBack() throws Exception {
        service.on(
                        "POST /chat",
                        sse(
                                Frames.sse("1", CREATED),
                                Frames.sseError(
                                        error("Service is restarting", "ServiceRestartingError"))))
                .on("POST /chat", sse(frame("2", "back"), FINISH));

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(IN_2_5_S);
        assertThat(answer.text()).isEqualTo("back");
    }

    @Test
    void aServiceThatStaysDownIsSaidToBeRestarting() throws Exception {
        String restarting =
                Frames.sseError(error("Service is restarting", "ServiceRestartingError"));
        service.on("POST /chat", sse(Frames.sse("1", CREATED), restarting))
                .on("POST /chat", sse(restarting))
                .on("POST /chat", sse(restarting))
                .on("POST /chat", sse(restarting));

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Restarting("Service is restarting"));
    }

    @Test
    void aFailedRunEndsTheAnswer() throws Exception {
        String failed =
                run("failed", ",\"last_error\":{\"code\":\"server_error\",\"message\":\"Why\"}");
        service.on("POST /chat", sse(Frames.sse("1", CREATED), Frames.sse("2", failed)));

        TurnEnd end = ask(Duration.ofSeconds(5));

        assertThat(end.notice()).hasValue("[Error: Run failed] Why");
    }

    @Test
    void aCancelledRunEndsWithTheErrorThatFollowsIt() throws Exception {
        service.on(
                "POST /chat",
                sse(
                        Frames.sse("1", run("cancelled", "")),
                        Frames.sseError(error("Run cancelled", "RunCancelledError"))));

        assertThat(ask(Duration.ofSeconds(5)).notice()).hasValue("[Error: Run cancelled]");
    }

    @Test
    void aCompletedRunNeedsNoMetadata() throws Exception {
        service.on("POST /chat", sse(frame("1", "Hi"), Frames.sse("2", Frames.COMPLETED)));

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Completed(OptionalDouble.empty()));
        assertThat(service.requests("POST /chat")).hasSize(1);
    }

    @Test
    void tooManyStreamsAreSaidInTheServicesWords() throws Exception {
        service.on(
                "POST /chat",
                (_, connection) ->
                        connection
                                .head(429, "text/event-stream", "Retry-After: 5")
                                .send(
                                        Frames.sseError(
                                                error("Rate limit exceeded", "RateLimitError"))));

        assertThat(ask(Duration.ofSeconds(5)).notice())
                .hasValue("[Error: 429] Rate limit exceeded");
    }

    @Test
    void somethingThatIsNoStreamIsNotRead() throws Exception {
        service.on("POST /chat", json(200, "{\"responses\":[]}"));

        assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Unreadable());
    }

    private TurnEnd ask(Duration silence) throws InterruptedException {
        var limits = new SseTurns.Limits(silence, Duration.ofMillis(5), Duration.ofMillis(20), 3);
        return new SseTurns(client, limits).ask(HELLO, answer::add);
    }

    private static String frame(String id, String text) {
        return Frames.sse(id, delta(text));
    }
}
