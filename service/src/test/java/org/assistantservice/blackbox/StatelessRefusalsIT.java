package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The acceptance cases of the stateless chat that are about refused requests, on the packaged
/// service.
class StatelessRefusalsIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir static Path folder;
    private static StatelessApi api;

    @BeforeAll
    static void startService() throws Exception {
        api = StatelessApi.in(folder);
    }

    @AfterAll
    static void stopService() throws Exception {
        api.running().close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"message\"],\"msg\":\"Field"
                        + " required\",\"input\":{}}]}",
                "{\"message\":1}|{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"message\"],"
                        + "\"msg\":\"Input should be a valid string\",\"input\":1}]}",
                "{\"message\":\"x\",\"context\":{\"history\":[{\"role\":\"tool\",\"content\":\"y\"}]}}"
                        + "|{\"detail\":[{\"type\":\"literal_error\",\"loc\":[\"body\",\"context\",\"history\","
                        + "0,\"role\"],\"msg\":\"Input should be 'human', 'ai' or 'system'\",\"input\":"
                        + "\"tool\",\"ctx\":{\"expected\":\"'human', 'ai' or 'system'\"}}]}",
                "{\"message\":\"x\",\"context\":{\"conversation_history\":[5,{\"role\":\"ai\"}]}}"
                        + "|{\"detail\":[{\"type\":\"model_attributes_type\",\"loc\":[\"body\",\"context\","
                        + "\"conversation_history\",0],\"msg\":\"Input should be a valid dictionary or"
                        + " object to extract fields from\",\"input\":5},{\"type\":\"missing\",\"loc\":"
                        + "[\"body\",\"context\",\"conversation_history\",1,\"content\"],\"msg\":\"Field"
                        + " required\",\"input\":{\"role\":\"ai\"}}]}",
                "{\"message\":\"x\",\"context\":[]}"
                        + "|{\"detail\":[{\"type\":\"model_attributes_type\",\"loc\":[\"body\",\"context\"],"
                        + "\"msg\":\"Input should be a valid dictionary or object to extract fields"
                        + " from\",\"input\":[]}]}"
            })
    void case25_aBodyOfTheWrongShapeIsRefused(String body, String answer) throws Exception {
        HttpResponse<String> refused = api.post(body);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "nul", "{\"message\":\"a\",\"message\":\"b\"}", "[]", "null"})
    void case25_aBodyThatIsNoObjectIsRefused(String body) throws Exception {
        HttpResponse<String> refused = api.post(body);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(refused.body()).get("detail")).hasSize(1);
    }

    @Test
    void case25_aMessageThatCannotBeMeantIsRefused() throws Exception {
        String tooLong = StatelessApi.body("x".repeat(256_001));

        assertThat(api.post("{\"message\":\"\"}").body())
                .isEqualTo("{\"error\":\"Message must not be empty\",\"type\":\"ValueError\"}");
        assertThat(api.post("{\"message\":\"\"}").statusCode()).isEqualTo(400);
        assertThat(api.post(tooLong).statusCode()).isEqualTo(400);
        assertThat(api.post(tooLong).body())
                .isEqualTo("{\"error\":\"Message too long\",\"type\":\"ValueError\"}");
        assertThat(api.post("{\"message\":\"\\u0000\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void case26_tooLargeABodyOrAContextIsRefused() throws Exception {
        String expected = "{\"error\":\"Request too large\",\"type\":\"PayloadTooLarge\"}";
        String content = "x".repeat(262_144);

        HttpResponse<String> body = api.post(StatelessApi.body("x".repeat(1_100_000)));
        HttpResponse<String> context =
                api.post(
                        "{\"message\":\"x\",\"context\":{\"conversation_summary\":\"%s\"}}"
                                .formatted(content));

        assertThat(body.statusCode()).isEqualTo(413);
        assertThat(body.body()).isEqualTo(expected);
        assertThat(context.statusCode()).isEqualTo(413);
        assertThat(context.body()).isEqualTo(expected);
    }
}
