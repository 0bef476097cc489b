package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.protocol.chat.SseStream.Frame;
import org.assistantservice.wire.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunRoutesTest {
    private static final String CORRELATION = "11111111-2222-4333-8444-555555555555";
    private static final String CURSOR_RULE =
            "The cursor must be the id of an event of this run, in 'after' or Last-Event-ID";

    private ChatServer server;
    private FakeRun run;

    @BeforeEach
    void start() {
        server = ChatServer.start();
        run = server.runs.add(Samples.queuedRun());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunIsShownAsItIs() throws Exception {
        HttpResponse<String> response = server.get("/runs/" + run.run.id());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo(WireJson.run(run.run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run_unknown", "nonsense", "RUN_1", "run_..%2f..%2fx"})
    void anUnknownRunIsNotFoundOnEveryRoute(String id) throws Exception {
        String body = error("invalid_request_error", "run_not_found", "Run not found", false);

        assertRefused(server.get("/runs/" + id, "X-Correlation-ID", CORRELATION), 404, body);
        assertRefused(
                server.get("/runs/" + id + "/events", "X-Correlation-ID", CORRELATION), 404, body);
        assertRefused(
                server.post("/runs/" + id + "/cancel", "", "X-Correlation-ID", CORRELATION),
                404,
                body);
    }

    @Test
    void anotherPrincipalsRunIsNotFound() throws Exception {
        FakeRun foreign =
                server.runs.add(
                        Samples.queuedRun(
                                ThreadId.random(),
                                new Principal(TenantId.DEFAULT, "somebody"),
                                CorrelationId.random()));

        assertThat(server.get("/runs/" + foreign.run.id()).statusCode()).isEqualTo(404);
        assertThat(server.get("/runs/" + foreign.run.id() + "/events").statusCode()).isEqualTo(404);
        assertThat(server.post("/runs/" + foreign.run.id() + "/cancel", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRunIsCancelledWhateverTheBody() throws Exception {
        HttpResponse<String> response = server.post("/runs/" + run.run.id() + "/cancel", "ignored");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"status\":\"cancelling\"");
        assertThat(server.runs.cancelled).containsExactly(run.run.id());
    }

    @Test
    void theEventsOfARunThatIsOverAreReplayedAndTheBodyEnds() throws Exception {
        run.play(Samples.answer(run.run, "x"));

        try (SseStream stream = server.streamOf("/runs/" + run.run.id() + "/events")) {
            assertThat(stream.rest()).extracting(Frame::event).hasSize(12).endsWith("metadata");
        }
    }

    @Test
    void theEventsGoOnAfterTheNamedPlaceAndLive() throws Exception {
        String path = "/runs/" + run.run.id() + "/events";
        String cursor = run.run.id() + ":1-1";

        try (SseStream byParameter = server.streamOf(path + "?after=" + cursor);
                SseStream byHeader = server.streamOf(path, "Last-Event-ID", cursor)) {
            run.play(Samples.answer(run.run, "x"));

            assertThat(byParameter.rest()).hasSize(11);
            assertThat(byHeader.rest()).hasSize(11);
        }
    }

    @Test
    void aStreamWithNothingToSendYetOpensAtOnce() throws Exception {
        try (SseStream stream =
                server.streamOf(
                        "/runs/" + run.run.id() + "/events?after=" + run.run.id() + ":1-2")) {
            assertThat(stream.take(1).getFirst().isComment()).isTrue();
            assertThat(run.readers()).isEqualTo(1);
        }

        await().until(() -> run.readers() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?after=nonsense",
                "?after=-1",
                "?after=run_other:1-1",
                "?after=RUN:1-9223372036854775808",
                "?after=",
                "?after=RUN:1-99"
            })
    void acursorThatIsNoneOfThisRunIsInvalid(String query) throws Exception {
        HttpResponse<String> response =
                server.get(
                        "/runs/%s/events%s"
                                .formatted(
                                        run.run.id(), query.replace("RUN", run.run.id().value())),
                        "X-Correlation-ID",
                        CORRELATION);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).at("/error/code").stringValue())
                .isEqualTo("invalid_cursor");
    }

    @Test
    void twoCursorsThatDisagreeAreInvalid() throws Exception {
        HttpResponse<String> response =
                server.get(
                        "/runs/%s/events?after=%s:1-1".formatted(run.run.id(), run.run.id()),
                        "Last-Event-ID",
                        run.run.id() + ":1-2",
                        "X-Correlation-ID",
                        CORRELATION);

        assertRefused(
                response,
                400,
                error("invalid_request_error", "invalid_cursor", CURSOR_RULE, false));
    }

    @Test
    void aHeadRequestHoldsNothing() throws Exception {
        HttpResponse<String> response =
                server.send(
                        server.request("/runs/" + run.run.id() + "/events")
                                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(run.readers()).isZero();
    }

    @Test
    void aTypeThatIsNotServedIsNotAcceptable() throws Exception {
        HttpResponse<String> response =
                server.get(
                        "/assistants",
                        "Accept",
                        "application/xml",
                        "X-Correlation-ID",
                        CORRELATION);

        assertRefused(
                response,
                406,
                error("invalid_request_error", "not_acceptable", "Not Acceptable", false));
    }

    @Test
    void assistantsAreListedWithThoseThatCannotServe() throws Exception {
        server.assistants.add(Samples.assistant("support", "Hi"), "its pack \"shop\" is missing");

        JsonNode body = JsonMapper.shared().readTree(server.get("/assistants").body());

        assertThat(body.get("object").stringValue()).isEqualTo("list");
        assertThat(body.get("first_id").stringValue()).isEqualTo("asst_weather");
        assertThat(body.get("last_id").stringValue()).isEqualTo("asst_support");
        assertThat(body.get("has_more").booleanValue()).isFalse();
        assertThat(body.at("/data/0/available").booleanValue()).isTrue();
        assertThat(body.at("/data/0/problem").isNull()).isTrue();
        assertThat(body.at("/data/0/object").stringValue()).isEqualTo("assistant");
        assertThat(body.at("/data/1/available").booleanValue()).isFalse();
        assertThat(body.at("/data/1/problem").stringValue())
                .isEqualTo("its pack \"shop\" is missing");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String body) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("x-request-id")).hasValue(CORRELATION);
        assertThat(response.body()).isEqualTo(body);
    }

    private static String error(String type, String code, String message, boolean retryable) {
        return """
        {"error":{"type":"%s","code":"%s","message":"%s","param":null,"request_id":"%s",\
        "retryable":%s}}\
        """
                .formatted(type, code, message, CORRELATION, retryable);
    }
}
