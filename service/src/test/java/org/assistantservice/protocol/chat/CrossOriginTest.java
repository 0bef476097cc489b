package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages of configured and of other origins may ask for. The host is not one of the user's own
/// machine.
class CrossOriginTest extends ChatServerFixture {
    private static final String LISTED = "https://app.example";
    private static final String OTHER = "https://other.example";

    @BeforeEach
    void allowOne() {
        restart(
                Map.of(
                        "assistant-service.server.allowed-origins",
                        "https://first.example, " + LISTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/start", "/runs/run_1/events"})
    void aPageOfAConfiguredOriginGetsPermission(String path) throws Exception {
        String answer =
                ask(
                        "OPTIONS",
                        path,
                        LISTED,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type,x-api-key");

        assertThat(answer)
                .startsWith("HTTP/1.1 204 ")
                .contains("\r\naccess-control-allow-origin: https://app.example\r\n")
                .contains("\r\naccess-control-allow-methods: GET, POST, DELETE\r\n")
                .contains("\r\naccess-control-allow-headers: content-type,x-api-key\r\n")
                .contains("\r\nvary: Origin\r\n")
                .doesNotContain("credentials");
    }

    @Test
    void aPageOfAConfiguredOriginMayReadAnswersAndErrors() throws Exception {
        assertThat(ask("GET", "/start", LISTED)).startsWith("HTTP/1.1 200 ").matches(this::isOpen);
        assertThat(ask("GET", "/none", LISTED)).startsWith("HTTP/1.1 404 ").matches(this::isOpen);
        restart(
                Map.of(
                        "assistant-service.server.allowed-origins",
                        LISTED,
                        "assistant-service.server.api-keys",
                        "alice:k-1"));
        assertThat(ask("GET", "/start", LISTED)).startsWith("HTTP/1.1 401 ").matches(this::isOpen);
        assertThat(ask("OPTIONS", "/start", LISTED))
                .startsWith("HTTP/1.1 204 ")
                .matches(this::isOpen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {OTHER, "null", "https://app.example.evil.example", "http://app.example"})
    void aPageOfAnotherOriginGetsNoPermissionAndMayReadNothing(String origin) throws Exception {
        assertThat(ask("OPTIONS", "/chat", origin, "Access-Control-Request-Method", "POST"))
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nvary: Origin\r\n")
                .doesNotContain("access-control-allow");
        assertThat(ask("GET", "/start", origin))
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\nvary: Origin\r\n")
                .doesNotContain("access-control-allow");
    }

    @Test
    void whereNoneIsConfiguredNothingIsSaidOfOrigins() throws Exception {
        restart(Map.of());

        assertThat(ask("GET", "/start", LISTED))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("vary:")
                .doesNotContain("access-control-allow");
    }

    private boolean isOpen(String head) {
        return head.contains("\r\naccess-control-allow-origin: https://app.example\r\n")
                && head.contains("\r\naccess-control-expose-headers: X-Correlation-ID, ")
                && head.contains("\r\nvary: Origin\r\n");
    }

    /// The head of the answer, names of headers in lower case.
    private String ask(String method, String path, String origin, String... more) throws Exception {
        String[] headers = new String[more.length + 2];
        headers[0] = "Origin";
        headers[1] = origin;
        System.arraycopy(more, 0, headers, 2, more.length);
        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send(method, path, "", headers);
            StringBuilder head = new StringBuilder();
            raw.readUntil("\r\n\r\n")
                    .lines()
                    .forEach(line -> head.append(withLowerCaseName(line)).append("\r\n"));
            return head.toString();
        }
    }

    private static String withLowerCaseName(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? line
                : line.substring(0, colon).toLowerCase(java.util.Locale.ROOT)
                        + line.substring(colon);
    }
}
