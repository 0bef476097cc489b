package org.assistantservice.assistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssistantConfigJsonTest extends ConfigJsonFixture {
    @Test
    void everyFieldIsRead() {
        String json =
                """
                {
                  "assistant_id": "asst_weather",
                  "assistant_name": "Weather",
                  "initial_message": "Hello!",
                  "code_interpreter": false,
                  "file_search": false,
                  "function_names": ["get_weather", "maps.find_place"],
                  "instructions": "Help.",
                  "model": "gpt-4o",
                  "functions_module": "weather",
                  "function_definitions": [
                    {
                      "name": "get_weather",
                      "description": "Weather.",
                      "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
                      "strict": true
                    }
                  ],
                  "vector_store_name": null,
                  "vector_store_file_paths": [],
                  "vector_store_files": [],
                  "settings": {"unit": "celsius", "limit": 0.10},
                  "busy": "interrupt"
                }
                """;

        ParsedConfig parsed = AssistantConfigJson.parse(json.getBytes(UTF_8));

        var schema =
                new FunctionSchema(
                        "get_weather",
                        "Weather.",
                        "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}",
                        true);
        var config =
                new AssistantConfig(
                        "asst_weather",
                        "Weather",
                        "Hello!",
                        "Help.",
                        "gpt-4o",
                        List.of("get_weather", "maps.find_place"),
                        "weather",
                        List.of(schema),
                        "{\"unit\":\"celsius\",\"limit\":0.10}",
                        BusyPolicy.INTERRUPT);
        assertThat(parsed).isEqualTo(new ParsedConfig.Valid(config, List.of()));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        ParsedConfig parsed = parse("");

        assertThat(parsed).isEqualTo(new ParsedConfig.Valid(small(), List.of()));
    }

    @Test
    void aDefinitionMayBeWrappedAsModelsSendIt() {
        ParsedConfig parsed =
                parse(
                        """
                        , "function_definitions": [
                          {"type": "function", "function": {"name": "ping"}}]\
                        """);

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        ParsedConfig.Valid.class,
                        it ->
                                assertThat(it.config().functionDefinitions())
                                        .containsExactly(
                                                new FunctionSchema(
                                                        "ping",
                                                        "",
                                                        "{\"type\":\"object\",\"properties\":{}}",
                                                        false)));
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        String json =
                """
                {"assistant_id": "weather", "assistant_name": 7, "function_names": ["a b", null],
                 "model": "x\\ny", "function_definitions": [{"parameters": {"type": "array"}}, 3],
                 "settings": [], "busy": "wait", "code_interpreter": true, "file_search": "yes",
                 "vector_store_files": ["manual.pdf"]}
                """;

        ParsedConfig parsed = AssistantConfigJson.parse(json);

        assertThat(problems(parsed))
                .containsExactlyInAnyOrder(
                        "/assistant_id: must be empty or 'asst_' followed by letters and digits",
                        "/assistant_name: must be a string, but was a number",
                        "/initial_message: is required",
                        "/instructions: is required",
                        "/function_names/0: must be an action's name, 1 to 64 characters of"
                                + " [A-Za-z0-9_-], or <pack>.<name>, but was 'a b'",
                        "/function_names/1: must be a string, but was null",
                        "/model: must be one line without control characters",
                        "/function_definitions/0/name: is required",
                        "/function_definitions/0/parameters: must be a JSON Schema with"
                                + " \"type\": \"object\"",
                        "/function_definitions/1: must be an object",
                        "/settings: must be an object, but was an array",
                        "/busy: must be one of enqueue, reject, interrupt, but was 'wait'",
                        "/code_interpreter: code_interpreter is not available in this version; set"
                                + " it to false",
                        "/file_search: must be true or false, but was a string",
                        "/vector_store_files: document search is not available in this version;"
                                + " remove the files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ", \"assistant_id\": 1 | /assistant_id: must be a string, but was a number",
                ", \"model\": null | /model: must be a string, but was null",
                ", \"function_names\": \"a\" | /function_names: must be an array, but was a string",
                ", \"function_names\": [\"a\", \"a\"] | /function_names/1: 'a' is listed twice",
                ", \"functions_module\": true | /functions_module: must be a string or null, but was true",
                ", \"file_search\": true | /file_search: file_search is not available in this version; set it to false",
                ", \"vector_store_file_paths\": [\"a\"] | /vector_store_file_paths: document search is not available in this version; remove the files",
                ", \"settings\": {\"a\": \"\\u0000\"} | /settings/a: contains the character U+0000",
                ", \"settings\": {\"a/b\": \"\\ud800\"} | /settings/a~1b: contains half of a surrogate pair",
                ", \"settings\": {\"n\": [1e400]} | /settings/n/0: is a number out of range",
                ", \"function_definitions\": [{\"name\": \"a\", \"parameters\": {\"type\": \"object\", \"required\": [\"b\"]}}] | /function_definitions/0/parameters/required: names 'b', which is not a property",
                ", \"function_definitions\": [{\"name\": \"a\"}, {\"name\": \"a\"}] | /function_definitions/1/name: 'a' is defined twice",
            })
    void oneMistakeIsOneProblem(String more, String problem) {
        ParsedConfig parsed = parse(more);

        assertThat(problems(parsed)).containsExactly(problem);
    }

    @Test
    void textsAreMeasuredInCodePoints() {
        String waves = "🌊".repeat(256);

        ParsedConfig fits = AssistantConfigJson.parse(named(waves));
        ParsedConfig tooLong = AssistantConfigJson.parse(named(waves + "x"));

        assertThat(fits).isInstanceOf(ParsedConfig.Valid.class);
        assertThat(problems(tooLong))
                .containsExactly("/assistant_name: must have at most 256 characters, but has 257");
    }

    @Test
    void instructionsAndTheNumberOfFunctionsAreLimited() {
        String names = "\"a\"" + ",\"b\"".repeat(128);
        String json =
                """
                {"assistant_name": "A", "initial_message": "", "instructions": "%s",
                 "function_names": [%s]}\
                """
                        .formatted("x".repeat(256_001), names);

        ParsedConfig parsed = AssistantConfigJson.parse(json);

        assertThat(problems(parsed))
                .contains(
                        "/instructions: must have at most 256000 characters, but has 256001",
                        "/function_names: must have at most 128 entries, but has 129");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"x\"", "1"})
    void aDocumentThatIsNoObjectIsRefused(String json) {
        assertThat(problems(AssistantConfigJson.parse(json)))
                .containsExactly("must be a JSON object");
    }

    @Test
    void anUnknownKeyIsAWarningThatNamesTheNearestOne() {
        ParsedConfig parsed =
                parse(
                        """
                        , "function_name": [], "temperature": 1,
                        "function_definitions": [{"name": "a", "paramters": {}}]\
                        """);

        assertThat(warnings(parsed))
                .containsExactly(
                        "/function_name: unknown key 'function_name' is ignored; did you mean"
                                + " 'function_names'?",
                        "/temperature: unknown key 'temperature' is ignored",
                        "/function_definitions/0/paramters: unknown key 'paramters' is ignored; did"
                                + " you mean 'parameters'?");
    }

    @Test
    void anInlineSecretIsAWarningThatDoesNotRepeatIt() {
        ParsedConfig parsed =
                parse(
                        """
                        , "settings": {"db": {"password": "hunter2", "url": "x"},
                          "apiKey": "${API_KEY}", "other": "sk-proj-abcdefghijklmnop", "tokens": 5}\
                        """);

        assertThat(warnings(parsed))
                .containsExactly(
                        "/settings/db/password: looks like a secret written into the configuration;"
                                + " write ${NAME} and set the environment variable NAME",
                        "/settings/other: looks like a secret written into the configuration; write"
                                + " ${NAME} and set the environment variable NAME");
    }

    @Test
    void aNameForAVectorStoreAloneIsAWarning() {
        assertThat(warnings(parse(", \"vector_store_name\": \"Docs\"")))
                .containsExactly("/vector_store_name: has no effect without document search");
    }
}
