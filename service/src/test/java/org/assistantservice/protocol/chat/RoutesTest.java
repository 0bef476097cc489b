package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.server.HealthProblems.HealthProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoutesTest {
    private static final String CORRELATION = "11111111-2222-4333-8444-555555555555";

    private ChatServer server;

    @BeforeEach
    void start() {
        server = ChatServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theRootSaysThatItRuns() throws Exception {
        HttpResponse<String> response = server.get("/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"message\":\"Assistant Engine is running\"}");
        assertThat(response.headers().firstValue("X-Correlation-ID")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html", "application/xml"})
    void healthIsExactlyThisWhileNothingIsWrong(String accept) throws Exception {
        HttpResponse<String> response = server.get("/health", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(response.headers().firstValue("X-Correlation-ID")).isPresent();
    }

    @Test
    void healthNamesPacksThatDoNotServe() throws Exception {
        server.problems.add(
                new HealthProblem("weather", "quarantined", List.of("3 calls never came back")));

        HttpResponse<String> response = server.get("/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"status":"healthy","packs":[{"name":"weather","status":"quarantined",\
                        "problems":["3 calls never came back"]}]}\
                        """);
    }

    @Test
    void probesTellLivenessAndReadinessApart() throws Exception {
        assertThat(server.get("/health/readiness").body()).isEqualTo("{\"status\":\"ready\"}");

        server.threads.isDown = true;
        HttpResponse<String> down = server.get("/health/readiness");
        server.threads.isDown = false;
        server.drain();
        HttpResponse<String> draining = server.get("/health/readiness");

        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).isEqualTo("{\"status\":\"store_unavailable\"}");
        assertThat(draining.statusCode()).isEqualTo(503);
        assertThat(server.get("/health").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void startMakesAThreadOfTheStandardAssistant() throws Exception {
        HttpResponse<String> response = server.get("/start");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = JsonMapper.shared().readTree(response.body());
        String correlation = response.headers().firstValue("X-Correlation-ID").orElseThrow();
        assertThat(body.propertyNames())
                .containsExactly("thread_id", "initial_message", "correlation_id");
        assertThat(body.get("initial_message").stringValue())
                .isEqualTo("Hello! I'm the weather assistant.");
        assertThat(body.get("correlation_id").stringValue()).isEqualTo(correlation);
        assertThat(UUID.fromString(correlation).version()).isEqualTo(4);
        assertThat(
                        server.threads
                                .find(
                                        org.assistantservice.identity.Principal.ANONYMOUS,
                                        new ThreadId(body.get("thread_id").stringValue()))
                                .orElseThrow()
                                .assistantId())
                .isEqualTo(Samples.WEATHER.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"support", "asst_support"})
    void startTakesTheAssistantThatIsNamed(String assistant) throws Exception {
        server.assistants.add(Samples.assistant("support", "How can I help?"), "");

        HttpResponse<String> response = server.get("/start?assistant_id=" + assistant);

        assertThat(response.body()).contains("\"initial_message\":\"How can I help?\"");
    }

    @Test
    void startRefusesAnUnknownAssistantAFailingStoreAndADrainingService() throws Exception {
        HttpResponse<String> unknown =
                server.get("/start?assistant_id=nobody", "X-Correlation-ID", CORRELATION);
        server.threads.isDown = true;
        HttpResponse<String> store = server.get("/start", "X-Correlation-ID", CORRELATION);
        server.drain();
        HttpResponse<String> draining = server.get("/start", "X-Correlation-ID", CORRELATION);

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"detail\":\"Assistant not found (correlation_id: 11111111)\"}");
        assertThat(store.statusCode()).isEqualTo(500);
        assertThat(store.body())
                .isEqualTo("{\"detail\":\"Internal server error (correlation_id: 11111111)\"}");
        assertThat(draining.statusCode()).isEqualTo(503);
    }

    @Test
    void aValidCorrelationIdIsKeptAndABadOneReplaced() throws Exception {
        assertThat(correlation(server.get("/start", "X-Correlation-ID", CORRELATION)))
                .isEqualTo(CORRELATION);

        for (String bad : List.of("with a space in it", "x".repeat(65), "short")) {
            String given = correlation(server.get("/start", "X-Correlation-ID", bad));

            assertThat(UUID.fromString(given).version()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, Not Found, ''",
        "PUT, /chat, 405, Method Not Allowed, POST",
        "GET, /chat, 405, Method Not Allowed, POST",
        "DELETE, /start, 405, Method Not Allowed, GET",
        "HEAD, /start, 405, '', GET"
    })
    void unknownPathsAndMethodsAreRefusedInTheContractsForm(
            String method, String path, int status, String detail, String allow) throws Exception {
        HttpResponse<String> response =
                server.send(
                        server.request(path, "X-Correlation-ID", CORRELATION)
                                .method(method, BodyPublishers.noBody())
                                .build());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(correlation(response)).isEqualTo(CORRELATION);
        if (!detail.isEmpty()) {
            assertThat(response.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        }
        if (!allow.isEmpty()) {
            assertThat(response.headers().firstValue("Allow").orElseThrow()).contains(allow);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%00",
                "/..%2f..%2fetc",
                "//",
                "/;jsessionid=1",
                "/chat;a=b",
                "/%zz",
                "/runs/%2e%2e",
                "/runs/a/b/c/d",
                "/start?assistant_id=%00",
                "/start?assistant_id=%zz",
                "/start?%",
                "/start?a[=1",
                "/runs/x?y=%ff",
                "/assistants/%0a"
            })
    void noPathIsAnInternalError(String path) throws Exception {
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("GET", path, "", "Connection", "close");

            String head = raw.readUntil("\r\n\r\n");
            assertThat(head).matches("(?s)HTTP/1.1 (200|4\\d\\d) .*");
            assertThat(head.toLowerCase(java.util.Locale.ROOT)).contains("x-correlation-id: ");
        }
    }

    @Test
    void withKeysEveryRouteButTheOpenOnesAsksForOne() throws Exception {
        server.close();
        server = ChatServer.start(Map.of("assistant-service.server.api-keys", "alice:k-1,bob:k-2"));

        HttpResponse<String> without = server.get("/start", "X-Correlation-ID", CORRELATION);
        HttpResponse<String> wrong = server.get("/start", "Authorization", "Bearer k-3");
        HttpResponse<String> bearer = server.get("/start", "Authorization", "bearer k-1");
        HttpResponse<String> header = server.get("/start", "X-API-Key", "k-2");
        HttpResponse<String> envelope = server.get("/assistants");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body())
                .isEqualTo("{\"detail\":\"Unauthorized (correlation_id: 11111111)\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(bearer.statusCode()).isEqualTo(200);
        assertThat(header.statusCode()).isEqualTo(200);
        assertThat(envelope.statusCode()).isEqualTo(401);
        assertThat(envelope.body()).startsWith("{\"error\":{");
        assertThat(server.get("/").statusCode()).isEqualTo(200);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aProtocolThatIsSwitchedOffHasNoRoutes() throws Exception {
        server.close();
        server = ChatServer.start(Map.of("assistant-service.protocols", "openai"));

        assertThat(server.get("/start").statusCode()).isEqualTo(404);
        assertThat(server.chat("new", "x").statusCode()).isEqualTo(404);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    private static String correlation(HttpResponse<String> response) {
        return response.headers().firstValue("X-Correlation-ID").orElseThrow();
    }
}
