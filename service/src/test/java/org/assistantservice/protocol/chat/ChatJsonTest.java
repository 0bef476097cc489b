package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.RunRequest;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatJsonTest extends ChatServerFixture {
    private static final String CORRELATION = "11111111-2222-4333-8444-555555555555";

    @Test
    void theAnswerHoldsTheTextOfEachBlock() throws Exception {
        server.runs.script(run -> Samples.answer(run, "Sun", "ny."));

        HttpResponse<String> response = server.chat(thread, "How is it?");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"responses\":[\"Sunny.\"]}");
        assertThat(response.headers().firstValue("X-Run-Id"))
                .hasValue(server.runs.next().run.id().value());
        RunRequest request = server.runs.requests.getFirst();
        assertThat(request.message()).isEqualTo("How is it?");
        assertThat(request.options().supersedesAbandoned()).isTrue();
        assertThat(request.correlationId().value())
                .isEqualTo(response.headers().firstValue("X-Correlation-ID").orElseThrow());
    }

    @Test
    void aNewThreadIsNamedInTheAnswer() throws Exception {
        server.runs.script(run -> Samples.answer(run, "Hi"));

        HttpResponse<String> response = server.chat("new", "hi");

        assertThat(response.body())
                .isEqualTo(
                        "{\"responses\":[\"Hi\"],\"thread_id\":\"%s\"}"
                                .formatted(server.runs.next().run.threadId()));
        assertThat(server.runs.requests.getFirst().threadId()).isNull();
    }

    @Test
    void aNewThreadTakesTheAssistantThatIsNamed() throws Exception {
        server.assistants.add(Samples.assistant("support", "Hi"), "");
        server.runs.script(run -> Samples.answer(run, "Hi"));

        server.post(
                "/chat", "{\"thread_id\":\"new\",\"message\":\"x\",\"assistant_id\":\"support\"}");

        assertThat(server.runs.requests.getFirst().assistant().name()).isEqualTo("support");
    }

    @Test
    void theThreadRemembersItsAssistantAndWithoutOneTheStandardServes() throws Exception {
        server.assistants.add(Samples.assistant("support", "Hi"), "");
        server.runs.script(run -> Samples.answer(run, "Hi"));
        String remembering = server.threads.add(new AssistantId("asst_support")).id().value();
        String plain = server.threads.add(null).id().value();

        server.chat(remembering, "x");
        server.chat(plain, "x");

        assertThat(server.runs.requests)
                .extracting(it -> it.assistant().name())
                .containsExactly("support", "weather");
    }

    @Test
    void aMessageThatACrashCutOffCountsOnceAndFinishedOnesAllCount() throws Exception {
        server.runs.script(run -> {
            List<RunEvent> events = new java.util.ArrayList<>(Samples.opening(run));
            events.add(new RunEvent.MessageDelta(Samples.MESSAGE, "lost"));
            events.add(new RunEvent.Reset(run.id(), 2));
            events.addAll(Samples.answer(run, "kept"));
            return events;
        });

        assertThat(server.chat(thread, "x").body()).isEqualTo("{\"responses\":[\"kept\"]}");
    }

    @Test
    void aMessageThatWasFinishedButNotStoredBeforeACrashDoesNotCount() throws Exception {
        server.runs.script(run ->
                List.of(
                        finished(run, "msg_1", "stored"),
                        new RunEvent.CallsPlanned(
                                Samples.in(run, RunStatus.REQUIRES_ACTION),
                                Samples.callStep(run, RunStep.Status.IN_PROGRESS, null)),
                        finished(run, "msg_2", "lost"),
                        new RunEvent.Reset(run.id(), 2),
                        finished(run, "msg_3", "written again"),
                        Samples.to(run, RunStatus.COMPLETED),
                        Samples.metadata(run)));

        assertThat(server.chat(thread, "x").body())
                .isEqualTo("{\"responses\":[\"stored\",\"written again\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "upstream_auth, create run",
        "upstream_not_found, create run",
        "upstream_rate_limited, create run"
    })
    void aFaultOfTheProviderIsABadGatewayWithItsCode(String reason, String operation)
            throws Exception {
        server.runs.script(run -> List.of(Samples.failed(run, reason, Duration.ofSeconds(7))));

        HttpResponse<String> response = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .isEqualTo(
                        "{\"detail\":\"Failed to %s (correlation_id: 11111111)\",\"code\":\"%s\"}"
                                .formatted(operation, reason));
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void aFaultOfTheProviderAfterActionsIsOneOfCompletion() throws Exception {
        server.runs.script(run ->
                List.of(
                        new RunEvent.CallsPlanned(
                                Samples.in(run, RunStatus.REQUIRES_ACTION),
                                Samples.callStep(run, RunStep.Status.IN_PROGRESS, null)),
                        Samples.failed(run, "upstream_unavailable", null)));

        HttpResponse<String> response = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);

        assertThat(response.body())
                .isEqualTo(
                        "{\"detail\":\"Failed to complete run (correlation_id: 11111111)\","
                                + "\"code\":\"upstream_unavailable\"}");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "EXPIRED", "FAILED", "INCOMPLETE"})
    void aRunWithoutAnAnswerIsNeverASuccess(RunStatus status) throws Exception {
        server.runs.script(run ->
                List.of(
                        status == RunStatus.FAILED
                                ? Samples.failed(run, "too_many_rounds", null)
                                : Samples.to(run, status)));

        HttpResponse<String> response = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Failed to complete run (correlation_id: 11111111)\"}");
    }

    @Test
    void anIncompleteRunWithTextAnswersWithThatText() throws Exception {
        server.runs.script(run ->
                List.of(
                        new RunEvent.MessageChanged(
                                false, Samples.message(run, Message.Status.INCOMPLETE, "Half")),
                        Samples.incomplete(run)));

        HttpResponse<String> response = server.chat(thread, "x");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"responses\":[\"Half\"]}");
    }

    @Test
    void aStreamThatBreaksOffIsAnInternalErrorAndAStopIsUnavailable() throws Exception {
        var broken = later(RunReader.End.INTERRUPTED);
        HttpResponse<String> internal = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);
        broken.join();
        var stopping = later(RunReader.End.SERVICE_STOPPING);
        HttpResponse<String> unavailable =
                server.chat(thread, "x", "X-Correlation-ID", CORRELATION);
        stopping.join();

        assertThat(internal.statusCode()).isEqualTo(500);
        assertThat(internal.body())
                .isEqualTo("{\"detail\":\"Internal server error (correlation_id: 11111111)\"}");
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.body())
                .isEqualTo("{\"detail\":\"Service is shutting down (correlation_id: 11111111)\"}");
        assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void aCallerWhoLeavesIsNoReaderAnyMore() throws Exception {
        FakeRun run;
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("POST", "/chat", ChatServer.body(thread, "x"));
            run = server.runs.next();
            await().until(() -> run.readers() == 1);
        }

        await().until(() -> run.readers() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread_unknown", "nonsense", "thread_../../x", "THREAD_1"})
    void anUnknownOrMalformedThreadIsNotFoundForEveryCaller(String id) throws Exception {
        for (String accept : List.of("application/json", "text/event-stream")) {
            HttpResponse<String> response =
                    server.chat(id, "x", "X-Correlation-ID", CORRELATION, "Accept", accept);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.body())
                    .isEqualTo("{\"detail\":\"Thread not found (correlation_id: 11111111)\"}");
        }
    }

    @Test
    void anotherPrincipalsThreadIsNotFound() throws Exception {
        String foreign =
                server.threads.add(null, new Principal(TenantId.DEFAULT, "somebody")).id().value();

        assertThat(server.chat(foreign, "x").statusCode()).isEqualTo(404);
    }

    @Test
    void anUnknownAssistantIsNotFoundAndOneWithoutItsPackUnavailable() throws Exception {
        server.assistants.add(Samples.assistant("support", "Hi"), "its pack is missing");

        HttpResponse<String> unknown = newThread("nobody");
        HttpResponse<String> unavailable = newThread("support");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"detail\":\"Assistant not found (correlation_id: 11111111)\"}");
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.body())
                .isEqualTo(
                        "{\"detail\":\"Assistant is not available (correlation_id: 11111111)\"}");
        assertThat(unavailable.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aBusyThreadIsAConflict() throws Exception {
        server.runs.refuse(new RunException(RunErrorCode.THREAD_BUSY, "4 messages wait"));

        HttpResponse<String> response = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Thread is busy (correlation_id: 11111111)\"}");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    void faultsOfOursAreInternalErrorsThatSayNothing() throws Exception {
        server.threads.isDown = true;
        HttpResponse<String> store = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);
        server.threads.isDown = false;
        server.runs.refuse(new IllegalStateException("secret"));
        HttpResponse<String> bug = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);

        for (HttpResponse<String> response : List.of(store, bug)) {
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body())
                    .isEqualTo("{\"detail\":\"Internal server error (correlation_id: 11111111)\"}");
        }
    }

    @Test
    void whileDrainingNewTurnsAreRefused() throws Exception {
        server.drain();

        HttpResponse<String> response = server.chat(thread, "x", "X-Correlation-ID", CORRELATION);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Service is shutting down (correlation_id: 11111111)\"}");
    }

    private static RunEvent finished(Run run, String id, String text) {
        Message message =
                new Message(
                        new MessageId(id),
                        run.threadId(),
                        Message.Role.ASSISTANT,
                        Message.Status.COMPLETED,
                        List.of(text),
                        run.spec().assistantId(),
                        run.id(),
                        Samples.NOW,
                        Samples.NOW,
                        null,
                        Map.of());
        return new RunEvent.MessageChanged(false, message);
    }

    private HttpResponse<String> newThread(String assistant) throws Exception {
        return server.post(
                "/chat",
                "{\"thread_id\":\"new\",\"message\":\"x\",\"assistant_id\":\"%s\"}"
                        .formatted(assistant),
                "X-Correlation-ID",
                CORRELATION);
    }

    private java.util.concurrent.CompletableFuture<Void> later(RunReader.End end) {
        return java.util.concurrent.CompletableFuture.runAsync(() -> {
            try {
                FakeRun run = server.runs.next();
                await().until(() -> run.readers() == 1);
                run.end(end);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
