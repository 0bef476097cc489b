package org.assistantservice.protocol.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What `PROTOCOLS` does, for every protocol there is.
class SwitchedProtocolsTest {
    private static final String ALL = "chat, openai, stateless, commander, brainstorm, jellychat";

    @ParameterizedTest
    @CsvSource({
        "chat, /chat, /v1/threads",
        "' openai', /v1/threads, /chat",
        "stateless, /openai/chat, /chat",
        "commander, /api/process, /chat",
        "jellychat, /user_message, /chat",
        "'chat, openai', /chat, /api/chat",
        "'chat, openai', /chat, /images",
        "chat, /chat, /history"
    })
    void onlyTheNamedProtocolIsServedAndDescribed(String named, String its, String others)
            throws Exception {
        try (var all = new DocsServer(ALL);
                var one = new DocsServer(named)) {
            JsonNode served = one.paths();
            List<String> off =
                    all.paths().propertyNames().stream().filter(it -> !served.has(it)).toList();

            assertThat(served.propertyNames()).anyMatch(it -> it.startsWith(its));
            assertThat(off).anyMatch(it -> it.startsWith(others));
            for (String path : off) {
                for (String method : all.paths().required(path).propertyNames()) {
                    HttpResponse<String> answer = one.send(upper(method), filled(path));
                    assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(404);
                    assertThat(answer.body())
                            .as(method + " " + path)
                            .isEqualTo("{\"detail\":\"Not Found\"}");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/start", "/assistants", "/runs/run_X", "/ws/chat"})
    void theNativePathsAreGoneWithTheirProtocol(String path) throws Exception {
        try (var one = new DocsServer("openai")) {
            assertThat(one.send("GET", path).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"'brainstorm, chat', POST", "brainstorm, ''"})
    void whereTheWebSocketIsTheAllowedMethodsAreThoseOfAnotherProtocol(String named, String allowed)
            throws Exception {
        try (var server = new DocsServer(named)) {
            HttpResponse<String> answer = server.send("GET", "/chat");

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
            assertThat(answer.headers().allValues("Allow")).containsExactly(allowed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , "})
    void aSettingThatNamesNothingSwitchesNothingOff(String named) throws Exception {
        try (var all = new DocsServer(ALL);
                var unnamed = new DocsServer(named)) {
            assertThat(unnamed.paths()).isEqualTo(all.paths());
        }
    }

    private static String filled(String path) {
        return path.replaceAll("\\{[^}]*}", "x");
    }

    private static String upper(String method) {
        return method.toUpperCase(Locale.ROOT);
    }
}
