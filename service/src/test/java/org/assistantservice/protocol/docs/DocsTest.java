package org.assistantservice.protocol.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsTest {
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href|spec-url)=[\"']([^\"']*)[\"']|url: '([^']*)'");

    private final DocsServer server = new DocsServer("");

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theDocumentNamesTheApiAndItsRoutes() throws Exception {
        HttpResponse<String> response = get("/openapi.json");

        JsonNode document = new JsonMapper().readTree(response.body());
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(document.at("/info/title").stringValue()).isEqualTo("Assistant Engine");
        assertThat(document.required("paths").propertyNames())
                .contains(
                        "/v1/assistants",
                        "/v1/threads/{threadId}/messages",
                        "/v1/threads/{threadId}/runs/{runId}/steps/{stepId}")
                .doesNotContain("/docs", "/openapi.json");
        assertThat(names(document.at("/paths/~1v1~1threads~1{threadId}~1messages/get/parameters")))
                .containsExactlyInAnyOrder(
                        "threadId", "limit", "order", "after", "before", "run_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs", "/redoc", "/api/docs", "/api/redoc", "/docs/assets/swagger.js"})
    void aViewNeedsNothingFromOtherHosts(String path) throws Exception {
        HttpResponse<String> response = get(path);

        List<String> references = references(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(references).isNotEmpty().allMatch(it -> it.matches("/[a-z].*"));
        for (String reference : references) {
            assertThat(get(reference).statusCode()).as(reference).isEqualTo(200);
        }
        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
    }

    @Test
    void theViewsArePagesWithTheirOwnScripts() throws Exception {
        HttpResponse<String> swagger = get("/docs");
        HttpResponse<String> redoc = get("/redoc");

        assertThat(swagger.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(swagger.body()).contains("/docs/assets/swagger-ui-bundle.js");
        assertThat(redoc.body()).contains("/docs/assets/redoc.standalone.js");
        assertThat(get("/docs/assets/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
        assertThat(get("/docs/assets/redoc.standalone.js").body()).contains("spec-url");
    }

    @Test
    void onlyTheKnownAssetsAreServed() throws Exception {
        assertThat(get("/docs/assets/other.js").statusCode()).isEqualTo(404);
        assertThat(get("/docs/assets/..%2f..%2fapplication.yml").statusCode()).isEqualTo(404);
    }

    private static List<String> names(JsonNode parameters) {
        return parameters.valueStream().map(it -> it.required("name").stringValue()).toList();
    }

    private static List<String> references(String text) {
        return REFERENCE.matcher(text).results().flatMap(DocsTest::found).toList();
    }

    private static Stream<String> found(MatchResult match) {
        return Stream.of(match.group(1) == null ? match.group(2) : match.group(1));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return server.send("GET", path);
    }
}
