package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AssistantConfigSchemaTest {
    private static final JsonNode SCHEMA = new JsonMapper().readTree(AssistantConfigSchema.json());

    @Test
    void theHeadIsTheDocumentedOne() {
        assertThat(SCHEMA.path("title").stringValue()).isEqualTo("AssistantRegistrationConfig");
        assertThat(SCHEMA.path("type").stringValue()).isEqualTo("object");
        assertThat(SCHEMA.path("description").stringValue())
                .isEqualTo(
                        "Configuration for registering a new OpenAI assistant.\n\nExtends"
                                + " AssistantConfig with registration-specific fields.\nThe"
                                + " assistant_id will be populated after successful registration.");
        assertThat(SCHEMA.path("required").toString())
                .isEqualTo("[\"assistant_name\",\"initial_message\",\"instructions\"]");
        assertThat(SCHEMA.has("additionalProperties")).isFalse();
    }

    @Test
    void thePropertiesAreInTheDocumentedOrder() {
        assertThat(List.copyOf(SCHEMA.path("properties").propertyNames()))
                .containsExactly(
                        "assistant_id",
                        "assistant_name",
                        "initial_message",
                        "code_interpreter",
                        "file_search",
                        "function_names",
                        "instructions",
                        "model",
                        "functions_module",
                        "function_definitions",
                        "vector_store_name",
                        "vector_store_file_paths",
                        "vector_store_files",
                        "settings",
                        "busy")
                .isEqualTo(ConfigReader.KEYS);
    }

    @Test
    void aPropertyHasTitleTypeDefaultAndDescription() {
        JsonNode properties = SCHEMA.path("properties");

        assertThat(properties.path("assistant_id").toString())
                .isEqualTo(
                        """
                        {"title":"Assistant Id","description":"Assistant ID","type":"string","default":""}\
                        """);
        assertThat(properties.path("code_interpreter").toString())
                .isEqualTo(
                        """
                        {"title":"Code Interpreter","description":"Enable code interpreter",\
                        "type":"boolean","default":false}\
                        """);
        assertThat(properties.path("functions_module").toString())
                .isEqualTo(
                        """
                        {"title":"Functions Module","description":"Module containing functions",\
                        "anyOf":[{"type":"string"},{"type":"null"}],"default":null}\
                        """);
        assertThat(properties.path("function_definitions").toString())
                .isEqualTo(
                        """
                        {"title":"Function Definitions","description":"Raw OpenAI function definitions",\
                        "type":"array","items":{"type":"object","additionalProperties":true}}\
                        """);
        assertThat(properties.path("model").path("default").stringValue())
                .isEqualTo("gpt-4-turbo-preview");
    }

    @Test
    void itIsPrintedWithTwoSpacesALevel() {
        assertThat(AssistantConfigSchema.json().lines().limit(2)).first().isEqualTo("{");
        assertThat(AssistantConfigSchema.json()).contains("\n  \"properties\"");
    }

    @Test
    void aConfigurationValidatesAgainstIt() {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(AssistantConfigSchema.json());
        String good =
                """
                {"assistant_name": "W", "initial_message": "Hi", "instructions": "Help.",
                 "function_names": ["get_weather"], "functions_module": null, "busy": "reject"}\
                """;

        assertThat(schema.validate(good, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate("{\"busy\": 1}", InputFormat.JSON)).isNotEmpty();
    }
}
