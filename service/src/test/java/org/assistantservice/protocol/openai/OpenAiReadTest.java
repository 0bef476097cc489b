package org.assistantservice.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.wire.Examples.ASSISTANT;
import static org.assistantservice.wire.Examples.CALL;
import static org.assistantservice.wire.Examples.MESSAGE;
import static org.assistantservice.wire.Examples.THREAD;
import static org.assistantservice.wire.Examples.WEATHER;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.assistantservice.wire.Examples;
import org.assistantservice.wire.PublishedSchemas;
import org.assistantservice.wire.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiReadTest {
    private static final String FOREIGN = "thread_Foreign";

    private final PublishedSchemas schemas = new PublishedSchemas();
    private final OpenAiServer server = new OpenAiServer(Map.of());

    @BeforeEach
    void fill() {
        server.threads.create(Examples.thread(THREAD));
        server.threads.create(
                new ChatThread(
                        new ThreadId(FOREIGN),
                        new Principal(TenantId.DEFAULT, "somebody else"),
                        null,
                        Examples.CREATED,
                        Map.of()));
        server.threads.messagesOf(THREAD).add(Examples.userMessage(MESSAGE, THREAD, "Hi"));
        server.runs.add(Examples.run(RunStatus.COMPLETED));
        server.runs.add(step());
        server.assistants.add(Examples.assistant(ASSISTANT, "Weather"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aThreadIsReadWithTheHeadersOfTheOriginal() throws Exception {
        HttpResponse<String> response = server.get("/v1/threads/thread_T");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(WireJson.thread(Examples.thread(THREAD)));
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("openai-version")).hasValue("2020-10-01");
        assertThat(response.headers().firstValue("openai-processing-ms"))
                .hasValueSatisfying(text -> assertThat(text).matches("[0-9]+"));
        assertThat(response.headers().firstValue("x-request-id"))
                .hasValueSatisfying(text -> assertThat(text).matches("[A-Za-z0-9._-]{8,64}"));
    }

    @Test
    void messagesRunsAndStepsAreListed() throws Exception {
        Message message = Examples.userMessage(MESSAGE, THREAD, "Hi");
        Run run = Examples.run(RunStatus.COMPLETED);

        String messages = server.get("/v1/threads/thread_T/messages").body();
        String runs = server.get("/v1/threads/thread_T/runs").body();
        String steps = server.get("/v1/threads/thread_T/runs/run_R/steps").body();

        assertThat(messages)
                .isEqualTo(
                        WireJson.list(List.of(WireJson.message(message)), List.of("msg_M"), false));
        assertThat(runs)
                .isEqualTo(WireJson.list(List.of(WireJson.run(run)), List.of("run_R"), false));
        assertThat(steps)
                .isEqualTo(WireJson.list(List.of(WireJson.step(step())), List.of("step_S"), false));
        schemas.assertValid("ListMessagesResponse", messages);
        schemas.assertValid("ListRunsResponse", runs);
        schemas.assertValid("ListRunStepsResponse", steps);
    }

    @Test
    void aMessageARunAndAStepAreRead() throws Exception {
        Message message = Examples.userMessage(MESSAGE, THREAD, "Hi");
        Run run = Examples.run(RunStatus.COMPLETED);

        assertThat(server.get("/v1/threads/thread_T/messages/msg_M").body())
                .isEqualTo(WireJson.message(message));
        assertThat(server.get("/v1/threads/thread_T/runs/run_R").body())
                .isEqualTo(WireJson.run(run));
        assertThat(server.get("/v1/threads/thread_T/runs/run_R/steps/step_S").body())
                .isEqualTo(WireJson.step(step()));
    }

    @Test
    void messagesCanBeThoseOfOneRun() throws Exception {
        Message answer = Examples.message(Message.Status.COMPLETED, List.of("Warm"));
        server.threads.messagesOf(THREAD).delete("msg_M");
        server.threads
                .messagesOf(THREAD)
                .add(Examples.userMessage(new MessageId("msg_other"), THREAD, "Hi"));
        server.threads.messagesOf(THREAD).add(answerWithAnotherId(answer));

        String body = server.get("/v1/threads/thread_T/messages?run_id=run_R").body();

        assertThat(body)
                .isEqualTo(
                        WireJson.list(
                                List.of(WireJson.message(answerWithAnotherId(answer))),
                                List.of("msg_answer"),
                                false));
    }

    private static Message answerWithAnotherId(Message message) {
        return new Message(
                new MessageId("msg_answer"),
                message.threadId(),
                message.role(),
                message.status(),
                message.content(),
                message.assistantId(),
                message.runId(),
                message.createdAt(),
                message.endedAt(),
                null,
                message.metadata());
    }

    @Test
    void assistantsAreListedNewestFirstAndAlsoWhenTheyCannotServe() throws Exception {
        Assistant second = Examples.assistant(new AssistantId("asst_B"), "Support");
        server.assistants.addUnavailable(second);

        String body = server.get("/v1/assistants").body();

        assertThat(body)
                .isEqualTo(
                        WireJson.list(
                                List.of(
                                        WireJson.assistant(second, List.of(WEATHER)),
                                        WireJson.assistant(
                                                Examples.assistant(ASSISTANT, "Weather"),
                                                List.of(WEATHER))),
                                List.of("asst_B", "asst_A"),
                                false));
        schemas.assertValid("ListAssistantsResponse", body);
    }

    @Test
    void anAssistantIsReadByItsIdAlone() throws Exception {
        assertThat(server.get("/v1/assistants/asst_A").body())
                .isEqualTo(
                        WireJson.assistant(
                                Examples.assistant(ASSISTANT, "Weather"), List.of(WEATHER)));
        assertThat(server.get("/v1/assistants/Weather").body())
                .isEqualTo(notFound("assistant", "Weather"));
        assertThat(server.get("/v1/assistants/asst_X").body())
                .isEqualTo(notFound("assistant", "asst_X"));
    }

    @Test
    void whatIsMissingIsNamedInTheLiteralWords() throws Exception {
        assertNotFound("/v1/threads/thread_X", "thread", "thread_X");
        assertNotFound("/v1/threads/thread_X/messages", "thread", "thread_X");
        assertNotFound("/v1/threads/thread_X/messages/msg_M", "thread", "thread_X");
        assertNotFound("/v1/threads/thread_T/messages/msg_X", "message", "msg_X");
        assertNotFound("/v1/threads/thread_X/runs", "thread", "thread_X");
        assertNotFound("/v1/threads/thread_T/runs/run_X", "run", "run_X");
        assertNotFound("/v1/threads/thread_T/runs/run_X/steps", "run", "run_X");
        assertNotFound("/v1/threads/thread_T/runs/run_R/steps/step_X", "run step", "step_X");
    }

    @Test
    void anotherPrincipalsThreadIsLikeNone() throws Exception {
        assertNotFound("/v1/threads/" + FOREIGN, "thread", FOREIGN);
        assertNotFound("/v1/threads/" + FOREIGN + "/messages", "thread", FOREIGN);
        assertNotFound("/v1/threads/" + FOREIGN + "/runs", "thread", FOREIGN);
    }

    @Test
    void aRunIsFoundOnItsOwnThreadOnly() throws Exception {
        server.threads.create(Examples.thread(new ThreadId("thread_Other")));

        assertNotFound("/v1/threads/thread_Other/runs/run_R", "run", "run_R");
    }

    @Test
    void aMalformedIdIsNotFoundWithoutAskingTheStore() throws Exception {
        String tooLong = "thread_" + "x".repeat(1000);

        assertNotFound("/v1/threads/new", "thread", "new");
        assertNotFound("/v1/threads/run_R", "thread", "run_R");
        assertNotFound("/v1/threads/thread_", "thread", "thread_");
        assertNotFound("/v1/threads/thread_a'b/runs", "thread", "thread_a'b");
        assertNotFound("/v1/threads/" + tooLong + "/messages", "thread", tooLong);
        assertThat(server.threads.questions()).isZero();
    }

    @Test
    void anIdWithControlCharactersIsShownEscaped() throws Exception {
        HttpResponse<String> response = server.get("/v1/threads/thread_%0d%0aSet-Cookie:%00");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo(
                        error(
                                "No thread found with id 'thread_\\r\\nSet-Cookie:\\u0000'.",
                                "invalid_request_error",
                                "null"));
        assertThat(response.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void runsOfAThreadDoNotMixWithThoseOfAnother() throws Exception {
        server.threads.create(Examples.thread(new ThreadId("thread_Other")));
        var other =
                Examples.spec(
                        new RunId("run_Other"),
                        new ThreadId("thread_Other"),
                        Sampling.DEFAULT,
                        null);
        server.runs.add(new Run(other, RunState.QUEUED));

        assertThat(server.get("/v1/threads/thread_Other/runs").body())
                .isEqualTo(
                        WireJson.list(
                                List.of(WireJson.run(new Run(other, RunState.QUEUED))),
                                List.of("run_Other"),
                                false));
    }

    @Test
    void anUnknownUrlIsNamed() throws Exception {
        HttpResponse<String> response = server.get("/v1/xyz?a=b");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo(
                        error(
                                "Invalid URL (GET /v1/xyz)",
                                "invalid_request_error",
                                "\"unknown_url\""));
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(server.send("POST", "/v1/xyz").body()).contains("Invalid URL (POST /v1/xyz)");
    }

    @Test
    void aWrongMethodIsRefusedWithThoseThatAreAllowed() throws Exception {
        HttpResponse<String> response = server.send("DELETE", "/v1/threads/thread_T");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
        assertThat(response.body())
                .isEqualTo(
                        error(
                                "Not allowed to DELETE on /v1/threads/thread_T.",
                                "invalid_request_error",
                                "null"));
    }

    @Test
    void theBetaHeaderMayBeLeftOutButNotNameTheRetiredVersion() throws Exception {
        HttpResponse<String> second =
                server.get("/v1/threads/thread_T", "OpenAI-Beta", "assistants=v2");
        HttpResponse<String> first =
                server.get("/v1/threads/thread_T", "OpenAI-Beta", "assistants=v1");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(first.body())
                .isEqualTo(
                        error(
                                "The v1 Assistants API is not served here. Please set the header"
                                        + " 'OpenAI-Beta: assistants=v2'.",
                                "invalid_request_error",
                                "\"invalid_beta\""));
        assertThat(first.headers().firstValue("x-request-id")).isPresent();
    }

    @Test
    void aRequestThatAFilterRefusesHasTheSameShape() throws Exception {
        HttpResponse<String> response = server.get("/v1/threads/thread_T", "X-Refuse", "yes");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body())
                .isEqualTo(
                        error(
                                "Incorrect API key provided.",
                                "invalid_request_error",
                                "\"invalid_api_key\""));
        assertThat(response.headers().firstValue("openai-version")).hasValue("2020-10-01");
    }

    @Test
    void aStoreThatDoesNotAnswerIsReportedWithoutItsWords() throws Exception {
        HttpResponse<String> response = server.get("/v1/threads/" + FakeThreads.OUT_OF_ORDER);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .isEqualTo(
                        error(
                                "The service is not available at the moment.",
                                "server_error",
                                "null"));
    }

    @Test
    void slashesTooManyDoNotMatter() throws Exception {
        String thread = WireJson.thread(Examples.thread(THREAD));

        assertThat(server.get("/v1/threads/thread_T/").body()).isEqualTo(thread);
        assertThat(server.get("/v1//threads//thread_T").body()).isEqualTo(thread);
        assertThat(server.get("//v1/threads/thread_T").body()).isEqualTo(thread);
        assertThat(server.get("/v1//threads/thread_T/messages/?limit=0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void anotherFormatThanJsonIsNotOffered() throws Exception {
        HttpResponse<String> response =
                server.get("/v1/threads/thread_T", "Accept", "application/xml");

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.body())
                .isEqualTo(error("Not Acceptable.", "invalid_request_error", "null"));
    }

    @Test
    void aProtocolThatIsSwitchedOffIsNotThere() throws Exception {
        try (var off = new OpenAiServer(Map.of("assistant-service.protocols", "chat"))) {
            off.threads.create(Examples.thread(THREAD));

            assertThat(off.get("/v1/threads/thread_T").statusCode()).isEqualTo(404);
        }
    }

    private void assertNotFound(String path, String noun, String id) throws Exception {
        HttpResponse<String> response = server.get(path);

        assertThat(response.body()).isEqualTo(notFound(noun, id));
        assertThat(response.statusCode()).isEqualTo(404);
    }

    private static String notFound(String noun, String id) {
        return error(
                "No %s found with id '%s'.".formatted(noun, id), "invalid_request_error", "null");
    }

    private static String error(String message, String type, String code) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                .formatted(message, type, code);
    }

    private static RunStep step() {
        return Examples.step(new RunStep.ToolCalls("", List.of(CALL)), RunStep.Status.COMPLETED);
    }
}
