package org.assistantservice.assistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDocumentTest extends ConfigJsonFixture {
    @Test
    void aByteOrderMarkAndWindowsLineEndsAreTolerated() {
        String json = "\uFEFF" + SMALL.formatted("").replace(", ", ",\r\n");

        ParsedConfig parsed = AssistantConfigJson.parse(json.getBytes(UTF_8));

        assertThat(parsed).isEqualTo(new ParsedConfig.Valid(small(), List.of()));
    }

    @Test
    void cutOffJsonSaysWhere() {
        ParsedConfig parsed = AssistantConfigJson.parse("{\n  \"assistant_name\": ");

        assertThat(parsed)
                .isEqualTo(
                        new ParsedConfig.NotJson(
                                "Unexpected end-of-input within/between Object entries (line 2,"
                                        + " column 21)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "{} x",
                "{\"a\": NaN}",
                "{'a': 1}",
                "{\"a\": 1} // why",
                "{\"a\": 01}",
            })
    void onlyStrictJsonIsRead(String json) {
        assertThat(AssistantConfigJson.parse(json)).isInstanceOf(ParsedConfig.NotJson.class);
    }

    @Test
    void everyDimensionOfADocumentIsBounded() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String longNumber = "{\"a\":" + "9".repeat(10_000) + "}";
        byte[] large = new byte[ConfigText.MAX_BYTES + 1];

        assertThat(AssistantConfigJson.parse(deep)).isInstanceOf(ParsedConfig.NotJson.class);
        assertThat(AssistantConfigJson.parse(longNumber)).isInstanceOf(ParsedConfig.NotJson.class);
        assertThat(AssistantConfigJson.parse(large))
                .isEqualTo(new ParsedConfig.NotJson("is larger than 1048576 bytes"));
    }

    @Test
    void bytesThatAreNotTextAreRefused() {
        byte[] latin = "{\"assistant_name\": \"Café\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(AssistantConfigJson.parse(latin))
                .isEqualTo(new ParsedConfig.NotJson("is not valid UTF-8"));
        assertThat(AssistantConfigJson.parse(" \r\n".getBytes(UTF_8)))
                .isEqualTo(new ParsedConfig.NotJson("is empty"));
    }

    @Test
    void whatIsStoredIsPrintedInTheDocumentedOrder() {
        var registered =
                new RegisteredConfig(
                        new AssistantId("asst_weather"),
                        small().withId("asst_weather"),
                        List.of(
                                new AssistantFunction(
                                        "get_weather",
                                        new ActionRef("weather", "get_weather"),
                                        null),
                                new AssistantFunction("raw", null, null)),
                        Instant.ofEpochSecond(1_760_000_000));

        String json = AssistantConfigJson.print(registered);

        assertThat(json)
                .isEqualTo(
                        """
                        {
                          "assistant_id": "asst_weather",
                          "assistant_name": "Weather",
                          "initial_message": "Hello!",
                          "code_interpreter": false,
                          "file_search": false,
                          "function_names": [],
                          "instructions": "Help.",
                          "model": "",
                          "functions_module": null,
                          "function_definitions": [],
                          "vector_store_name": null,
                          "settings": {},
                          "busy": "enqueue",
                          "resolved_functions": [
                            {
                              "name": "get_weather",
                              "pack": "weather"
                            },
                            {
                              "name": "raw",
                              "pack": null
                            }
                          ],
                          "created_at": 1760000000
                        }\
                        """);
        assertThat(StoredConfigJson.parse(new StoredConfig.Content("x", "1", json)))
                .isEqualTo(new StoredConfigJson.Parsed.Usable(registered));
        assertThat(AssistantConfigJson.parse(json))
                .isEqualTo(new ParsedConfig.Valid(small().withId("asst_weather"), List.of()));
    }

    @Test
    void aRuntimeConfigurationNeedsOnlyTheFirstSixFields() {
        String json =
                """
                {"assistant_id": "asst_old", "assistant_name": "Old", "initial_message": "Hi",
                 "code_interpreter": false, "file_search": false, "function_names": ["a"]}\
                """;

        var parsed = StoredConfigJson.parse(new StoredConfig.Content("old", "1", json));

        var config =
                new AssistantConfig(
                        "asst_old",
                        "Old",
                        "Hi",
                        "",
                        "",
                        List.of("a"),
                        null,
                        List.of(),
                        "{}",
                        BusyPolicy.ENQUEUE);
        assertThat(parsed)
                .isEqualTo(
                        new StoredConfigJson.Parsed.Usable(
                                new RegisteredConfig(
                                        new AssistantId("asst_old"), config, null, Instant.EPOCH)));
    }
}
